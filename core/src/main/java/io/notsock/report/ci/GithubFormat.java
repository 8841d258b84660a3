package io.notsock.report.ci;

import io.notsock.alert.Alert;
import io.notsock.alert.Level;
import java.io.IOException;
import java.io.Writer;

/**
 * Writes workflow commands of GitHub Actions, {@code ::error file=,line=,title=::text}, the gravest alerts first: GitHub
 * shows only the first ten of a level.
 */
final class GithubFormat {
    private final CiReport report;
    private final Writer out;

    GithubFormat(CiReport report, Writer out) {
        this.report = report;
        this.out = out;
    }

    void write() throws IOException {
        for (Alert alert : report.alerts()) {
            out.write("::" + command(alert.level()) + " ");
            SourceLine line = report.sources().of(alert);
            if (line != null) {
                out.write("file=" + property(line.path()) + ",");
                if (line.line() > 0) {
                    out.write("line=" + line.line() + ",");
                }
            }
            out.write("title=" + property(Words.title(alert)) + "::" + data(Words.body(alert)) + "\n");
        }
        for (String sentence : report.missing()) {
            out.write("::warning title=notsock::" + data(sentence) + "\n");
        }
        out.flush();
    }

    private static String command(Level level) {
        switch (level) {
            case ERROR:
                return "error";
            case WARN:
                return "warning";
            default:
                return "notice";
        }
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
