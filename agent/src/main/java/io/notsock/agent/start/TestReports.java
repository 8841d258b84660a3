package io.notsock.agent.start;

import io.notsock.agent.live.LiveView;
import io.notsock.agent.live.OnAgentThread;
import io.notsock.alert.AlertKind;
import io.notsock.alert.Level;
import io.notsock.report.WholeFile;
import io.notsock.report.ci.CiFormat;
import io.notsock.report.ci.CiReport;
import io.notsock.report.ci.SourceFiles;
import io.notsock.report.html.HtmlReport;
import io.notsock.report.html.ReportData;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The reports that tests want of their JVM ({@code notsock-junit} asks for them): written when a run of tests has ended, and
 * once more as the JVM ends if alerts have come since, leaks for example.
 *
 * <p>Thread-safe. A thread of the agent reads the sources and writes.
 */
final class TestReports {
    /** Followed by the format, a line feed and a file; {@code -} for the text itself as the answer. */
    static final String QUESTION = "tests report ";

    private static final String TEXT = "-";

    private final LiveView live;
    private final Outputs outputs;
    /** Formats by file, with the number of alerts that were told of there. */
    private final Map<Path, Written> written = new LinkedHashMap<>();

    private SourceFiles sources;

    private static final class Written {
        private final String format;
        private final long alerts;

        Written(String format, long alerts) {
            this.format = format;
            this.alerts = alerts;
        }
    }

    TestReports(LiveView live, Outputs outputs) {
        this.live = live;
        this.outputs = outputs;
    }

    /** The text, or {@code written FILE}, or {@code failed REASON}; {@code null} for what is not understood. */
    String answer(String request) {
        int end = request.indexOf('\n');
        if (end < 0) {
            return null;
        }
        String format = request.substring(0, end);
        String file = request.substring(end + 1);
        return OnAgentThread.call(() -> {
            try {
                return file.equals(TEXT) ? text(format) : "written " + write(format, outputs.expand(file));
            } catch (IllegalArgumentException e) { // of the name
                return "failed " + e.getMessage();
            } catch (IOException | RuntimeException | LinkageError e) {
                return "failed " + e;
            }
        });
    }

    /** Says of each file that cannot be written why. */
    void writeAtExit() {
        OnAgentThread.call(() -> {
            long alerts = alerts();
            for (Map.Entry<Path, Written> file : copy().entrySet()) {
                if (file.getValue().alerts != alerts) {
                    try {
                        write(file.getValue().format, file.getKey());
                    } catch (IOException | RuntimeException | LinkageError e) {
                        AgentStart.complain(file.getKey() + ": the report cannot be written: " + e);
                    }
                }
            }
            return null;
        });
    }

    private synchronized Map<Path, Written> copy() {
        return new LinkedHashMap<>(written);
    }

    private String text(String format) throws IOException {
        StringWriter text = new StringWriter();
        content(format).writeTo(text);
        return text.toString();
    }

    private synchronized Path write(String format, Path file) throws IOException {
        long alerts = alerts();
        Path whole = file.toAbsolutePath();
        new WholeFile(whole, outputs.guard()).write(content(format));
        written.put(whole, new Written(format, alerts));
        return whole;
    }

    /** Repeats count: a report says how often. */
    private long alerts() {
        long alerts = 0;
        for (AlertKind kind : AlertKind.values()) {
            alerts += live.counters().ofKind(kind);
        }
        return alerts;
    }

    private synchronized WholeFile.Content content(String format) {
        if (format.equals("html")) {
            ReportData page = live.report();
            return out -> HtmlReport.write(page, out);
        }
        CiFormat writer = CiFormat.valueOf(format.toUpperCase(Locale.ROOT));
        if (sources == null) {
            sources = SourceFiles.inRepositoryOf(Path.of("").toAbsolutePath());
        }
        CiReport report = new CiReport(
                "the tests of process " + outputs.process().pid(),
                live.alerts(),
                live.notKept(),
                0,
                sources,
                Level.ERROR);
        return out -> writer.write(report, out);
    }
}
