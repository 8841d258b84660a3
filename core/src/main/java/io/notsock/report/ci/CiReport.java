package io.notsock.report.ci;

import io.notsock.alert.Alert;
import io.notsock.alert.AlertKind;
import io.notsock.alert.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the formats for continuous integration write: alerts, the gravest first, and what is missing among them. */
public final class CiReport {
    private final String origin;
    private final List<Alert> alerts;
    private final Map<AlertKind, Long> notKept;
    private final long unreadable;
    private final SourceFiles sources;
    private final Level failing;

    /**
     * @param origin the alerts file, or what else the alerts come from
     * @param notKept lines that were too many to keep, by kind
     * @param unreadable lines that were no alerts
     * @param failing from this level on an alert counts as a failure
     */
    public CiReport(
            String origin,
            List<Alert> alerts,
            Map<AlertKind, Long> notKept,
            long unreadable,
            SourceFiles sources,
            Level failing) {
        this.origin = Objects.requireNonNull(origin);
        this.alerts = new ArrayList<>(alerts);
        this.alerts.sort(Comparator.comparing(Alert::level).reversed()); // stable: first seen first
        this.notKept = new EnumMap<>(AlertKind.class);
        this.notKept.putAll(notKept);
        this.unreadable = unreadable;
        this.sources = Objects.requireNonNull(sources);
        this.failing = Objects.requireNonNull(failing);
    }

    String origin() {
        return origin;
    }

    List<Alert> alerts() {
        return Collections.unmodifiableList(alerts);
    }

    SourceFiles sources() {
        return sources;
    }

    boolean fails(Alert alert) {
        return alert.level().atLeast(failing);
    }

    /** What is not among the alerts, in one sentence each; empty where nothing is missing. */
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (unreadable > 0) {
            missing.add(unreadable + (unreadable == 1 ? " line" : " lines") + " of " + origin + " could not be read");
        }
        for (Map.Entry<AlertKind, Long> kind : notKept.entrySet()) {
            missing.add(kind.getValue() + " further " + kind.getKey()
                    + " lines are not shown: too many to keep (the report command keeps more with more heap, -Xmx)");
        }
        return missing;
    }
}
