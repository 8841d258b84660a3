package io.notsock.catalog;

/** Feature releases of the JDK, both ends included: {@code 11..}, {@code 17..21}, {@code 25}. */
public final class Range {
    /** Every release the agent runs on. */
    public static final Range ALL = new Range(11, Integer.MAX_VALUE);

    private final int first;
    private final int last;

    public Range(int first, int last) {
        if (first > last) {
            throw new IllegalArgumentException("empty range " + first + ".." + last);
        }
        this.first = first;
        this.last = last;
    }

    public int first() {
        return first;
    }

    public int last() {
        return last;
    }

    public boolean contains(int feature) {
        return first <= feature && feature <= last;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Range && ((Range) o).first == first && ((Range) o).last == last;
    }

    @Override
    public int hashCode() {
        return 31 * first + last;
    }

    @Override
    public String toString() {
        return last == Integer.MAX_VALUE ? first + ".." : first == last ? "" + first : first + ".." + last;
    }
}
