package io.notsock.e2e.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.EachRuntime;
import io.notsock.e2e.Jdks;
import io.notsock.e2e.start.Runtimes;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** The report of a running program at {@code /} of the metrics' server. */
class LivePageTest {
    private static final String PROGRAM = "io.notsock.fixtures.live.Watched";
    private static final String OPENS = "--add-opens=java.base/java.io=ALL-UNNAMED";

    @TempDir
    Path folder;

    static Stream<Jdks.Jdk> runtimes() {
        return Runtimes.withOwn();
    }

    @EachRuntime
    @MethodSource("runtimes")
    void thePageTellsOfNowAndLoadsNothingElse(Jdks.Jdk jdk) throws Exception {
        try (ChildJvm.Running child = start(jdk)) {
            HttpResponse<String> page = get(child, "/");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
            assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                    .contains("default-src 'none'", "frame-ancestors 'none'");
            assertThat(page.headers().firstValue("Refresh")).isEmpty();
            assertThat(page.body())
                    .contains("Watched.handles(Watched.java:")
                    .doesNotContain("Planted.secondDescriptor", "src=\"http");
            assertThat(get(child, "/alerts.jsonl").body()).isEmpty();
            assertThat(get(child, "/?refresh=30").headers().firstValue("Refresh"))
                    .hasValue("30");
            assertThat(get(child, "/?refresh=1;url=x").headers().firstValue("Refresh"))
                    .isEmpty();

            Files.createFile(folder.resolve("violate"));
            Awaitility.await().until(() -> get(child, "/alerts.jsonl").body().contains("\"kind\":\"FOREIGN_CLOSE\""));
            assertThat(get(child, "/").body()).contains("Planted.secondDescriptor(Planted.java:");
        }
    }

    @Test
    void aBrowserShowsIt() throws Exception {
        try (Browser browser = Browser.start(Files.createDirectory(folder.resolve("profile")))) {
            if (!Jdks.there(
                    browser != null, "the live page is not opened in a browser: no chromium with chromedriver here")) {
                return;
            }
            try (ChildJvm.Running child = start(Jdks.own())) {
                browser.open(address(child) + "/");
                assertThat(browser.find("body").getText()).contains("No alert", "Watched.handles(Watched.java:");
                Files.createFile(folder.resolve("violate"));
                Awaitility.await()
                        .until(() -> !get(child, "/alerts.jsonl").body().isEmpty());
                browser.open(address(child) + "/");
                assertThat(browser.find("body").getText()).contains("FOREIGN_CLOSE");
                assertThat(browser.complaints()).isEmpty();
            }
        }
    }

    private ChildJvm.Running start(Jdks.Jdk jdk) {
        ChildJvm.Running child = ChildJvm.of(jdk)
                .agent("metrics=127.0.0.1:0,log=off,stacks=all")
                .jvmArgs(OPENS)
                .fixture(PROGRAM)
                .args(
                        "handles",
                        "address",
                        "ready",
                        "wait-for=" + folder.resolve("violate"),
                        "violate",
                        "wait-for=" + folder.resolve("go"))
                .start();
        Runtimes.awaitReady(child);
        return child;
    }

    private static String address(ChildJvm.Running child) {
        return child.stdout()
                .lines()
                .filter(line -> line.startsWith("address="))
                .map(line -> "http://" + line.substring("address=".length()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(child.stdout() + child.stderr()));
    }

    private static HttpResponse<String> get(ChildJvm.Running child, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(address(child) + path.replace(";", "%3B")))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
