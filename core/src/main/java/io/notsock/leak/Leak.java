package io.notsock.leak;

import io.notsock.evidence.Act;
import io.notsock.registry.Life;

/** A handle that nobody closed, and what became of it. Immutable. */
public final class Leak {
    /** How it came out that nobody closes it. */
    public enum Fate {
        /** Its owner was collected, and a Cleaner or a finalizer has closed it. */
        RESCUED,
        /** Its owner was collected, and nothing has closed it since. */
        LOST,
        /** It is open as the JVM ends. */
        OPEN_AT_EXIT,
        /** The same, but the JVM was told to end while the program was at work: its owner may need it still. */
        IN_USE_AT_EXIT
    }

    private final Life life;
    private final Fate fate;
    private final Act rescue;
    private final long nanos;

    Leak(Life life, Fate fate, Act rescue, long nanos) {
        this.life = life;
        this.fate = fate;
        this.rescue = rescue;
        this.nanos = nanos;
    }

    public Life life() {
        return life;
    }

    public Fate fate() {
        return fate;
    }

    /** The close by a Cleaner or finalizer, or {@code null}. */
    public Act rescue() {
        return rescue;
    }

    /** When it was rescued or found, on the scale of {@link System#nanoTime()}. */
    public long nanos() {
        return nanos;
    }

    /** How long it was open, in nanoseconds. */
    public long age() {
        return nanos - life.opened().nanos();
    }
}
