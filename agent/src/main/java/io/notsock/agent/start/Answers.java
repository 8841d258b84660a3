package io.notsock.agent.start;

import io.notsock.agent.coverage.Coverage;
import io.notsock.agent.hook.HookReceiver;
import io.notsock.agent.live.LiveView;
import io.notsock.agent.live.Questions;
import io.notsock.agent.live.TestAlerts;
import io.notsock.alert.AlertDesk;
import io.notsock.alert.AlertKind;
import io.notsock.alert.ProcessInfo;
import io.notsock.evidence.Witness;
import io.notsock.os.WitnessOnDemand;
import io.notsock.pipeline.AlertPipeline;
import io.notsock.pipeline.FindingQueue;
import io.notsock.pipeline.WallClock;
import io.notsock.registry.Registry;
import io.notsock.snapshot.RegistryView;
import io.notsock.track.Tracker;
import java.nio.file.Path;
import java.util.function.LongFunction;

/** Answers questions about the running agent: one line per fact, {@code key=value}. Any thread may ask. */
final class Answers implements HookReceiver.Inquiries {
    /** Followed by a number: {@code io.notsock.api.Handles.history} asks so. */
    private static final String HISTORY = "history ";

    private final Registry registry;
    private final Tracker tracker;
    private final Health health;
    private final Coverage coverage;
    private final AlertDesk desk;
    private final Witness witness;
    private final WallClock clock;
    private final ProcessInfo process;
    private final FindingQueue queue;
    private final AlertPipeline pipeline;
    private final boolean late;

    private final NumberHistory history;
    private LiveView live;
    private volatile String listening;
    private TestAlerts tests;
    private volatile ReportFile report;
    private volatile Path alertsFile;

    /** @param late the agent came to a running JVM */
    Answers(
            Registry registry,
            Tracker tracker,
            Health health,
            Coverage coverage,
            AlertDesk desk,
            FindingQueue queue,
            AlertPipeline pipeline,
            Witness witness,
            WallClock clock,
            ProcessInfo process,
            boolean late) {
        this.history = new NumberHistory(registry, clock);
        this.registry = registry;
        this.tracker = tracker;
        this.health = health;
        this.coverage = coverage;
        this.desk = desk;
        this.queue = queue;
        this.pipeline = pipeline;
        this.witness = witness;
        this.clock = clock;
        this.process = process;
        this.late = late;
    }

    /** Where the page of metrics is served. */
    void listeningAt(String address) {
        listening = address;
    }

    /** The file of {@code alerts=}, where there is one; before the first question. */
    void alertsFile(Path file) {
        alertsFile = file;
    }

    /** The file of {@code report=}, where there is one. */
    void reportFile(ReportFile file) {
        report = file;
    }

    /** The view for readers outside, made when the first one comes. */
    synchronized LiveView live() {
        if (live == null) {
            live = new LiveView(
                    new RegistryView(registry, clock, tracker::describe),
                    tracker,
                    desk,
                    coverage,
                    health::summary,
                    process,
                    clock.start(),
                    late,
                    alertsFile);
        }
        return live;
    }

    /** The tests' side, made when the first one comes. */
    private synchronized TestAlerts tests() {
        if (tests == null) {
            tests = new TestAlerts(pipeline, desk);
        }
        return tests;
    }

    @Override
    public void contextsFrom(LongFunction<String> contexts) {
        queue.contextsFrom(contexts);
    }

    @Override
    public String answer(String question) {
        switch (question) {
            case "coverage":
                return coverage.describe(registry);
            case "health":
                return healthLines();
            case "metrics":
                return listening == null ? "" : "address=" + listening + "\n";
            case "alerts":
                return alertLines();
            case "report-file":
                return report == null ? "no report=PATH\n" : report.writeNow();
            case "hooks":
                return hookLines();
            default:
                if (question.startsWith(TestAlerts.QUESTION)) {
                    return tests().answer(question.substring(TestAlerts.QUESTION.length()));
                }
                return question.startsWith(HISTORY)
                        ? history.of(question.substring(HISTORY.length()))
                        : new Questions(live(), this::answer).answer(question);
        }
    }

    private String healthLines() {
        StringBuilder lines = new StringBuilder();
        lines.append("tested=").append(health.tested()).append('\n');
        lines.append("missing=").append(health.missingHooks()).append('\n');
        lines.append("failures=").append(health.hookFailures()).append('\n');
        lines.append("summary=").append(health.summary()).append('\n');
        if (alertsFile != null) {
            lines.append("alerts=").append(alertsFile.toAbsolutePath()).append('\n');
        }
        if (witness instanceof WitnessOnDemand) {
            lines.append("witness=").append(((WitnessOnDemand) witness).state()).append('\n');
        }
        return lines.toString();
    }

    /** One line for each entry of the catalog in force: id, role, what it is woven into, and what is missing. */
    private String hookLines() {
        StringBuilder lines = new StringBuilder();
        health.describe(lines);
        return lines.toString();
    }

    private String alertLines() {
        StringBuilder lines = new StringBuilder();
        for (AlertKind kind : AlertKind.values()) {
            lines.append(kind).append('=').append(desk.counters().ofKind(kind)).append('\n');
        }
        lines.append("redundant=").append(tracker.redundantCloses()).append('\n');
        lines.append("dropped=").append(desk.counters().dropped()).append('\n');
        return lines.toString();
    }
}
