package io.notsock.alert;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * The one desk that every alert passes: level, suppressions, repeats, and then the sinks.
 *
 * <p>Confined to the agent's one thread; only {@link #counters()}, {@link #seen()} and {@link #addSink} are for others too. The table of known alerts is
 * bounded: the one not seen for longest leaves it, with its last count written, and counts as new if it comes again.
 */
public final class AlertDesk {
    private static final int CAPACITY = 512;

    private final Level lowest;
    private final Suppressions suppressions;
    private final ProcessInfo process;
    private final List<Outlet> outlets = new CopyOnWriteArrayList<>();
    private final BiConsumer<AlertSink, Throwable> onFailure;
    private final int capacity;
    private final AlertCounters counters = new AlertCounters();
    private final Map<String, Known> known = new LinkedHashMap<>(16, 0.75f, true);
    /** Made when the first alert comes. */
    private volatile SeenAlerts seen;

    private long lastId;
    private boolean closed;

    /**
     * A desk.
     *
     * @param lowest what is below is not alerted
     * @param process what alerts say of this JVM
     * @param onFailure told of a sink's first failure, and only of that
     */
    public AlertDesk(
            Level lowest,
            Suppressions suppressions,
            ProcessInfo process,
            List<AlertSink> sinks,
            BiConsumer<AlertSink, Throwable> onFailure) {
        this(lowest, suppressions, process, sinks, onFailure, CAPACITY);
    }

    AlertDesk(
            Level lowest,
            Suppressions suppressions,
            ProcessInfo process,
            List<AlertSink> sinks,
            BiConsumer<AlertSink, Throwable> onFailure,
            int capacity) {
        this.lowest = Objects.requireNonNull(lowest);
        this.suppressions = Objects.requireNonNull(suppressions);
        this.process = Objects.requireNonNull(process);
        this.onFailure = Objects.requireNonNull(onFailure);
        this.capacity = capacity;
        for (AlertSink sink : sinks) {
            addSink(sink);
        }
    }

    /** Adds a sink that could not be made at start; it is given what comes from now on. From any thread. */
    public void addSink(AlertSink sink) {
        outlets.add(new Outlet(sink));
    }

    /** How many alerts there were; may be read from any thread. */
    public AlertCounters counters() {
        return counters;
    }

    /** The alerts so far, for a report; may be asked for and read by any thread. */
    public SeenAlerts seen() {
        SeenAlerts some = seen;
        return some == null ? new SeenAlerts() : some;
    }

    /**
     * Takes an alert.
     *
     * @return whether it was alerted, as a new one or as a counted repeat; false where its level is too low or a
     *     suppression matches
     */
    public boolean accept(Alert alert) {
        return accept(alert, alert::incident);
    }

    /**
     * Takes an alert whose incident has no name yet.
     *
     * @param incident the name; asked for only where the alert is told as a new one, so that numbers have no gaps
     * @return as {@link #accept(Alert)}
     */
    public boolean accept(Alert alert, Supplier<String> incident) {
        if (closed) {
            counters.addDropped(alert.count());
            return false;
        }
        if (!alert.level().atLeast(lowest)) {
            return false;
        }
        if (suppresses(alert)) {
            return false;
        }
        if (alert.expected()) {
            counters.addSuppressed(alert.count());
            tellExpected(alert, incident);
            return false;
        }
        counters.add(alert.kind(), alert.level(), alert.count());
        String fingerprint = alert.fingerprint() != null ? alert.fingerprint() : Fingerprint.of(alert);
        Known before = known.get(fingerprint);
        if (before == null) {
            Known first = new Known(complete(named(alert, incident), fingerprint));
            known.put(fingerprint, first);
            write(first.alert, true);
            evict();
        } else if (before.isLesserThan(alert)) {
            // The proof came later than the suspicion: it is worth telling in full.
            before.replace(complete(
                    alert.toBuilder()
                            .id(before.alert.id())
                            .incident(before.alert.incident())
                            .build(),
                    fingerprint));
            write(before.alert, true);
        } else {
            if (alert.kind() == AlertKind.LEAK) {
                before.say(alert.summary());
            }
            repeat(before, alert);
        }
        return true;
    }

    /** Whether there are suppressions, so that it is worth asking {@link #suppresses}. */
    public boolean hasSuppressions() {
        return !suppressions.isEmpty();
    }

    /** Whether a suppression matches; it counts as used then, and the alert as suppressed. */
    public boolean suppresses(Alert alert) {
        if (!suppressions.matches(alert)) {
            return false;
        }
        counters.addSuppressed(alert.count());
        return true;
    }

