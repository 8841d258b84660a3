package io.notsock.catalog;

/**
 * Tells by a hash, or by two characters, that a catalog does not name a class, which is so for nearly every class that a JVM
 * loads: what it lets pass has to be looked up, what it stops is in no catalog. In code that the JVM has not compiled yet
 * everything more takes ten times as long.
 *
 * <p>Not thread-safe while names are added.
 */
public final class NameFilter {
    /** Powers of two. Of a start's classes one in thirty passes by mistake, and each is looked up by code that is not compiled. */
    private static final int WHOLE_BITS = 4096;

    private static final int TAIL_BITS = 1024;

    static final int WORDS = (WHOLE_BITS + TAIL_BITS) / Long.SIZE;

    private final long[] words;

    NameFilter(long[] words) {
        this.words = words;
    }

    /** A filter that stops everything. */
    public static NameFilter empty() {
        return new NameFilter(new long[WORDS]);
    }

    /** Lets the classes of this pattern pass ({@link Target#classes}); not for patterns of whole packages. */
    public void add(String pattern) {
        if (pattern.startsWith("*.")) {
            set(WHOLE_BITS + tail(pattern));
        } else {
            set(whole(pattern));
            set(whole(pattern.replace('.', '/')));
        }
    }

    /** Whether a pattern without a wildcard may name this class; the name with dots or with slashes. */
    public boolean mayBeNamed(String name) {
        return has(whole(name));
    }

    /** Whether a pattern that begins with a wildcard may name this class; the name with dots or with slashes. */
    public boolean mayBeRelocated(String name) {
        return name.length() > 1 && has(WHOLE_BITS + tail(name));
    }

    long[] words() {
        return words;
    }

    private static int whole(String name) {
        int hash = name.hashCode(); // of all a start's methods the first to be compiled
        return (hash ^ hash >>> 12) & (WHOLE_BITS - 1);
    }

    private static int tail(String name) {
        int length = name.length();
        char before = name.charAt(length - 2);
        return (31 * name.charAt(length - 1) + (before == '.' ? '/' : before)) & (TAIL_BITS - 1);
    }

    private void set(int bit) {
        words[bit / Long.SIZE] |= 1L << bit;
    }

    private boolean has(int bit) {
        return (words[bit / Long.SIZE] & 1L << bit) != 0;
    }
}
