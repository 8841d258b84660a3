package io.notsock.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.notsock.alert.Alert;
import io.notsock.alert.AlertKind;
import io.notsock.alert.HistoryEvent;
import io.notsock.alert.Party;
import io.notsock.alert.SampleAlerts;
import io.notsock.handle.HandleType;
import io.notsock.snapshot.SampleSnapshots;
import io.notsock.snapshot.Snapshot;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What can be said of the page without a browser; the rest is tested in one, end to end. */
class HtmlReportTest {
    private static final String EVIL =
            "</script><script>alert(1)</script><!--<img src=x onerror=alert(1)>&lt;]]>\u2028\"'";
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);
    private static final Pattern SCRIPT = Pattern.compile("<script>(.*)</script>", Pattern.DOTALL);
    private static final Pattern STYLE = Pattern.compile("<style>(.*)</style>", Pattern.DOTALL);

    private static Alert alert() {
        return SampleAlerts.staleClose()
                .id("ns-1-1")
                .incident("in-1")
                .summary("s")
                .build();
    }

    private static String page(ReportData.Builder data) throws IOException {
        StringWriter out = new StringWriter();
        HtmlReport.write(data.build(), out);
        return out.toString();
    }

    private static String group(Pattern pattern, String page) {
        Matcher matcher = pattern.matcher(page);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    @Test
    void nothingIsLoadedAndNothingRunsButOurScript() throws Exception {
        String page = page(new ReportData.Builder("alerts.jsonl").alerts(List.of(alert())));

        String policy = group(Pattern.compile("Content-Security-Policy\" content=\"([^\"]*)\""), page);
        assertThat(policy)
                .isEqualTo("default-src 'none'; script-src '"
                        + hash(group(SCRIPT, page.substring(page.indexOf("</script>") + 9))) + "'; style-src '"
                        + hash(group(STYLE, page)) + "'; base-uri 'none'; form-action 'none'");
        assertThat(page)
                .doesNotContain(
                        "src=", "@import", "url(", "innerHTML", "insertAdjacentHTML", "document.write", "eval(");
        assertThat(page.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http://", "https://");
        assertThat(page).startsWith("<!DOCTYPE html>").endsWith("</html>\n");
    }

    @Test
    void noNameCanEndTheDataOrBecomeMarkup() throws Exception {
        Alert evil = SampleAlerts.of(AlertKind.FOREIGN_CLOSE, HandleType.FILE)
                .id(EVIL)
                .incident(EVIL)
                .summary(EVIL)
                .advice(EVIL)
                .party(new Party.Builder(Party.Role.ROGUE)
                        .thread(EVIL, 1, false)
                        .api(EVIL)
                        .owner(EVIL)
                        .detail(EVIL)
                        .stack(new StackTraceElement(EVIL, EVIL, EVIL, 1))
                        .build())
                .build();

        String page = page(new ReportData.Builder(EVIL).alerts(List.of(evil)).note(EVIL));

        String data = group(DATA, page);
        assertThat(data).contains("\\u003c/script\\u003e").doesNotContain("<", ">", "&");
        assertThat(texts(data)).contains(EVIL);
        assertThat(Pattern.compile("<script").matcher(page).results().count()).isEqualTo(2);
    }

    @Test
    void theFirstCloseTellsFromWhichLifeTheRogueCame() throws IOException {
        String data = group(DATA, page(new ReportData.Builder("a").alerts(List.of(alert()))));

        assertThat(data).contains("\"lanes\":[[-1,\"fd\",42]]", "\"generation\":7,\"from\":6,");
    }

    /** An alert whose history does not hold the first close still tells which life that ended, and when. */
    @Test
    void aFirstCloseBeyondTheHistoryEndsTheLifeBefore() throws IOException {
        Alert alert = SampleAlerts.staleClose()
                .history(List.of(
                        new HistoryEvent("open", 6, "worker-3", SampleAlerts.TIME.minusSeconds(3), "x", null, null)))
                .id("ns-1-1")
                .incident("in-1")
                .summary("s")
                .build();

        String data = group(DATA, page(new ReportData.Builder("a").alerts(List.of(alert))));

        assertThat(data)
                .contains("\"generation\":7,\"from\":6,")
                .containsPattern("\\[0,6,\\d+,\\d+,-1,-1,\\[\\d+[^]]*],\\[\\d+");
    }

    @Test
    void aRegistrysLivesAndAnAlertsAreOneNumbers() throws IOException {
        Snapshot snapshot = SampleSnapshots.some().build();
        Alert alert = SampleAlerts.staleClose()
                .id("ns-1-1")
                .incident("in-1")
                .summary("s")
                .process(SampleAlerts.PROCESS)
                .build();

        String data = group(
                DATA,
                page(new ReportData.Builder("process 4711")
                        .alerts(List.of(alert))
                        .registry(snapshot, snapshot.handles())));

        assertThat(data)
                .contains(
                        "\"lanes\":[[4711,\"fd\",9],[4711,\"fd\",12],[4711,\"fd\",300],[4711,\"handle\",8],[4711,\"fd\",42]]")
                .contains("\"coverage\":{\"known\":3}", "\"unclassified\":[\"77 pipe:[1]\"]", "\"redundant\":3");
    }

    @Test
    void whatIsMissingIsSaid() throws IOException {
        assertThat(page(new ReportData.Builder("a").missing(2, Map.of(AlertKind.LEAK, 5L))))
                .contains("2 lines of the alerts file could not be read.", "5 further lines of LEAK are not shown");
    }

    private static List<String> texts(String json) throws IOException {
        List<String> texts = new java.util.ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            while (parser.nextToken() != null) {
                texts.add(parser.getText());
            }
        }
        return texts;
    }

    private static String hash(String text) throws Exception {
        return "sha256-"
                + Base64.getEncoder()
                        .encodeToString(
                                MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
