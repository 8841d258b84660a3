package io.notsock.pipeline;

import java.util.concurrent.TimeUnit;

/**
 * Keeps work below 0.1 % of a core by what it took so far. Of a visit that took longer than any can keep a core busy only the
 * longest possible is booked: the rest of the time its thread waited, for a core on a crowded machine or for a file system, and a pause of
 * a thousand times that would leave the audit blind for minutes. Confined to one thread.
 */
final class AuditBudget {
    /** One thousandth is 0.1 %. */
    private static final int DIVISOR = 1000;
    /** The first visits run before the JVM has compiled anything. */
    private static final long FIRST_ALLOWANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    /** A link and its attributes are read: tens of microseconds, some milliseconds before anything is compiled. */
    private static final long LONGEST_VISIT_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final long start;
    private long spent;

    /** @param start now, as {@link System#nanoTime} has it */
    AuditBudget(long start) {
        this.start = start;
    }

    /** A visit has taken this long. */
    void book(long nanos) {
        spent += Math.min(nanos, LONGEST_VISIT_NANOS);
    }

    /** Work that grows with the number of handles has taken this long. */
    void bookWhole(long nanos) {
        spent += nanos;
    }

    /** How long to wait until the next visit can be afforded; 0 for not at all. */
    long pauseAt(long now) {
        long affordable = FIRST_ALLOWANCE_NANOS + (now - start) / DIVISOR;
        return spent > affordable ? (spent - affordable) * DIVISOR : 0;
    }
}
