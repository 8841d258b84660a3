package io.notsock.catalog;

/** Help for people who misspell a word; used only when a catalog file is refused. */
final class Words {
    private Words() {}

    /** {@code accepted: a, b, c} and, where one of them is near, {@code ; did you mean 'b'?}. */
    static String accepted(String given, Iterable<String> words) {
        StringBuilder text = new StringBuilder("accepted: ");
        String nearest = null;
        int least = Integer.MAX_VALUE;
        String separator = "";
        for (String word : words) {
            text.append(separator).append(word);
            separator = ", ";
            int distance = distance(given, word);
            if (distance < least) {
                least = distance;
                nearest = word;
            }
        }
        if (nearest != null && least <= Math.max(1, nearest.length() / 3)) {
            text.append("; did you mean '").append(nearest).append("'?");
        }
        return text.toString();
    }

    /** Levenshtein's distance without regard to case; a swap of neighbours counts as one. */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                boolean same = lower(a, i - 1) == lower(b, j - 1);
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + (same ? 0 : 1));
                if (i > 1 && j > 1 && lower(a, i - 1) == lower(b, j - 2) && lower(a, i - 2) == lower(b, j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }

    private static char lower(String s, int at) {
        return Character.toLowerCase(s.charAt(at));
    }
}
