package io.notsock.agent.live;

import io.notsock.alert.Alert;
import io.notsock.report.HandleJson;
import io.notsock.report.HandleText;
import io.notsock.report.JsonFormat;
import io.notsock.report.html.HtmlReport;
import io.notsock.snapshot.Snapshot;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** Answers the questions of the command line: {@code list}, {@code number N}, each also with {@code json} behind it; {@code report} and
 * {@code alerts json}. */
public final class Questions {
    private static final String NUMBER = "number ";
    private static final String JSON = " json";
    /** Before a file, a line feed and a question whose answer goes there. */
    static final String TO_FILE = "to-file ";

    private final LiveView live;
    private final UnaryOperator<String> others;

    /** @param others answers every other question, for {@code to-file} */
    public Questions(LiveView live, UnaryOperator<String> others) {
        this.live = live;
        this.others = others;
    }

    /** The answer, or {@code null} for no question of these. */
    public String answer(String question) {
        if (question.startsWith(TO_FILE)) {
            return toFile(question.substring(TO_FILE.length()));
        }
        boolean json = question.endsWith(JSON);
        String plain = json ? question.substring(0, question.length() - JSON.length()) : question;
        if (plain.equals("list")) {
            Snapshot whole = live.whole();
            return json ? HandleJson.list(whole) : HandleText.list(whole);
        }
        if (plain.equals("report")) {
            return page();
        }
        if (plain.equals("alerts") && json) {
            StringBuilder lines = new StringBuilder();
            for (Alert alert : live.alerts()) {
                lines.append(JsonFormat.line(alert)).append('\n');
            }
            return lines.toString();
        }
        if (plain.startsWith(NUMBER)) {
            try {
                long number = Long.decode(plain.substring(NUMBER.length()).trim());
                Snapshot heading = live.heading();
                return json
                        ? HandleJson.history(heading, number, live.history(number))
                        : HandleText.history(heading, number, live.history(number));
            } catch (NumberFormatException e) {
                return null;
            }
        }
        return null;
    }

    private String page() {
        StringWriter page = new StringWriter(1 << 16);
        try {
            HtmlReport.write(live.report(), page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return page.toString();
    }

    /**
     * Writes an answer to a file that who asks has made: file, line feed, question. By a thread of the agent, for whom the
     * attach mechanism's own thread stands.
     *
     * @return {@code "written"}, or {@code null} where there is no such question
     */
    private String toFile(String request) {
        int end = request.indexOf('\n');
        if (end < 0) {
            return null;
        }
        Path file = Path.of(request.substring(0, end));
        String question = request.substring(end + 1);
        return OnAgentThread.call(() -> {
            String answer = answer(question);
            answer = answer != null ? answer : others.apply(question);
            if (answer == null) {
                return null;
            }
            try {
                Files.write(file, answer.getBytes(StandardCharsets.UTF_8), java.nio.file.StandardOpenOption.WRITE);
                return "written";
            } catch (IOException e) {
                return "failed: " + e;
            }
        });
    }
}
