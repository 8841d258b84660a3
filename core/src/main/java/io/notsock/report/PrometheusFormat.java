package io.notsock.report;

import io.notsock.alert.AlertKind;
import io.notsock.handle.HandleType;
import io.notsock.handle.Space;
import io.notsock.snapshot.Snapshot;
import java.util.Map;

/**
 * Writes the metrics in Prometheus' text format 0.0.4, always in the same order. Labels have few values: no number, path or
 * stack is ever one.
 */
public final class PrometheusFormat {
    /** What an HTTP answer calls it. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private PrometheusFormat() {}

    /** The page; a metric that cannot be known on this system is left out, never shown as zero. */
    public static String page(Snapshot s) {
        StringBuilder out = new StringBuilder(2048);
        head(
                out,
                "notsock_open_handles",
                "gauge",
                "Handles that are open now, as far as the agent has seen them opened.");
        for (Space space : Space.values()) {
            for (Map.Entry<HandleType, Long> type : s.totals().open(space).entrySet()) {
                out.append("notsock_open_handles{space=\"").append(space.label());
                out.append("\",type=\"").append(type.getKey().label()).append("\"} ");
                out.append(type.getValue()).append('\n');
            }
        }
        counter(
                out,
                "notsock_opened_total",
                "Handles that the application opened.",
                s.totals().opened());
        counter(
                out,
                "notsock_closed_total",
                "Handles of the application that were closed.",
                s.totals().closed());
        head(out, "notsock_alerts_total", "counter", "Alerts, repeats counted, by kind.");
        for (Map.Entry<AlertKind, Long> kind : s.alerts().entrySet()) {
            out.append("notsock_alerts_total{kind=\"")
                    .append(kind.getKey().name())
                    .append("\"} ");
            out.append(kind.getValue()).append('\n');
        }
        counter(
                out,
                "notsock_redundant_closes_total",
                "Second closes that never reached the operating system.",
                s.redundantCloses());
        counter(out, "notsock_dropped_alerts_total", "Alerts that could not be written.", s.droppedAlerts());
        if (s.unclassified() != null) {
            head(
                    out,
                    "notsock_unclassified_handles",
                    "gauge",
                    "Handles that the operating system lists and the agent cannot explain.");
            out.append("notsock_unclassified_handles ")
                    .append(s.unclassified().size())
                    .append('\n');
        }
        return out.toString();
    }

    private static void counter(StringBuilder out, String name, String help, long value) {
        head(out, name, "counter", help);
        out.append(name).append(' ').append(value).append('\n');
    }

    private static void head(StringBuilder out, String name, String type, String help) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }
}
