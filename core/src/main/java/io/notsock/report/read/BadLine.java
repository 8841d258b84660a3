package io.notsock.report.read;

/** Why a line is no alert: the key, its value, and what is accepted there. */
final class BadLine extends Exception {
    private static final long serialVersionUID = 1;

    /** As much of a value as a message needs. */
    private static final int SHOWN = 60;

    BadLine(String message) {
        super(message);
    }

    BadLine(String key, Object value, String accepted) {
        super(key + " " + quote(value) + "; accepted: " + accepted);
    }

    static String quote(Object value) {
        String text = String.valueOf(value);
        return '"' + (text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...") + '"';
    }
}
