package io.notsock.report.read;

import io.notsock.alert.Alert;
import io.notsock.alert.AlertKind;
import io.notsock.alert.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The alerts of one or more files. Lines that repeat an alert with a new count are merged into it; what exceeds the memory it
 * may take is counted by kind and not kept. Not thread-safe.
 */
public final class AlertBook {
    private static final long MOST = 512L << 20;

    private final long budget;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<AlertKind, Long> notKept = new EnumMap<>(AlertKind.class);
    private Level highest;

    /** @param budget bytes that the alerts may take, estimated */
    public AlertBook(long budget) {
        this.budget = budget;
    }

    /** A book that takes a quarter of the heap at most. */
    public static AlertBook ofThisHeap() {
        return new AlertBook(Math.min(MOST, Runtime.getRuntime().maxMemory() / 4));
    }

    /** An alert and how often it occurred. */
    private static final class Entry {
        private Alert last;
        /** Of runs before this one: an id is only unique within a run, and containers number their processes alike. */
        private long earlier;

        Entry(Alert first) {
            last = first;
        }

        void add(Alert next) {
            if (next.count() <= last.count()) {
                earlier += last.count();
            }
            last = next;
        }

        Alert merged() {
            return earlier == 0
                    ? last
                    : last.toBuilder().count(earlier + last.count()).build();
        }
    }

    boolean isFull(Pool pool) {
        return pool.bytes() > budget;
    }

    /** Takes one line's alert; true where it was new and is kept. */
    boolean add(Alert alert, boolean full) {
        if (highest == null || alert.level().atLeast(highest)) {
            highest = alert.level();
        }
        String key = alert.id() + '\n' + alert.fingerprint();
        Entry known = entries.get(key);
        if (known != null) {
            known.add(alert);
            return false;
        }
        if (full) {
            notKept.merge(alert.kind(), 1L, Long::sum);
            return false;
        }
        entries.put(key, new Entry(alert));
        return true;
    }

    /** The alerts in the order in which they were first seen, each with the count of all its occurrences. */
    public List<Alert> alerts() {
        List<Alert> alerts = new ArrayList<>(entries.size());
        for (Entry entry : entries.values()) {
            alerts.add(entry.merged());
        }
        return alerts;
    }

    /** Lines that were too much to keep, by kind. */
    public Map<AlertKind, Long> notKept() {
        return Collections.unmodifiableMap(notKept);
    }

    /** The gravest level among all lines, kept or not; {@code null} where there was none. */
    public Level highest() {
        return highest;
    }
}
