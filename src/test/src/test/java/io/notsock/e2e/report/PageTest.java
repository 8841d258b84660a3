package io.notsock.e2e.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.Jdks;
import io.notsock.e2e.start.Runtimes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** The page in a real browser, as a reader uses it. Pictures for people land in {@code target/pages}. */
class PageTest {
    private static final Path PICTURES = Path.of("target", "pages");
    private static final String EVIL =
            "<img src=x onerror=\"document.title='hit'\"></script><script>document.title='hit'</script>";

    @TempDir
    static Path profile;

    private static Browser browser;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        browser = Browser.start(profile);
    }

    @AfterAll
    static void end() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void needsABrowser() {
        Assumptions.assumeTrue(Jdks.there(
                browser != null, "no chromium with chromedriver: the page of the report is not tried in a browser"));
        browser.media("light", "");
    }

    @AfterEach
    void thePageComplainsOfNothing() {
        if (browser != null) {
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private Path page(Path alerts) {
        Path page = folder.resolve("report.html");
        ChildJvm.of(Jdks.own())
                .jar(ChildJvm.agentJar())
                .args("report", alerts.toString(), "-o", page.toString())
                .timeout(Duration.ofMinutes(3))
                .run()
                .expectExit(0);
        return page;
    }

    @Test
    void fromAnAlertToItsNumbersHistory() throws Exception {
        browser.open(page(AlertTexts.file(folder, 3)), "");
        assertThat(browser.all(".alert-link")).hasSize(3);

        browser.find("#alert-list tr:nth-child(2) .alert-link").click();
        browser.until("return !document.getElementById('detail').hidden");
        assertThat(browser.url()).endsWith("#alert-ns-4711-1");
        String detail = browser.find("#detail").getText();
        assertThat(detail)
                .contains("CLOSE_OF_REUSED on fd 11 (socket, generation 3)")
                .contains("What to do: Remove the jna:close in com.acme.Janitor.close(Janitor.java:45).")
                .contains("com.acme.Connection.open(Connection.java:15)")
                .contains("CLOSE_OF_REUSED:com.acme.Janitor.close");
        assertThat(browser.find("#detail .party.guilty h3").getText()).isEqualTo("First close culprit");
        // The rogue's arrow goes from the life that was closed before to the one that dies of it.
        assertThat(browser.all("#detail .strike-arrow")).hasSize(1);
        assertThat(browser.find("#detail .strike").getDomAttribute("d")).matches("M[\\d.]+ 60C.*");
        assertThat(browser.find("#detail .story svg").getDomAttribute("aria-label"))
                .isEqualTo(
                        "History of fd 11: opened by worker-1, first close by janitor, opened by conn-1, innocent close by worker-1");
        browser.picture(PICTURES.resolve("alert.png"));

        browser.find("#to-history").click();
        browser.until("return document.querySelector('#detail h2').textContent === 'History of fd 11'");
        assertThat(browser.url()).endsWith("#fd-11");
        assertThat(browser.all("#detail tbody tr")).hasSize(2);
        assertThat(browser.find("#detail tbody").getText())
                .contains("FileCleanable", "SocketChannel", "killed", "\"janitor\"");
        browser.picture(PICTURES.resolve("history.png"));
    }

    @Test
    void everythingIsReachedByKeyboard() throws Exception {
        browser.open(page(AlertTexts.file(folder, 3)), "");

        browser.find("body").sendKeys("/");
        assertThat(browser.focused().getDomAttribute("id")).isEqualTo("f-class");
        for (int i = 0; i < 40 && !"alert-link".equals(browser.focused().getDomAttribute("class")); i++) {
            browser.focused().sendKeys(Keys.TAB);
        }
        browser.focused().sendKeys(Keys.ENTER);
        browser.until("return !document.getElementById('detail').hidden");
        assertThat(browser.focused().getDomAttribute("id")).isEqualTo("detail");

        browser.focused().sendKeys(Keys.ESCAPE);
        assertThat(browser.find("#detail").isDisplayed()).isFalse();
        assertThat(browser.focused().getDomAttribute("class")).isEqualTo("alert-link");
        assertThat(browser.url()).doesNotContain("#");
    }

    @Test
    void filtersByKindClassThreadAndPort() throws Exception {
        Path alerts = AlertTexts.file(folder, 30);
        Files.writeString(
                alerts,
                Files.readString(alerts) + AlertTexts.with(40, Map.of("kind", "USE_OF_REUSED", "summary", "a use")));
        browser.open(page(alerts), "");

        assertThat(shown()).startsWith("31 alerts");
        browser.find("input[value=USE_OF_REUSED]").click();
        browser.until("return document.querySelector('#alert-list caption').textContent.startsWith('30 alerts of 31')");
        browser.find("#f-class").sendKeys("com.acme.job3");
        browser.until("return document.querySelector('#alert-list caption').textContent.startsWith('4 alerts of 31')");
        browser.find("#f-thread").sendKeys("worker-17");
        browser.until("return document.querySelector('#alert-list caption').textContent.startsWith('1 alert of 31')");
        assertThat(browser.find("#alert-list tbody").getText()).contains("\"worker-17\"");
        assertThat(browser.all("#lane-list .lane")).hasSize(1);
        browser.find("#f-port").sendKeys("808");
        browser.until("return document.querySelectorAll('#alert-list tbody tr').length === 0"); // 8082 is another port
        browser.find("#f-port").sendKeys("2");
        browser.until("return document.querySelectorAll('#alert-list tbody tr').length === 1");
        browser.find(".filters button[type=reset]").click();
        browser.until("return document.querySelector('#alert-list caption').textContent.startsWith('31 alerts')");
    }

    private static String shown() {
        return browser.find("#alert-list caption").getText();
    }

    @Test
    void aLinkOpensWhatItNames() throws Exception {
        Path page = page(AlertTexts.file(folder, 3));

        browser.open(page, "#alert-ns-4711-2");
        assertThat(browser.find("#detail h2").getText()).contains("fd 12");
        browser.open(page, "#fd-10");
        assertThat(browser.find("#detail h2").getText()).isEqualTo("History of fd 10");
        browser.open(page, "#alert-nobody");
        assertThat(browser.find("#detail").getText()).startsWith("No alert nobody is in this report.");
        browser.open(page, "#fd-999");
        assertThat(browser.find("#detail").getText()).startsWith("Nothing is known of fd 999 in this report.");
    }

    @Test
    void namesAreShownAndNeverRun() throws Exception {
        Path alerts = folder.resolve("evil.jsonl");
        String line = AlertTexts.with(0, Map.of("id", EVIL, "summary", EVIL, "advice", EVIL, "incident", EVIL))
                .replace("worker-0", "worker-0" + "<script>document.title='hit'<\\/script>")
                .replace("com.acme.Job0.finish(Job.java:18)", "<b>.<img src=x onerror=alert(1)>(<i>:1)")
                .replace("127.0.0.1:52050", "javascript:alert(1)");
        Files.writeString(alerts, line);

        browser.open(page(alerts), "");
        browser.find(".alert-link").click();
        browser.until("return !document.getElementById('detail').hidden");

        assertThat(browser.find("#detail").getText()).contains(EVIL, "<img src=x onerror=alert(1)>(<i>:1)");
        assertThat(browser.run("return document.title")).isEqualTo("notsock: com.acme.Main");
        assertThat(browser.all("img, b:not(.tile b), i, script:not(body > script), a:not([href^='#'])"))
                .isEmpty();
    }

    /** Even if a name got through as markup: the policy of the page runs nothing but its own script. */
    @Test
    void thePolicyStopsWhatIsNotOurs() throws Exception {
        browser.open(page(AlertTexts.file(folder, 1)), "");

        browser.run(
                "const s = document.createElement('script'); s.textContent = 'window.hit = 1'; document.body.append(s);"
                        + "const d = document.createElement('div'); d.setAttribute('onclick', 'window.hit = 2'); document.body.append(d); d.click();");

        assertThat(browser.run("return window.hit === undefined")).isEqualTo(true);
        assertThat(browser.complaints())
                .hasSizeGreaterThanOrEqualTo(2)
                .allMatch(c -> c.contains("Content Security Policy"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_000, 100_000})
    void staysUsableHoweverMuchThereIs(int alerts) throws Exception {
        Path page = page(AlertTexts.file(folder, alerts));

        long opened = browser.open(page, "");
        long elements = (Long) browser.run("return document.querySelectorAll('*').length");
        browser.picture(PICTURES.resolve("overview-" + alerts + ".png"));
        long start = System.nanoTime();
        browser.find("#f-thread").sendKeys("conn-" + (alerts - 1));
        browser.until("return document.querySelectorAll('#alert-list tbody tr').length === 1");
        long filtered = (System.nanoTime() - start) / 1_000_000;
        start = System.nanoTime();
        browser.run("document.querySelector('.alert-link').click()"); // the filter may draw the list anew meanwhile
        browser.until("return !document.getElementById('detail').hidden");
        browser.find("#to-history").click();
        browser.until("return document.querySelector('#detail h2').textContent.startsWith('History of fd')");
        long shown = (System.nanoTime() - start) / 1_000_000;

        System.out.println("page of " + alerts + " alerts: " + (Files.size(page) >> 10) + " KiB, opened in " + opened
                + " ms, filtered in " + filtered + " ms, history in " + shown + " ms, " + elements + " elements");
        assertThat(elements).isLessThan(20_000);
        assertThat(opened).isLessThan(60_000);
        assertThat(filtered + shown).isLessThan(20_000);
    }

    @Test
    void theLivePageShowsWhatIsOpenAndWhatIsCovered() throws Exception {
        Path go = folder.resolve("go");
        Path page = folder.resolve("run.html");
        try (ChildJvm.Running child = ChildJvm.of(Jdks.own())
                .agent("log=off,stacks=all")
                .jvmArgs("--add-opens=java.base/java.io=ALL-UNNAMED")
                .fixture("io.notsock.fixtures.live.Holder")
                .args(go.toString(), "violate")
                .start()) {
            Runtimes.awaitReady(child);
            ChildJvm.of(Jdks.own())
                    .jar(ChildJvm.agentJar())
                    .args("report", Long.toString(child.pid()), "-o", page.toString())
                    .run()
                    .expectExit(0);
            Files.createFile(go);
            child.await().expectExit(0);
        }

        browser.open(page, "");

        assertThat(browser.find("#open").getText())
                .contains("By type", "By age", "io.notsock.fixtures.live.Holder.main(Holder.java:");
        assertThat(browser.find("#coverage").getText()).contains("Every one of them is explained.");
        assertThat(browser.find("#closers").getText()).contains("closed by a stranger", "closed by its owner");
        browser.find(".alert-link").click();
        browser.until("return !document.getElementById('detail').hidden");
        browser.find("#to-history").click();
        browser.until("return document.querySelector('#detail h2').textContent.startsWith('History of fd')");
        assertThat(browser.find("#detail tbody").getText()).contains("killed", "FOREIGN_CLOSE");
        browser.picture(PICTURES.resolve("run.png"));
    }

    @Test
    void aHealthyRunSaysSo() throws Exception {
        Path none = Files.createFile(folder.resolve("none.jsonl"));

        browser.open(page(none), "");

        assertThat(browser.find("#alerts").getText()).contains("No alert: nobody closed or used what was not his");
        assertThat(browser.find("#tiles").getText()).contains("0\nalerts");
        browser.picture(PICTURES.resolve("healthy.png"));
    }

    @Test
    void darkAndPrintedItIsReadableToo() throws Exception {
        Path page = page(AlertTexts.file(folder, 30));

        browser.media("dark", "");
        browser.open(page, "#alert-ns-4711-2");
        assertThat(luminance("body", "backgroundColor")).isLessThan(60);
        assertThat(luminance("#detail", "color")).isGreaterThan(200);
        browser.picture(PICTURES.resolve("dark.png"));

        browser.media("light", "print");
        assertThat(luminance("body", "backgroundColor")).isEqualTo(255);
        assertThat(browser.find("nav").isDisplayed()).isFalse();
        assertThat(browser.find(".filters").isDisplayed()).isFalse();
        browser.media("light", "");
        byte[] pdf = browser.pdf();
        assertThat(pdf).startsWith("%PDF".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        Files.write(PICTURES.resolve("printed.pdf"), pdf);
    }

    /** Of a computed colour, 0 to 255. */
    private static int luminance(String selector, String property) {
        String colour = String.valueOf(browser.run(
                "return getComputedStyle(document.querySelector(arguments[0]))[arguments[1]]", selector, property));
        String[] parts = colour.replaceAll("[^0-9.,]", "").split(",", -1);
        double light = 0.2126 * Double.parseDouble(parts[0])
                + 0.7152 * Double.parseDouble(parts[1])
                + 0.0722 * Double.parseDouble(parts[2]);
        return (int) Math.round(light);
    }
}
