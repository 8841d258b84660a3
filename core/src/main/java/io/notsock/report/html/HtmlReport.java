package io.notsock.report.html;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Writes the report as one HTML file that needs nothing else: style, script and data are inside.
 *
 * <p>Nothing of the data can become markup or code. It stands in the page as JSON in which no {@code <} is left, is shown as
 * text only, and a content security policy lets nothing run but our own script, named by its hash.
 */
public final class HtmlReport {
    private HtmlReport() {}

    /** Writes the page in UTF-8's repertoire; flushes, and does not close. */
    public static void write(ReportData data, Writer out) throws IOException {
        String script = resource("report.js");
        String style = resource("report.css");
        String page = resource("report.html");
        int from = 0;
        for (int at = page.indexOf('@'); at >= 0; at = page.indexOf('@', from)) {
            int end = page.indexOf('@', at + 1);
            out.write(page, from, at - from);
            from = end + 1;
            switch (page.substring(at + 1, end)) {
                case "SCRIPT_HASH":
                    out.write(hash(script));
                    break;
                case "STYLE_HASH":
                    out.write(hash(style));
                    break;
                case "SCRIPT":
                    out.write(script);
                    break;
                case "STYLE":
                    out.write(style);
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

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java runtime has it
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
