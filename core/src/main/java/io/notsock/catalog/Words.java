package io.notsock.catalog;

import io.notsock.spelling.EditDistance;
import java.util.Locale;

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
            int distance = EditDistance.between(given.toLowerCase(Locale.ROOT), word.toLowerCase(Locale.ROOT));
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
}
