package io.notsock.agent.start;

import io.notsock.agent.coverage.Coverage;
import io.notsock.alert.AlertCounters;
import io.notsock.alert.AlertKind;
import io.notsock.evidence.Witness;
import io.notsock.os.WitnessOnDemand;
import io.notsock.registry.Registry;
import io.notsock.track.Tracker;
import java.util.function.UnaryOperator;

/** Answers questions about the running agent: one line per fact, {@code key=value}. Any thread may ask. */
final class Answers implements UnaryOperator<String> {
    /** Followed by a number: {@code io.notsock.api.Handles.history} asks so. */
    private static final String HISTORY = "history ";

    private final Registry registry;
    private final Tracker tracker;
    private final Health health;
    private final Coverage coverage;
    private final AlertCounters counters;
    private final Witness witness;

    private final NumberHistory history;

    Answers(
            Registry registry,
            Tracker tracker,
            Health health,
            Coverage coverage,
            AlertCounters counters,
            Witness witness,
            NumberHistory history) {
        this.history = history;
        this.registry = registry;
        this.tracker = tracker;
        this.health = health;
        this.coverage = coverage;
        this.counters = counters;
        this.witness = witness;
    }

    @Override
    public String apply(String question) {
        switch (question) {
            case "coverage":
                return coverage.describe(registry);
            case "health":
                return healthLines();
            case "alerts":
                return alertLines();
            default:
                return question.startsWith(HISTORY) ? history.of(question.substring(HISTORY.length())) : null;
        }
    }

    private String healthLines() {
        StringBuilder lines = new StringBuilder();
        lines.append("tested=").append(health.tested()).append('\n');
        lines.append("missing=").append(health.missingHooks()).append('\n');
        lines.append("failures=").append(health.hookFailures()).append('\n');
        lines.append("summary=").append(health.summary()).append('\n');
        if (witness instanceof WitnessOnDemand) {
            lines.append("witness=").append(((WitnessOnDemand) witness).state()).append('\n');
        }
        return lines.toString();
    }

    private String alertLines() {
        StringBuilder lines = new StringBuilder();
        for (AlertKind kind : AlertKind.values()) {
            lines.append(kind).append('=').append(counters.ofKind(kind)).append('\n');
        }
        lines.append("redundant=").append(tracker.redundantCloses()).append('\n');
        lines.append("dropped=").append(counters.dropped()).append('\n');
        return lines.toString();
    }
}
