package io.notsock.agent.live;

import io.notsock.agent.coverage.Coverage;
import io.notsock.alert.Alert;
import io.notsock.alert.AlertCounters;
import io.notsock.alert.AlertDesk;
import io.notsock.alert.AlertKind;
import io.notsock.alert.ProcessInfo;
import io.notsock.alert.SeenAlerts;
import io.notsock.report.html.ReportData;
import io.notsock.snapshot.HandleLife;
import io.notsock.snapshot.RegistryView;
import io.notsock.snapshot.Snapshot;
import io.notsock.snapshot.Totals;
import io.notsock.track.Tracker;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Puts together what the running agent knows. Any thread may ask; what opens handles is done by a thread of the agent. */
public final class LiveView {
    /** More would make a page of dozens of megabytes. */
    private static final int MOST_LIVES = 100_000;

    private final RegistryView view;
    /**
     * Taking stock lists every handle of the process, on Windows of the system, twice: a page and a scrape that come together, or
     * the attributes of the MBean one by one, share it.
     */
    private static final long STOCK_KEPT_MILLIS = 5000;

    private final Tracker tracker;
    private final AlertDesk desk;
    private final Recent<Coverage.Stock> stock;
    private final Supplier<String> problems;
    private final ProcessInfo process;
    private final Instant since;
    private final boolean late;
    private final Path alertsFile;

    /**
     * @param problems one line on what does not work, or {@code null}
     * @param since when the agent came
     * @param late it came to a running JVM
     * @param alertsFile where alerts are written as JSON lines, or {@code null}
     */
    public LiveView(
            RegistryView view,
            Tracker tracker,
            AlertDesk desk,
            Coverage coverage,
            Supplier<String> problems,
            ProcessInfo process,
            Instant since,
            boolean late,
            Path alertsFile) {
        this.view = view;
        this.tracker = tracker;
        this.desk = desk;
        this.stock = new Recent<>(
                () -> OnAgentThread.call(() -> coverage.stock(tracker.registry())),
                STOCK_KEPT_MILLIS,
                System::nanoTime);
        this.problems = problems;
        this.process = process;
        this.since = since;
        this.late = late;
        this.alertsFile = alertsFile;
    }

    /** Everything of this moment, open handles included: for who asks once. */
    public Snapshot whole() {
        return whole(stock.fresh());
    }

    private Snapshot whole(Coverage.Stock coverage) {
        return counts(coverage).handles(view.openHandles()).build();
    }

    /** What a page tells: everything, the past lives that are still known, and the alerts so far. */
    public ReportData report() {
        List<HandleLife> lives = view.lives(MOST_LIVES);
        SeenAlerts seen = desk.seen();
        ReportData.Builder report = new ReportData.Builder("the running process")
                .registry(whole(stock.get()), lives)
                .alerts(seen.alerts())
                .missing(0, seen.notKept());
        if (lives.size() == MOST_LIVES) {
            report.note("More than " + MOST_LIVES + " lives of numbers are known; the oldest are not shown.");
        }
        return report.build();
    }

    /** The alerts so far. */
    public List<Alert> alerts() {
        return desk.seen().alerts();
    }

    /** Occurrences of alerts that were too many to keep, by kind. */
    public Map<AlertKind, Long> notKept() {
        return desk.seen().notKept();
    }

    /** Counts only: what metrics need. Asks no owner; what the OS lists may be some seconds old. */
    public Snapshot counts() {
        return counts(coverage()).build();
    }

    /** Which process it is and since when, without counts of the OS. */
    public Snapshot heading() {
        return counts(null).build();
    }

    /** When the agent came; what was before is not known. */
    public Instant since() {
        return since;
    }

    /** The agent came to a running JVM. */
    public boolean attachedLate() {
        return late;
    }

    /** Totals of the registry alone: the cheapest answer. */
    public Totals totals() {
        return view.totals();
    }

    /** What is known of one number. */
    public List<HandleLife> history(long number) {
        return view.history(number);
    }

    /** What the OS lists against what is known, some seconds ago at most, or {@code null} where it gives no list. */
    public Coverage.Stock coverage() {
        return stock.get();
    }

    public AlertCounters counters() {
        return desk.counters();
    }

    /** Closes above the OS that had nothing left to close. */
    public long redundantCloses() {
        return tracker.redundantCloses();
    }

    /** One line on what does not work on this JVM, or {@code null}. */
    public String problems() {
        return problems.get();
    }

    private Snapshot.Builder counts(Coverage.Stock stock) {
        Snapshot.Builder snapshot = new Snapshot.Builder()
                .since(since, late)
                .process(process)
                .totals(view.totals())
                .alerts(desk.counters(), tracker.redundantCloses())
                .problems(problems.get())
                .alertsFile(
                        alertsFile == null ? null : alertsFile.toAbsolutePath().toString());
        return stock == null ? snapshot : snapshot.coverage(stock.counts(), stock.unclassified());
    }
}
