package io.notsock.catalog;

/** A catalog file that cannot be used. The message is one line: {@code FILE:LINE: what is wrong and what is accepted}. */
public final class CatalogException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final int line;

    /**
     * A refusal.
     *
     * @param line counted from 1
     */
    public CatalogException(String file, int line, String problem) {
        super(file + ":" + line + ": " + problem);
        this.file = file;
        this.line = line;
    }

    /** The file's name as it was given to the parser. */
    public String file() {
        return file;
    }

    /** The line, counted from 1. */
    public int line() {
        return line;
    }
}
