package io.notsock.report.html;

import io.notsock.alert.Alert;
import io.notsock.alert.AlertKind;
import io.notsock.snapshot.HandleLife;
import io.notsock.snapshot.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What a page tells. Everything but its origin may be missing, and the page says what is. Immutable. */
public final class ReportData {
    private final String origin;
    private final Instant made;
    private final List<Alert> alerts;
    private final Snapshot snapshot;
    private final List<HandleLife> lives;
    private final List<String> notes;

    private ReportData(Builder b) {
        origin = b.origin;
        made = b.made;
        alerts = b.alerts;
        snapshot = b.snapshot;
        lives = b.lives;
        notes = Collections.unmodifiableList(new ArrayList<>(b.notes));
    }

    /** The alerts file, or the process that tells by itself. */
    String origin() {
        return origin;
    }

    Instant made() {
        return made;
    }

    List<Alert> alerts() {
        return alerts;
    }

    /** What the running agent knew, or {@code null} where an alerts file is all there is. */
    Snapshot snapshot() {
        return snapshot;
    }

    List<HandleLife> lives() {
        return lives;
    }

    /** What is missing, a sentence each. */
    List<String> notes() {
        return notes;
    }

    /** Collects the parts; not thread-safe. */
    public static final class Builder {
        private final String origin;
        private final List<String> notes = new ArrayList<>();
        private Instant made = Instant.now();
        private List<Alert> alerts = List.of();
        private Snapshot snapshot;
        private List<HandleLife> lives = List.of();

        /** @param origin the alerts file, or the process that tells by itself */
        public Builder(String origin) {
            this.origin = Objects.requireNonNull(origin);
        }

        /** When it was made, if not now. */
        public Builder made(Instant when) {
            made = when;
            return this;
        }

        /** The alerts, first seen first. */
        public Builder alerts(List<Alert> value) {
            alerts = List.copyOf(value);
            return this;
        }

        /**
         * What the running agent knows.
         *
         * @param known lives of numbers, open ones and past ones
         */
        public Builder registry(Snapshot value, List<HandleLife> known) {
            snapshot = value;
            lives = List.copyOf(known);
            return this;
        }

        /** Says in a sentence what is missing. */
        public Builder note(String sentence) {
            notes.add(sentence);
            return this;
        }

        /** Says what a reader of alerts files could not read or keep. */
        public Builder missing(long unreadable, Map<AlertKind, Long> notKept) {
            if (unreadable > 0) {
                note(unreadable + (unreadable == 1 ? " line" : " lines") + " of the alerts file could not be read.");
            }
            for (Map.Entry<AlertKind, Long> kind : notKept.entrySet()) {
                note(kind.getValue() + " further lines of " + kind.getKey()
                        + " are not shown; the command keeps more with more heap (-Xmx).");
            }
            return this;
        }

        public ReportData build() {
            return new ReportData(this);
        }
    }
}
