package io.notsock.agent.live;

import io.notsock.alert.Alert;
import io.notsock.alert.AlertDesk;
import io.notsock.alert.AlertKind;
import io.notsock.alert.AlertSink;
import io.notsock.alert.Culprit;
import io.notsock.alert.Level;
import io.notsock.alert.Party;
import io.notsock.leak.LeakWatch;
import io.notsock.pipeline.AlertPipeline;
import io.notsock.report.TextFormat;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Keeps every alert for the tests of this JVM until a test framework takes it ({@code notsock-junit} does), and looks for leaks
 * when asked to: the answer is how many of the handles opened since then are open, and {@code undecided} where another look will tell
 * of more.
 *
 * <p>Its answers are text: alerts end with {@code U+001E}, their fields with {@code U+001F}: context, level, kind, expected,
 * id, whole text, frames of the culprit. Alerts themselves contain no control characters but line feeds.
 */
public final class TestAlerts implements AlertSink {
    /** How the questions begin: {@code tests begin}, {@code tests take}, {@code tests take CONTEXT}, {@code tests leaks SINCE}. */
    public static final String QUESTION = "tests ";

    private static final String BEGIN = "begin";
    private static final String TAKE = "take";
    private static final String LEAKS = "leaks ";
    private static final char END_OF_FIELD = '\u001f';
    private static final char END_OF_ALERT = '\u001e';
    /** Nobody reads more; the rest is counted. */
    private static final int CAPACITY = 1000;
    /** On a machine with nothing else to do it takes milliseconds. */
    private static final long PATIENCE_MILLIS = 20_000;

    private final AlertPipeline pipeline;
    private final AlertDesk desk;
    private final Deque<String> kept = new ArrayDeque<>();
    private boolean begun;
    private volatile boolean empty = true;

    public TestAlerts(AlertPipeline pipeline, AlertDesk desk) {
        this.pipeline = pipeline;
        this.desk = desk;
    }

    /** Any thread may ask. {@code null} for no question of these, or if the alerts did not come within a long time. */
    public String answer(String question) {
        if (question.equals(BEGIN)) {
            return begin() ? "1" : null;
        }
        if (question.equals(TAKE)) {
            return take(null);
        }
        if (question.startsWith(LEAKS)) {
            LeakWatch.Rest rest =
                    pipeline.lookForLeaks(Long.parseLong(question.substring(LEAKS.length())), PATIENCE_MILLIS);
            return rest == null ? null : rest.open() + (rest.undecided() ? " undecided" : "");
        }
        return question.startsWith(TAKE + " ") ? take(question.substring(TAKE.length() + 1)) : null;
    }

    private synchronized boolean begin() {
        if (!begun) {
            // The desk belongs to the agent's thread.
            begun = pipeline.execute(() -> desk.addSink(this), PATIENCE_MILLIS);
        }
        return begun;
    }

    private String take(String context) {
        if (!pipeline.settle(context, PATIENCE_MILLIS)) {
            return null;
        }
        if (empty) {
            return "";
        }
        StringBuilder all = new StringBuilder();
        synchronized (kept) {
            kept.forEach(all::append);
            kept.clear();
            empty = true;
        }
        return all.toString();
    }

    @Override
    public void write(Alert alert) {
        StringBuilder record = new StringBuilder(2048);
        field(record, alert.context() == null ? "" : alert.context());
        field(record, alert.level().name());
        field(record, alert.kind().name());
        field(record, String.valueOf(alert.expected()));
        field(record, alert.id());
        field(record, TextFormat.format(alert.asNews()));
        field(record, frames(alert));
        record.append(END_OF_ALERT);
        synchronized (kept) {
            if (kept.size() >= CAPACITY) {
                if (alert.level() != Level.ERROR && !alert.expected()) {
                    return; // nobody fails by it
                }
                kept.removeLast();
            }
            kept.addLast(record.toString());
            empty = false;
        }
    }

    private static void field(StringBuilder record, String value) {
        record.append(value).append(END_OF_FIELD);
    }

    /** Of a leak its opener's. One a line: class, method, file, line, with tabs between. */
    private static String frames(Alert alert) {
        Party party = alert.culprit() == Culprit.FIRST_CLOSE && alert.firstClose() != null
                ? alert.firstClose()
                : alert.kind() == AlertKind.LEAK ? alert.victim() : alert.rogue();
        StringBuilder lines = new StringBuilder();
        if (party != null) {
            for (StackTraceElement frame : party.frames()) {
                lines.append(frame.getClassName())
                        .append('\t')
                        .append(frame.getMethodName())
                        .append('\t')
                        .append(frame.getFileName() == null ? "" : frame.getFileName())
                        .append('\t')
                        .append(frame.getLineNumber())
                        .append('\n');
            }
        }
        return lines.toString();
    }

    @Override
    public boolean everyOccurrence() {
        return true;
    }

    @Override
    public boolean expectedToo() {
        return true;
    }

    @Override
    public void close() {
        // What was not taken by now has been written by the other sinks.
    }
}
