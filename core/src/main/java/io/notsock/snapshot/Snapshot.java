package io.notsock.snapshot;

import io.notsock.alert.AlertCounters;
import io.notsock.alert.AlertKind;
import io.notsock.alert.ProcessInfo;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** All that can be told about a JVM under the agent at one moment. Immutable. */
public final class Snapshot {
    private final Instant time;
    private final Instant since;
    private final boolean attachedLate;
    private final ProcessInfo process;
    private final Totals totals;
    private final List<HandleLife> handles;
    private final Map<AlertKind, Long> alerts;
    private final long redundantCloses;
    private final long droppedAlerts;
    private final Map<String, Integer> coverage;
    private final List<String> unclassified;
    private final String problems;
    private final String alertsFile;

    private Snapshot(Builder b) {
        time = b.time;
        since = Objects.requireNonNull(b.since, "since");
        attachedLate = b.attachedLate;
        process = Objects.requireNonNull(b.process, "process");
        totals = Objects.requireNonNull(b.totals, "totals");
        handles = b.handles;
        alerts = Collections.unmodifiableMap(b.alerts);
        redundantCloses = b.redundantCloses;
        droppedAlerts = b.droppedAlerts;
        coverage = b.coverage;
        unclassified = b.unclassified;
        problems = b.problems;
        alertsFile = b.alertsFile;
    }

    public Instant time() {
        return time;
    }

    /** When the agent came; what was before is not known. */
    public Instant since() {
        return since;
    }

    /** The agent came to a running JVM. */
    public boolean attachedLate() {
        return attachedLate;
    }

    public ProcessInfo process() {
        return process;
    }

    public Totals totals() {
        return totals;
    }

    /** The application's open handles. */
    public List<HandleLife> handles() {
        return handles;
    }

    /** Occurrences that were alerted, of every kind. */
    public Map<AlertKind, Long> alerts() {
        return alerts;
    }

    public long redundantCloses() {
        return redundantCloses;
    }

    public long droppedAlerts() {
        return droppedAlerts;
    }

    /** How many of the handles that the OS lists are of which class; {@code null} where the OS cannot be asked for a list. */
    public Map<String, Integer> coverage() {
        return coverage;
    }

    /** Handles that the OS lists and nobody can explain: number and what is behind it; {@code null} as for coverage. */
    public List<String> unclassified() {
        return unclassified;
    }

    /** One line on what does not work on this JVM, or {@code null}. */
    public String problems() {
        return problems;
    }

    /** Where the JSON lines of alerts are, as an absolute path; {@code null} where the option does not ask for them. */
    public String alertsFile() {
        return alertsFile;
    }

    /** Collects the parts; not thread-safe. */
    public static final class Builder {
        private final Instant time = Instant.now();
        private Instant since;
        private boolean attachedLate;
        private ProcessInfo process;
        private Totals totals;
        private List<HandleLife> handles = List.of();
        private final Map<AlertKind, Long> alerts = new EnumMap<>(AlertKind.class);
        private long redundantCloses;
        private long droppedAlerts;
        private Map<String, Integer> coverage;
        private List<String> unclassified;
        private String problems;
        private String alertsFile;

        /** @param late the agent came to a running JVM */
        public Builder since(Instant when, boolean late) {
            since = when;
            attachedLate = late;
            return this;
        }

        public Builder process(ProcessInfo value) {
            process = value;
            return this;
        }

        public Builder totals(Totals value) {
            totals = value;
            return this;
        }

        public Builder handles(List<HandleLife> value) {
            handles = List.copyOf(value);
            return this;
        }

        public Builder alerts(AlertCounters counters, long redundant) {
            for (AlertKind kind : AlertKind.values()) {
                alerts.put(kind, counters.ofKind(kind));
            }
            droppedAlerts = counters.dropped();
            redundantCloses = redundant;
            return this;
        }

        /** What the OS's list says; leave it out where there is none. */
        public Builder coverage(Map<String, Integer> counts, List<String> unexplained) {
            coverage = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
            unclassified = List.copyOf(unexplained);
            return this;
        }

        public Builder problems(String line) {
            problems = line;
            return this;
        }

        /** An absolute path, or {@code null}. */
        public Builder alertsFile(String path) {
            alertsFile = path;
            return this;
        }

        public Snapshot build() {
            return new Snapshot(this);
        }
    }
}
