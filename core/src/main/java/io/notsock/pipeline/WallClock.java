package io.notsock.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Turns the times of acts, which are on the scale of {@link System#nanoTime()}, into times of day. */
public final class WallClock {
    /**
     * By so much both scales may differ before that is made good: a machine was asleep, which {@link System#nanoTime()} does not count, or
     * its clock was set. Below it one act has one time, however often it is asked for.
     */
    private static final long DRIFT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long startNanos = System.nanoTime();
    private final Instant start = Instant.now();
    /** What has been added to the scale of {@link System#nanoTime()} since the start. */
    private volatile long drift;

    /** When this clock was made. */
    public Instant start() {
        return start;
    }

    public Instant at(long nanos) {
        long ahead =
                Duration.between(onTheScale(System.nanoTime()), Instant.now()).toNanos();
        if (Math.abs(ahead) > DRIFT_NANOS) {
            long before = drift;
            drift = before + ahead; // a benign race: what two threads have added the next call takes off
        }
        return onTheScale(nanos);
    }

    private Instant onTheScale(long nanos) {
        return start.plusNanos(nanos - startNanos + drift);
    }
}
