package io.notsock.catalog;

import java.util.Arrays;

/**
 * What an argument of a native function must be for an entry to mean the call: {@code when arg1 = 0, 1030} of
 * {@code fcntl}. Immutable.
 */
public final class Condition {
    private final int argument;
    private final long[] values;

    /** @param values at least one */
    public Condition(int argument, long... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("a condition needs a value");
        }
        this.argument = argument;
        this.values = values.clone();
    }

    /** The argument's index, counted from 0. */
    public int argument() {
        return argument;
    }

    /** The values that fulfil it. */
    long[] values() {
        return values.clone();
    }

    /** Whether this value fulfils it. */
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
                && Arrays.equals(((Condition) o).values, values);
    }

    @Override
    public int hashCode() {
        return 31 * argument + Arrays.hashCode(values);
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
        return text.toString();
    }
}
