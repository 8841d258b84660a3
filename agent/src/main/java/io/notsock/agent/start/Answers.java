package io.notsock.agent.start;

import io.notsock.agent.live.LiveView;
import io.notsock.agent.live.Questions;
import io.notsock.agent.live.TestAlerts;
import io.notsock.alert.AlertKind;
import io.notsock.os.WitnessOnDemand;
import io.notsock.pipeline.AlertPipeline;
import io.notsock.snapshot.RegistryView;

/** Answers questions about the running agent: one line per fact, {@code key=value}. Any thread may ask. */
final class Answers {
    /** What works on this JVM, and whether that has been tested. */
    static final String HEALTH = "health";

    /** Followed by a number: {@code io.notsock.api.Handles.history} asks so. */
    private static final String HISTORY = "history ";

    private final Tracking tracking;
    private final Outputs outputs;
    private final AlertPipeline pipeline;
    private final NumberHistory history;
    private LiveView live;
    private volatile String listening;
    private TestAlerts tests;
    private volatile TestReports testReports;
    private volatile ReportFile report;

    Answers(Tracking tracking, Outputs outputs, AlertPipeline pipeline) {
        this.tracking = tracking;
        this.outputs = outputs;
        this.pipeline = pipeline;
        this.history = new NumberHistory(tracking.registry, tracking.clock);
    }

    /** Where the page of metrics is served. */
    void listeningAt(String address) {
        listening = address;
    }

    /** The file of {@code report=}, where there is one. */
    void reportFile(ReportFile file) {
        report = file;
    }

    /** The view for readers outside, made when the first one comes. */
    synchronized LiveView live() {
        if (live == null) {
            live = new LiveView(
                    new RegistryView(tracking.registry, tracking.clock, tracking.tracker::describe),
                    tracking.tracker,
                    outputs.desk(),
                    tracking.coverage,
                    tracking.health::summary,
                    outputs.process(),
                    tracking.clock.start(),
                    tracking.late,
                    outputs.alertsFile());
        }
        return live;
    }

    /** The tests' side, made when the first one comes. */
    private synchronized TestAlerts tests() {
        if (tests == null) {
            tests = new TestAlerts(pipeline, outputs.desk());
        }
        return tests;
    }

    private synchronized TestReports testReports() {
        if (testReports == null) {
            testReports = new TestReports(live(), outputs);
        }
        return testReports;
    }

    /** What tests have asked for, with what has come since. */
    void finishTestReports() {
        TestReports asked = testReports;
        if (asked != null) {
            asked.writeAtExit();
        }
    }

    /** The answer, or {@code null} for a question it does not know. */
    String answer(String question) {
        switch (question) {
            case "coverage":
                return tracking.coverage.describe(tracking.registry);
            case HEALTH:
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
                if (question.startsWith(TestReports.QUESTION)) {
                    return testReports().answer(question.substring(TestReports.QUESTION.length()));
                }
                if (question.startsWith(TestAlerts.QUESTION)) {
                    return tests().answer(question.substring(TestAlerts.QUESTION.length()));
                }
                return question.startsWith(HISTORY)
                        ? history.of(question.substring(HISTORY.length()))
                        : new Questions(live(), this::answer).answer(question);
        }
    }

    private String healthLines() {
        Health health = tracking.health;
        StringBuilder lines = new StringBuilder();
        lines.append("tested=").append(health.tested()).append('\n');
        lines.append("missing=").append(health.missingHooks()).append('\n');
        lines.append("failures=").append(health.hookFailures()).append('\n');
        lines.append("summary=").append(health.summary()).append('\n');
        if (outputs.alertsFile() != null) {
            lines.append("alerts=")
                    .append(outputs.alertsFile().toAbsolutePath())
                    .append('\n');
        }
        if (tracking.witness instanceof WitnessOnDemand) {
            lines.append("witness=")
                    .append(((WitnessOnDemand) tracking.witness).state())
                    .append('\n');
        }
        return lines.toString();
    }

    /** One line for each entry of the catalog in force: id, role, what it is woven into, and what is missing. */
    private String hookLines() {
        StringBuilder lines = new StringBuilder();
        tracking.health.describe(lines);
        return lines.toString();
    }

    private String alertLines() {
        StringBuilder lines = new StringBuilder();
        for (AlertKind kind : AlertKind.values()) {
            lines.append(kind)
                    .append('=')
                    .append(outputs.desk().counters().ofKind(kind))
                    .append('\n');
        }
        lines.append("redundant=").append(tracking.tracker.redundantCloses()).append('\n');
        lines.append("dropped=").append(outputs.desk().counters().dropped()).append('\n');
        return lines.toString();
    }
}
