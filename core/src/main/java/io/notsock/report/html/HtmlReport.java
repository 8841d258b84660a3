package io.notsock.report.html;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * Writes the report as one HTML file that needs nothing else: style, script and data are inside.
 *
 * <p>Nothing of the data can become markup or code. It stands in the page as JSON in which no {@code <} is left, is shown as
 * text only, and a content security policy lets nothing run but our own script, named by its hash. The hashes stand in
 * {@code report.html}, checked by a test: the first digest of a JVM opens {@code /dev/random} and {@code /dev/urandom} for good
 * ({@code NativePRNG}), which takes two numbers from the program.
 */
public final class HtmlReport {
    private HtmlReport() {}

    /** Writes the page in UTF-8's repertoire; flushes, and does not close. */
    public static void write(ReportData data, Writer out) throws IOException {
        String page = resource("report.html");
        int from = 0;
        for (int at = page.indexOf('@'); at >= 0; at = page.indexOf('@', from)) {
            int end = page.indexOf('@', at + 1);
            out.write(page, from, at - from);
            from = end + 1;
            switch (page.substring(at + 1, end)) {
                case "SCRIPT":
                    out.write(resource("report.js"));
                    break;
                case "STYLE":
                    out.write(resource("report.css"));
                    break;
                default:
                    new PageData(data).write(new InsideScript(out));
                    break;
            }
        }
        out.write(page, from, page.length() - from);
        out.flush();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException(name + " is missing in the agent's jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /**
     * JSON within a script element: what could end the element or begin a comment in it is written as an escape, which only
     * strings can contain.
     */
    private static final class InsideScript extends FilterWriter {
        InsideScript(Writer out) {
            super(out);
        }

        @Override
        public void write(int c) throws IOException {
            if (c == '<' || c == '>' || c == '&') {
                out.write(c == '<' ? "\\u003c" : c == '>' ? "\\u003e" : "\\u0026");
            } else {
                out.write(c);
            }
        }

        @Override
        public void write(char[] chars, int from, int length) throws IOException {
            int start = from;
            for (int i = from; i < from + length; i++) {
                if (chars[i] == '<' || chars[i] == '>' || chars[i] == '&') {
                    out.write(chars, start, i - start);
                    write(chars[i]);
                    start = i + 1;
                }
            }
            out.write(chars, start, from + length - start);
        }

        @Override
        public void write(String text, int from, int length) throws IOException {
            write(text.toCharArray(), from, length);
        }
    }
}
