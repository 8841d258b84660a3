package io.notsock.pipeline;

import java.time.Instant;

/** Turns the times of acts, which are on the scale of {@link System#nanoTime()}, into times of day. */
public final class WallClock {
    private final long startNanos = System.nanoTime();
    private final Instant start = Instant.now();

    /** When this clock was made. */
    public Instant start() {
        return start;
    }

    public Instant at(long nanos) {
        return start.plusNanos(nanos - startNanos);
    }
}
