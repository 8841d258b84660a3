package io.notsock.report;

import io.notsock.alert.AlertKind;
import io.notsock.alert.Frames;
import io.notsock.snapshot.HandleLife;
import io.notsock.snapshot.Moment;
import io.notsock.snapshot.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Writes open handles and the history of a number for people: a table, and one block for each life. */
public final class HandleText {
    private static final String[] TITLES = {
        "SPACE", "NUMBER", "GENERATION", "TYPE", "AGE", "OWNER", "OPENED BY", "FROM", "WHAT"
    };

    private HandleText() {}

    /** The answer to {@code list}. */
    public static String list(Snapshot s) {
        StringBuilder out = new StringBuilder();
        out.append(s.handles().size()).append(" open handles of ").append(process(s));
        out.append(", tracked since ").append(Times.iso(s.since())).append('\n');
        if (s.attachedLate()) {
            out.append("The agent was attached then: what was opened before is not listed, and how is unknown.\n");
        }
        out.append('\n');
        List<String[]> rows = new ArrayList<>();
        rows.add(TITLES);
        for (HandleLife handle : s.handles()) {
            rows.add(row(handle, s.time()));
        }
        table(out, rows);
        out.append('\n');
        out.append("opened ").append(s.totals().opened());
        out.append(", closed ").append(s.totals().closed());
        out.append(", redundant closes ").append(s.redundantCloses()).append('\n');
        alerts(out, s);
        coverage(out, s);
        if (s.problems() != null) {
            out.append("problems: ").append(Printable.of(s.problems())).append('\n');
        }
        return out.toString();
    }

    /** The answer to {@code history NUMBER}. */
    public static String history(Snapshot s, long number, List<HandleLife> lives) {
        StringBuilder out = new StringBuilder();
        out.append("history of number ")
                .append(number)
                .append(" in ")
                .append(process(s))
                .append('\n');
        if (lives.isEmpty()) {
            out.append("nothing was seen of it since ").append(Times.iso(s.since()));
            out.append("; what was before that is unknown\n");
        } else if (s.attachedLate()) {
            out.append("tracked since ").append(Times.iso(s.since())).append("; what was before that is unknown\n");
        }
        for (HandleLife life : lives) {
            life(out, life);
        }
        return out.toString();
    }

    private static String process(Snapshot s) {
        String main = s.process().main();
        return "process " + s.process().pid() + (main == null || main.isEmpty() ? "" : " (" + Printable.of(main) + ")");
    }

    private static void alerts(StringBuilder out, Snapshot s) {
        StringBuilder kinds = new StringBuilder();
        for (Map.Entry<AlertKind, Long> kind : s.alerts().entrySet()) {
            if (kind.getValue() > 0) {
                kinds.append(kinds.length() == 0 ? "" : ", ")
                        .append(kind.getKey())
                        .append(' ');
                kinds.append(kind.getValue());
            }
        }
        out.append("alerts: ").append(kinds.length() == 0 ? "none" : kinds).append('\n');
        if (s.alertsFile() != null) {
            out.append("alerts are written to ")
                    .append(Printable.of(s.alertsFile()))
                    .append('\n');
        }
        if (s.droppedAlerts() > 0) {
            out.append("alerts that could not be written: ")
                    .append(s.droppedAlerts())
                    .append('\n');
        }
    }

    private static void coverage(StringBuilder out, Snapshot s) {
        if (s.coverage() == null) {
            out.append("coverage: not known, this system gives no list of a process's handles\n");
            return;
        }
        out.append("coverage:");
        String separator = " ";
        for (Map.Entry<String, Integer> kind : s.coverage().entrySet()) {
            if (kind.getValue() > 0) {
                out.append(separator).append(kind.getKey()).append(' ').append(kind.getValue());
                separator = ", ";
            }
        }
        out.append('\n');
        for (String handle : s.unclassified()) {
            out.append("  unclassified: ").append(Printable.of(handle)).append('\n');
        }
    }

    private static String[] row(HandleLife handle, Instant now) {
        Moment opened = handle.opened();
        StackTraceElement site = opened == null ? null : opened.site();
        return new String[] {
            handle.space().label(),
            Long.toString(handle.number()),
            Integer.toString(handle.generation()),
            handle.type().label(),
            opened == null ? "?" : Times.span(positive(Duration.between(opened.time(), now))),
            orDash(handle.owner()),
            opened == null ? "not seen" : '"' + Printable.of(opened.thread()) + '"',
            site != null ? Frames.text(site) : opened == null ? "-" : opened.api(),
            handle.detail() == null ? "" : Printable.of(handle.detail())
        };
    }

    private static Duration positive(Duration d) {
        return d.isNegative() ? Duration.ZERO : d;
    }

    private static String orDash(String text) {
        return text == null ? "-" : text;
    }

    private static void table(StringBuilder out, List<String[]> rows) {
        int[] widths = new int[TITLES.length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                line.append(i == 0 ? "" : "  ").append(row[i]);
                char[] gap = new char[widths[i] - row[i].length()];
                Arrays.fill(gap, ' ');
                line.append(gap);
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
    }

    private static void life(StringBuilder out, HandleLife life) {
        out.append('\n').append(life.space().label()).append(' ').append(life.number());
        out.append(", generation ").append(life.generation());
        out.append(" (")
                .append(life.type().label())
                .append("): ")
                .append(life.state().label());
        if (life.owner() != null) {
            out.append(", owner ").append(life.owner());
        }
        if (life.agentOwned()) {
            out.append(", notsock's own");
        }
        if (life.detail() != null) {
            out.append(", ").append(Printable.of(life.detail()));
        }
        out.append('\n');
        if (life.opened() == null) {
            out.append("  open: not seen\n");
        }
        moment(out, life.opened());
        moment(out, life.closed());
    }

    private static void moment(StringBuilder out, Moment moment) {
        if (moment == null) {
            return;
        }
        out.append("  ").append(moment.what()).append(": ");
        if (moment.seen()) {
            out.append("by thread \"").append(Printable.of(moment.thread())).append("\" (");
            out.append(moment.threadId())
                    .append(moment.virtual() ? ", virtual" : "")
                    .append("), at ");
        } else {
            out.append("noticed at ");
        }
        out.append(Times.iso(moment.time()));
        if (moment.api() != null) {
            out.append(", through ").append(moment.api());
        }
        out.append('\n');
        if (moment.stackMissing() != null) {
            out.append("      stack ").append(moment.stackMissing()).append('\n');
            return;
        }
        for (String line : StackTrim.of(Arrays.asList(moment.frames()))) {
            out.append("      ").append(Printable.of(line)).append('\n');
        }
    }
}
