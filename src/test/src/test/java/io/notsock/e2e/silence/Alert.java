package io.notsock.e2e.silence;

/** A line of the alerts file, cut into what the tests ask about; strings in it hold no brace and no quote. */
record Alert(String line) {
    /** The value of a top-level key that is a string. */
    String value(String key) {
        return between(key, ":\"", "\"");
    }

    /** Everything about a party as text. */
    String party(String role) {
        return between(role, ":{", "}");
    }

    private String between(String key, String open, String close) {
        int begin = line.indexOf("\"" + key + "\"" + open);
        if (begin < 0) {
            throw new AssertionError("no " + key + " in " + line);
        }
        begin += key.length() + 2 + open.length();
        return line.substring(begin, line.indexOf(close, begin));
    }
}