    /** Writes the counts that grew, closes the sinks, and names the suppressions that matched nothing. */
    public List<String> close() {
        if (!closed) {
            closed = true;
            for (Known entry : known.values()) {
                writeGrown(entry);
            }
            known.clear();
            for (Outlet outlet : outlets) {
                outlet.close();
            }
        }
        return suppressions.unused();
    }

    private void repeat(Known entry, Alert again) {
        boolean due = entry.add(again.count());
        write(entry.counted().toBuilder().context(again.context()).build(), due);
    }

    private static Alert named(Alert alert, Supplier<String> incident) {
        return alert.toBuilder().incident(incident.get()).build();
    }

    private void tellExpected(Alert alert, Supplier<String> incident) {
        Alert complete = null;
        for (Outlet outlet : outlets) {
            if (outlet.sink.expectedToo()) {
                complete = complete != null ? complete : complete(named(alert, incident), Fingerprint.of(alert));
                outlet.write(complete);
            }
        }
    }

    private void evict() {
        if (known.size() > capacity) {
            var eldest = known.entrySet().iterator();
            writeGrown(eldest.next().getValue());
            eldest.remove();
        }
    }

    private void writeGrown(Known entry) {
        if (entry.count > entry.written) {
            // Sinks that want every occurrence have had this one.
            for (Outlet outlet : outlets) {
                if (!outlet.sink.everyOccurrence()) {
                    outlet.write(entry.counted());
                }
            }
        }
    }

    private void write(Alert alert, boolean due) {
        if (seen == null) {
            seen = new SeenAlerts();
        }
        seen.add(alert);
        for (Outlet outlet : outlets) {
            if (due || outlet.sink.everyOccurrence()) {
                outlet.write(alert);
            }
        }
    }

    /** Adds what follows from the facts, where the judge did not say it. */
    private Alert complete(Alert alert, String fingerprint) {
        Alert.Builder b = alert.toBuilder().fingerprint(fingerprint);
        String id = alert.id();
        if (id == null) {
            id = "ns-" + process.pid() + "-" + ++lastId;
            b.id(id);
        }
        if (alert.incident() == null) {
            b.incident(id);
        }
        if (alert.summary() == null) {
            b.summary(Summary.of(alert));
        }
        if (alert.consequence() == null) {
            b.consequence(Consequences.of(alert, null));
        }
        if (alert.advice() == null) {
            b.advice(Advice.of(alert));
        }
        if (alert.process() == null) {
            b.process(process);
        }
        return b.build();
    }

    /** An alert that was written, and how often it occurred since. */
    private static final class Known {
        private Alert alert;
        private long count;
        private long written;
        private long next = 10;

        Known(Alert alert) {
            this.alert = alert;
            add(alert.count());
            written = count;
        }

        /** Counts; true where a power of ten was reached, so that the new count is to be written. */
        boolean add(long occurrences) {
            count += occurrences;
            boolean due = count >= next;
            while (count >= next) {
                next *= 10;
            }
            if (due) {
                written = count;
            }
            return due;
        }

        boolean isLesserThan(Alert other) {
            return !alert.level().atLeast(other.level());
        }

        /** What a group of leaks has come to. */
        void say(String summary) {
            alert = alert.toBuilder().summary(summary).build();
        }

        void replace(Alert graver) {
            add(graver.count());
            written = count;
            alert = graver.toBuilder().count(count).build();
        }

        Alert counted() {
            return alert.toBuilder().count(count).repeat(true).build();
        }
    }

    /** A sink and whether its failure was told; no failure of a sink's leaves it. */
    private final class Outlet {
        private final AlertSink sink;
        private boolean told;

        Outlet(AlertSink sink) {
            this.sink = Objects.requireNonNull(sink);
        }

        void write(Alert alert) {
            try {
                sink.write(alert);
            } catch (Throwable t) {
                // Errors too: a class that is missing in this runtime must not silence the other sinks.
                counters.addDropped(1);
                tell(t);
            }
        }

        void close() {
            try {
                sink.close();
            } catch (Throwable t) {
                tell(t);
            }
        }

        private void tell(Throwable failure) {
            if (!told) {
                try {
                    onFailure.accept(sink, failure);
                    told = true;
                } catch (Throwable t) {
                    // Where memory is short the complaint fails too; the next failure tries again.
                    return;
                }
            }
        }
    }
}
