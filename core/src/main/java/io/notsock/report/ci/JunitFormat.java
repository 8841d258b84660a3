package io.notsock.report.ci;

import io.notsock.alert.Alert;
import io.notsock.alert.Frames;
import io.notsock.alert.Party;
import io.notsock.report.TextFormat;
import java.io.IOException;
import java.io.Writer;

/**
 * Writes JUnit XML: one test case an alert, failed from the level on that counts as a failure, passed with the alert as its
 * output below. Without alerts there is one case, passed: most servers take a file without cases for an error.
 */
final class JunitFormat {
    private final CiReport report;
    private final Writer out;

    JunitFormat(CiReport report, Writer out) {
        this.report = report;
        this.out = out;
    }

    void write() throws IOException {
        int failures = 0;
        for (Alert alert : report.alerts()) {
            failures += report.fails(alert) ? 1 : 0;
        }
        boolean incomplete = !report.missing().isEmpty();
        int tests = report.alerts().size() + (incomplete || report.alerts().isEmpty() ? 1 : 0);
        String counts = " tests=\"" + tests + "\" failures=\"" + failures + "\" errors=\"" + (incomplete ? 1 : 0)
                + "\" skipped=\"0\" time=\"0\">\n";
        out.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"notsock\"" + counts);
        out.write("  <testsuite name=\"notsock: handles\"" + counts);
        for (Alert alert : report.alerts()) {
            testCase(alert);
        }
        if (incomplete) {
            out.write("    <testcase classname=\"notsock\" name=\"the alerts could be read\" time=\"0\">\n");
            out.write("      <error message=\"" + escape(String.join("; ", report.missing()))
                    + "\" type=\"incomplete\"/>\n");
            out.write("    </testcase>\n");
        } else if (report.alerts().isEmpty()) {
            out.write("    <testcase classname=\"notsock\" name=\"no alerts\" time=\"0\"/>\n");
        }
        out.write("  </testsuite>\n</testsuites>\n");
        out.flush();
    }

    private void testCase(Alert alert) throws IOException {
        out.write("    <testcase classname=\"" + escape(className(alert)) + "\" name=\""
                + escape(Words.title(alert) + ", " + alert.id()) + "\" time=\"0\"");
        SourceLine line = report.sources().of(alert);
        if (line != null) {
            out.write(" file=\"" + escape(line.path()) + "\"");
            if (line.line() > 0) {
                out.write(" line=\"" + line.line() + "\"");
            }
        }
        out.write(">\n");
        String text = escape(TextFormat.format(alert));
        if (report.fails(alert)) {
            out.write("      <failure message=\"" + escape(alert.summary()) + "\" type=\"" + alert.kind() + "\">" + text
                    + "</failure>\n");
        } else {
            out.write("      <system-out>" + text + "</system-out>\n");
        }
        out.write("    </testcase>\n");
    }

    /** Where the alert points, as servers group cases: the class of the frame to look at. */
    private static String className(Alert alert) {
        for (Party party : alert.bySuspicion()) {
            StackTraceElement frame = Frames.firstApplication(party);
            if (frame != null) {
                return frame.getClassName();
            }
        }
        return "notsock";
    }

    /** For text and attributes alike; what XML 1.0 cannot hold at all becomes U+FFFD. */
    private static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            switch (c) {
                case '&':
                    safe.append("&amp;");
                    break;
                case '<':
                    safe.append("&lt;");
                    break;
                case '>':
                    safe.append("&gt;");
                    break;
                case '"':
                    safe.append("&quot;");
                    break;
                default:
                    safe.appendCodePoint(isXml(c) ? c : 0xFFFD);
                    break;
            }
        }
        return safe.toString();
    }

    private static boolean isXml(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || c >= 0x20 && c < 0xD800
                || c >= 0xE000 && c < 0xFFFE
                || c > 0xFFFF;
    }
}
