package io.notsock.report.ci;

import io.notsock.alert.Alert;
import io.notsock.alert.AlertKind;
import io.notsock.report.KindText;
import io.notsock.report.Printable;
import java.io.IOException;
import java.io.Writer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Writes a short Markdown summary: how many of which kind, and the gravest alerts. */
final class MarkdownFormat {
    private static final int SHOWN = 20;

    private final CiReport report;
    private final Writer out;

    MarkdownFormat(CiReport report, Writer out) {
        this.report = report;
        this.out = out;
    }

    void write() throws IOException {
        List<Alert> alerts = report.alerts();
        if (alerts.isEmpty()) {
            out.write("### notsock: no alerts\n");
        } else {
            out.write("### notsock: " + alerts.size() + (alerts.size() == 1 ? " alert" : " alerts") + "\n\n");
            kinds();
            out.write("\n| level | handle | what happened | culprit | times |\n|---|---|---|---|---:|\n");
            for (Alert alert : alerts.subList(0, Math.min(SHOWN, alerts.size()))) {
                row(alert);
            }
            if (alerts.size() > SHOWN) {
                out.write("\n" + (alerts.size() - SHOWN) + " more are in the whole report.\n");
            }
        }
        for (String sentence : report.missing()) {
            out.write("\nIncomplete: " + code(sentence) + "\n");
        }
        out.flush();
    }

    private void kinds() throws IOException {
        Map<AlertKind, Integer> kinds = new EnumMap<>(AlertKind.class);
        for (Alert alert : report.alerts()) {
            kinds.merge(alert.kind(), 1, Integer::sum);
        }
        for (Map.Entry<AlertKind, Integer> kind : kinds.entrySet()) {
            out.write("- " + kind.getValue() + " `" + kind.getKey() + "`: " + KindText.brief(kind.getKey()) + "\n");
        }
    }

    private void row(Alert alert) throws IOException {
        out.write("| " + alert.level() + " | " + code(alert.handle().toString()) + " | " + code(alert.summary()) + " | "
                + code(Words.culprit(alert)) + " | " + alert.count() + " |\n");
    }

    /**
     * A code span: nothing in it is markup or HTML, and nobody is mentioned. The fence is longer than any of the text's own;
     * a bar would end the table's cell even there.
     */
    private static String code(String text) {
        String safe = Printable.of(text).replace("|", "\\|");
        int longest = 0;
        int run = 0;
        for (int i = 0; i < safe.length(); i++) {
            run = safe.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        String fence = "`".repeat(longest + 1);
        return longest == 0 ? fence + safe + fence : fence + " " + safe + " " + fence;
    }
}
