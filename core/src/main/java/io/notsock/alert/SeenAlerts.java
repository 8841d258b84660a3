package io.notsock.alert;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The alerts of this run for whoever asks for a report: the first ones, which the others mostly follow from, each with its
 * count so far. Thread-safe.
 */
public final class SeenAlerts {
    private static final int MOST = 1_000;

    private final Map<String, Alert> alerts = new LinkedHashMap<>();
    private final Map<AlertKind, Long> notKept = new EnumMap<>(AlertKind.class);

    synchronized void add(Alert alert) {
        if (alerts.size() < MOST || alerts.containsKey(alert.id())) {
            alerts.put(alert.id(), alert);
        } else {
            notKept.merge(alert.kind(), 1L, Long::sum);
        }
    }

    /** In the order in which they first occurred. */
    public synchronized List<Alert> alerts() {
        return new ArrayList<>(alerts.values());
    }

    /** Occurrences of alerts that came when there was no more room, by kind. */
    public synchronized Map<AlertKind, Long> notKept() {
        return new EnumMap<>(notKept);
    }
}
