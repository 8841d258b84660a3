package io.notsock.report.ci;

/** A line of a source file, as tools name it: a relative path with slashes, and a line where it is known. Immutable. */
final class SourceLine {
    private final String path;
    private final int line;
    private final boolean found;

    SourceLine(String path, int line, boolean found) {
        this.path = path;
        this.line = line;
        this.found = found;
    }

    String path() {
        return path;
    }

    /** The line, or 0 where it is not known. */
    int line() {
        return line;
    }

    /** Whether the file is there; if not, its place is a guess by convention. */
    boolean found() {
        return found;
    }

    /** The path as a relative URI reference (RFC 3986): everything but unreserved characters is encoded. */
    String uri() {
        StringBuilder uri = new StringBuilder(path.length() + 16);
        for (byte b : path.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-._~/".indexOf(c) >= 0;
            if (plain) {
                uri.append(c);
            } else {
                uri.append('%').append(Character.toUpperCase(Character.forDigit(b >> 4 & 15, 16)));
                uri.append(Character.toUpperCase(Character.forDigit(b & 15, 16)));
            }
        }
        return uri.toString();
    }
}
