package io.notsock.agent.cli;

import io.notsock.alert.Alert;
import io.notsock.alert.Level;
import io.notsock.alert.Suppressions;
import io.notsock.report.HandleGuard;
import io.notsock.report.WholeFile;
import io.notsock.report.ci.CiFormat;
import io.notsock.report.ci.CiReport;
import io.notsock.report.ci.SourceFiles;
import io.notsock.report.html.HtmlReport;
import io.notsock.report.html.ReportData;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code report}: alerts files as a page for people, or as what continuous integration reads. */
final class ReportCommand extends Command {
    private static final List<String> FORMATS = List.of("html", "sarif", "junit", "github", "markdown");
    private static final List<String> LEVELS = List.of("ERROR", "WARN", "INFO");

    ReportCommand() {
        super(
                "report",
                "ALERTS... [-o FILE] [--format " + String.join("|", FORMATS) + "] [--fail-on LEVEL]",
                "writes alerts files as a page for people, or in a format that CI systems read");
    }

    @Override
    List<String> details() {
        return List.of(
                "",
                "ALERTS are files of the option alerts=; - is stdin, a number is the id of a process that runs under the",
                "agent. Repeats of one alert are merged, their counts added.",
                "A line that cannot be read is named on stderr and passed over.",
                "",
                "  -o FILE              where to; stdout if left out or -",
                "  --format html        one page that needs nothing else: open it in a browser (the default)",
                "           sarif       SARIF 2.1.0 for code scanning; every result points to a line of the sources",
                "           junit       JUnit XML: a test case an alert, failed from --fail-on on (ERROR)",
                "           github      annotations of GitHub Actions (::error file=...), the gravest first",
                "           markdown    a short summary, for $GITHUB_STEP_SUMMARY or a comment",
                "  --fail-on LEVEL      status 1 if there is an alert of this level or a graver one: ERROR, WARN, INFO",
                "  --source-root DIR    where the sources lie, may be repeated; else every src/*/java below the",
                "                       working directory (kotlin, scala and groovy too)",
                "  --suppressions FILE  alerts that a line of this file matches are left out; unused lines are named",
                "  --write-baseline FILE  adds to FILE the suppressions that would keep these alerts silent",
                "",
                "Status 1: alerts were found where --fail-on asks. 3: a file or a line could not be read; the report",
                "has the others.");
    }

    @Override
    int run(List<String> args, PrintStream out, PrintStream err) throws IOException {
        Words words = new Words(args);
        String format = words.oneOf("--format", FORMATS, "html");
        String failOn = words.oneOf("--fail-on", LEVELS, null);
        List<String> roots = words.options("--source-root");
        String suppressions = words.option("--suppressions");
        String baseline = words.option("--write-baseline");
        String target = words.option("-o");
        List<String> files = words.rest();
        if (words.problem() != null || files.isEmpty()) {
            if (words.problem() != null) {
                err.println("notsock: report: " + words.problem());
            }
            return usage(err);
        }

        AlertInput input = new AlertInput(files, err);
        boolean live = format.equals("html") && files.size() == 1 && AlertInput.isProcess(files.get(0));
        List<Alert> alerts = input.book().alerts();
        Level highest = input.book().highest();
        if (suppressions != null) {
            alerts = withoutSuppressed(alerts, suppressions, err);
            highest = highestOf(alerts);
        }
        if (baseline != null) {
            BaselineCommand.addTo(baseline, alerts, err);
        }
        WholeFile.Content report =
                live && suppressions == null ? livePage(files.get(0)) : content(format, input, alerts, roots, failOn);
        if (target == null || target.equals("-")) {
            PrintWriter stdout = new PrintWriter(out, false, StandardCharsets.UTF_8);
            report.writeTo(stdout);
            if (stdout.checkError() || out.checkError()) {
                throw new IOException("the standard output cannot be written");
            }
        } else {
            new WholeFile(Path.of(target), HandleGuard.NONE).write(report);
            out.println(target + ": " + alerts.size() + (alerts.size() == 1 ? " alert" : " alerts"));
        }
        if (failOn != null && highest != null && highest.atLeast(Level.valueOf(failOn))) {
            return ALERTS;
        }
        return input.unreadable() > 0 || !input.book().notKept().isEmpty() ? CANNOT : FINE;
    }

    /** The page of a running process has more than its alerts: what is open, what was, and coverage. */
    private static WholeFile.Content livePage(String pid) throws IOException {
        String page = new OtherJvm(pid).ask("report");
        if (page == null) {
            throw new IOException("process " + pid + " runs without the agent, nothing is tracked");
        }
        return out -> out.write(page);
    }

    private static WholeFile.Content content(
            String format, AlertInput input, List<Alert> alerts, List<String> roots, String failOn) {
        if (format.equals("html")) {
            ReportData page = new ReportData.Builder(input.origin())
                    .alerts(alerts)
                    .missing(input.unreadable(), input.book().notKept())
                    .build();
            return out -> HtmlReport.write(page, out);
        }
        CiReport report = new CiReport(
                input.origin(),
                alerts,
                input.book().notKept(),
                input.unreadable(),
                new SourceFiles(Path.of("").toAbsolutePath(), roots),
                Level.valueOf(failOn == null ? "ERROR" : failOn));
        CiFormat writer = CiFormat.valueOf(format.toUpperCase(Locale.ROOT));
        return out -> writer.write(report, out);
    }

    private static List<Alert> withoutSuppressed(List<Alert> alerts, String file, PrintStream err) throws IOException {
        Suppressions suppressions;
        try {
            suppressions = Suppressions.read(Path.of(file));
        } catch (NoSuchFileException e) {
            throw new IOException(file + ": no such file; accepted: suppressions, KIND:pattern a line", e);
        }
        for (String problem : suppressions.errors()) {
            err.println("notsock: " + problem);
        }
        List<Alert> left = new ArrayList<>();
        for (Alert alert : alerts) {
            if (!suppressions.matches(alert)) {
                left.add(alert);
            }
        }
        for (String unused : suppressions.unused()) {
            err.println("notsock: suppression never used: " + unused);
        }
        return left;
    }

    private static Level highestOf(List<Alert> alerts) {
        Level highest = null;
        for (Alert alert : alerts) {
            highest = highest == null || alert.level().atLeast(highest) ? alert.level() : highest;
        }
        return highest;
    }
}
