package io.notsock.catalog;

/** Where the lines of one entry stand, for messages that name the place. */
final class EntryLines {
    private final String file;
    private final int start;
    private final int[] lines = new int[Key.values().length];

    /** @param start the line where the entry begins */
    EntryLines(String file, int start) {
        this.file = file;
        this.start = start;
    }

    /** Notes where a key stands; of a key that may come again, the last. */
    void put(Key key, int line) {
        lines[key.ordinal()] = line;
    }

    /** The line of a key, or 0 where the entry has none. */
    int of(Key key) {
        return lines[key.ordinal()];
    }

    boolean has(Key key) {
        return of(key) != 0;
    }

    /** Where the entry begins, as {@code FILE:LINE}. */
    String position() {
        return file + ":" + start;
    }

    CatalogException failAtStart(String problem) {
        return fail(start, problem);
    }

    CatalogException fail(Key key, String problem) {
        return fail(of(key), problem);
    }

    CatalogException fail(int line, String problem) {
        return new CatalogException(file, line, problem);
    }
}
