package io.notsock.alert;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** How many alerts there were, by kind and level; written by the agent's thread, readable from any. */
public final class AlertCounters {
    /** Filled once by the constructor, so that any thread may read it. */
    private final Map<AlertKind, Map<Level, AtomicLong>> alerts = new EnumMap<>(AlertKind.class);

    private final AtomicLong suppressed = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();

    public AlertCounters() {
        for (AlertKind kind : AlertKind.values()) {
            Map<Level, AtomicLong> levels = new EnumMap<>(Level.class);
            for (Level level : Level.values()) {
                levels.put(level, new AtomicLong());
            }
            alerts.put(kind, levels);
        }
    }

    void add(AlertKind kind, Level level, long occurrences) {
        counter(kind, level).addAndGet(occurrences);
    }

    void addSuppressed(long occurrences) {
        suppressed.addAndGet(occurrences);
    }

    /** Counts alerts that could not be written, or did not reach the desk because its queue was full. */
    public void addDropped(long lost) {
        dropped.addAndGet(lost);
    }

    /** Occurrences that were alerted, of this kind and level. */
    public long count(AlertKind kind, Level level) {
        return counter(kind, level).get();
    }

    /** Occurrences that were alerted, of this kind. */
    public long ofKind(AlertKind kind) {
        long sum = 0;
        for (Level level : Level.values()) {
            sum += count(kind, level);
        }
        return sum;
    }

    /** Occurrences that were alerted, of this level. */
    public long ofLevel(Level level) {
        long sum = 0;
        for (AlertKind kind : AlertKind.values()) {
            sum += count(kind, level);
        }
        return sum;
    }

    /** Occurrences that a suppression kept silent. */
    public long suppressed() {
        return suppressed.get();
    }

    /** Writes that failed, one for each sink that failed, and what was added from outside. */
    public long dropped() {
        return dropped.get();
    }

    private AtomicLong counter(AlertKind kind, Level level) {
        return alerts.get(kind).get(level);
    }
}
