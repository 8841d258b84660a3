package io.notsock.report;

/**
 * Makes text harmless for terminals and logs: thread names and paths are the application's, or its client's, and must
 * not forge lines, move the cursor or turn the reading direction.
 */
public final class Printable {
    private Printable() {}

    /** The text with what is not harmless written as an escape. */
    public static String of(String text) {
        int i = 0;
        while (i < text.length() && isHarmless(text, i)) {
            i++;
        }
        return i == text.length() ? text : escape(text);
    }

    private static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isHarmless(text, i)) {
                safe.append(c);
            } else if (c == '\n') {
                safe.append("\\n");
            } else if (c == '\r') {
                safe.append("\\r");
            } else if (c == '\t') {
                safe.append("\\t");
            } else {
                safe.append(String.format("\\u%04x", (int) c));
            }
        }
        return safe.toString();
    }

    private static boolean isHarmless(String text, int i) {
        char c = text.charAt(i);
        if (Character.isISOControl(c)) {
            return false;
        }
        if (Character.isSurrogate(c)) {
            return Character.isHighSurrogate(c)
                    ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                    : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
        }
        int type = Character.getType(c);
        return type != Character.FORMAT && type != Character.LINE_SEPARATOR && type != Character.PARAGRAPH_SEPARATOR;
    }
}
