package io.notsock.catalog;

import java.util.Arrays;
import java.util.Objects;

/**
 * What arguments of a native function must be for an entry to mean the call: {@code when arg1 = 0, 1030} of {@code fcntl},
 * {@code when arg6 = 1, 3 and arg0 = -1}. Immutable.
 */
public final class Condition {
    private final int argument;
    private final long[] values;
    private final Condition and;

    /** @param values at least one */
    public Condition(int argument, long... values) {
        this(argument, values, null);
    }

    /** @param and what has to hold as well, or {@code null} */
    Condition(int argument, long[] values, Condition and) {
        if (values.length == 0) {
            throw new IllegalArgumentException("a condition needs a value");
        }
        this.argument = argument;
        this.values = values.clone();
        this.and = and;
    }

    /** The argument's index, counted from 0. */
    public int argument() {
        return argument;
    }

    /** The values that fulfil it. */
    long[] values() {
        return values.clone();
    }

    /** The condition that has to hold as well, or {@code null}. */
    public Condition and() {
        return and;
    }

    /** Whether this value of this argument fulfils it, whatever else has to hold. */
    public boolean holds(long value) {
        for (long accepted : values) {
            if (accepted == value) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Condition
                && ((Condition) o).argument == argument
                && Arrays.equals(((Condition) o).values, values)
                && Objects.equals(((Condition) o).and, and);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * argument + Arrays.hashCode(values)) + Objects.hashCode(and);
    }

    /** As written in a catalog file. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("arg").append(argument).append(" = ");
        String separator = "";
        for (long value : values) {
            text.append(separator).append(value);
            separator = ", ";
        }
        return and == null ? text.toString() : text + " and " + and;
    }
}
