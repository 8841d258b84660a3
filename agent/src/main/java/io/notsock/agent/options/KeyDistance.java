package io.notsock.agent.options;

import java.util.Locale;

/** Which key a wrong one was probably meant to be. */
final class KeyDistance {
    private static final int MOST_EDITS = 2;

    private KeyDistance() {}

    /** The key that the fewest edits lead to; the first in the table among equals. */
    static OptionKey nearest(String name) {
        String normalized = normalize(name);
        OptionKey nearest = null;
        int fewest = Integer.MAX_VALUE;
        for (OptionKey key : OptionKey.all()) {
            int edits = between(normalized, key.key());
            if (edits < fewest) {
                fewest = edits;
                nearest = key;
            }
        }
        return nearest;
    }

    /**
     * Whether a name that may as well be somebody else's is close enough to a key to be a slip. Of three letters one
     * edit makes any word ({@code jar} from {@code jfr}), so short names must be equal but for case and separators.
     */
    static boolean looksLikeMisspelt(String name) {
        String normalized = normalize(name);
        for (OptionKey key : OptionKey.all()) {
            if (isSlip(normalized, key.key())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSlip(String name, String key) {
        int shorter = Math.min(name.length(), key.length());
        int longer = Math.max(name.length(), key.length());
        if (longer - shorter > MOST_EDITS) {
            return false; // no need to count: variables of others are many, and a start pays for them
        }
        int edits = between(name, key);
        return edits == 0 || (edits == 1 && longer >= 4) || (edits == MOST_EDITS && shorter >= 6);
    }

    /** Lower case, with the separators people write instead of a dot, and without a prefix that belongs elsewhere. */
    private static String normalize(String name) {
        String lower = name.toLowerCase(Locale.ROOT).replace('_', '.').replace('-', '.');
        return lower.startsWith(Origin.PROPERTY_PREFIX) ? lower.substring(Origin.PROPERTY_PREFIX.length()) : lower;
    }

    /** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
    static int between(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + (same ? 0 : 1));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            beforeLast = last;
            last = row;
        }
        return last[b.length()];
    }
}
