package io.notsock.agent.live;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * An answer that costs something to get, kept for a moment: who asks again, or at the same time, gets the same one.
 *
 * <p>Thread-safe; one thread gets the answer while others wait for it. Not for the path of an event.
 */
final class Recent<T> {
    private final Supplier<T> source;
    private final long keptNanos;
    private final LongSupplier clock;
    private T kept;
    private long since;

    /**
     * @param source {@code null} from it is no answer and is not kept
     * @param clock as {@link System#nanoTime()}
     */
    Recent(Supplier<T> source, long keptMillis, LongSupplier clock) {
        this.source = source;
        this.keptNanos = TimeUnit.MILLISECONDS.toNanos(keptMillis);
        this.clock = clock;
    }

    /** One that is not older than the time to keep it, or {@code null} where there is none. */
    synchronized T get() {
        return kept != null && clock.getAsLong() - since <= keptNanos ? kept : fresh();
    }

    /** One of now, or {@code null}. */
    synchronized T fresh() {
        kept = source.get();
        since = clock.getAsLong();
        return kept;
    }
}
