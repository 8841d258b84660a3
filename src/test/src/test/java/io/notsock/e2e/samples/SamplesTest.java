package io.notsock.e2e.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.EachRuntime;
import io.notsock.e2e.Jdks;
import io.notsock.e2e.StacksMode;
import io.notsock.samples.Notsock;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** What the README shows: the story's three parties are named, and a healthy program is left in peace. */
class SamplesTest {
    private static final String STORY = "io.notsock.samples.kb.KbQ155738";
    private static final String HEALTHY = "io.notsock.samples.healthy.Healthy";
    private static final Pattern INCIDENT = Pattern.compile("\"incident\":\"([^\"]+)\"");

    /** For a reader who has never seen one; the README promises it. */
    private static final int LINES_OF_AN_ALERT = 30;

    @TempDir
    private Path folder;

    @Test
    void withoutTheAgentThereIsOnlyTheInnocentException() {
        ChildJvm.Result result = sample(Jdks.own(), STORY).run().expectExit(0);

        assertThat(result.stdout())
                .contains("without notsock")
                .contains("java.io.IOException: Bad file descriptor")
                .contains("at io.notsock.samples.kb.Connection.request");
        assertThat(result.stderr()).isEmpty();
    }

    @EachRuntime
    @MethodSource("io.notsock.e2e.Jdks#all")
    void theStoryNamesAllThreeParties(Jdks.Jdk jdk) throws Exception {
        Path alerts = folder.resolve("alerts.jsonl");
        ChildJvm.Result result =
                sample(jdk, STORY).agent("alerts=" + alerts).run().expectExit(0);

        assertThat(result.stdout()).contains("with notsock").contains("java.io.IOException: Bad file descriptor");

        List<String> lines = Files.readAllLines(alerts);
        assertThat(lines).as("%s", result).hasSize(2);
        assertThat(lines.get(0))
                .contains("\"kind\":\"FOREIGN_CLOSE\",\"level\":\"ERROR\"")
                .contains("\"culprit\":\"rogue\"")
                .contains("jna:close by \\\"janitor\\\" killed java.io FileOutputStream of \\\"worker-3\\\"");
        assertThat(lines.get(1))
                .contains("\"kind\":\"CLOSE_OF_REUSED\",\"level\":\"ERROR\"")
                .contains("\"culprit\":\"firstClose\"")
                .contains("jna:close by \\\"janitor\\\" took fd ")
                .contains(
                        " from java.io FileOutputStream, whose rightful close by \\\"worker-3\\\" then killed socket of"
                                + " \\\"conn-9\\\"")
                .contains("\"name\":\"EBADF\"")
                .contains("\"rogue\":{\"role\":\"rogue\",\"thread\":\"worker-3\"")
                .contains("\"firstClose\":{\"role\":\"firstClose\",\"thread\":\"janitor\"")
                .contains("\"victim\":{\"role\":\"victim\",\"thread\":\"conn-9\"")
                .contains(StacksMode.opening("\"owner\":\"java.nio.channels.SocketChannel\"")) // its stack tells
                .contains("io.notsock.samples.kb.Job.finish(Job.java:")
                .contains("io.notsock.samples.kb.Janitor.close(Janitor.java:")
                .contains(StacksMode.opening("io.notsock.samples.kb.Connections.open(Connections.java:"));
        assertThat(incident(lines.get(1))).isEqualTo(incident(lines.get(0)));
        assertThat(lines.get(1).substring(lines.get(1).indexOf("\"history\"")))
                .contains("\"owner\":\"java.io.FileOutputStream\"", "\"api\":\"jna:close\",\"detail\":\"")
                .contains("job-3.txt\"");

        List<String> text = result.stderr().lines().toList();
        assertThat(text.stream().filter(line -> line.startsWith("notsock: ERROR")))
                .hasSize(2);
        assertThat(text).hasSizeLessThanOrEqualTo(2 * LINES_OF_AN_ALERT);
    }

    @EachRuntime
    @MethodSource("io.notsock.e2e.Jdks#windows")
    void theStoryOnWindowsIsThatOfTheArticle(Jdks.Jdk jdk) throws Exception {
        Path alerts = folder.resolve("alerts.jsonl");
        ChildJvm.Result result = sample(jdk, STORY)
                .agent("log=off,alerts=" + alerts)
                .noMoreThreadsOfItsOwn()
                .timeout(Duration.ofMinutes(3))
                .run()
                .expectExit(0);

        assertThat(result.stdout()).contains("with notsock", "sends its request: java.io.IOException");
        List<String> lines = Files.readAllLines(alerts);
        assertThat(lines).as("%s", result).hasSizeGreaterThanOrEqualTo(2);
        assertThat(lines.get(0))
                .contains(
                        "\"kind\":\"FOREIGN_CLOSE\"", "\"culprit\":\"rogue\"", "\"type\":\"thread\"", "_beginthreadex")
                .contains("io.notsock.samples.kb.ThreadHandles.close(ThreadHandles.java:");
        assertThat(lines.get(1))
                .contains("\"kind\":\"CLOSE_OF_REUSED\"", "\"culprit\":\"firstClose\"", "\"type\":\"socket\"")
                .contains("\"name\":\"WSAENOTSOCK\"", "\"api\":\"crt:_endthread\"", "stackMissing")
                .contains("\"firstClose\":{\"role\":\"firstClose\",\"thread\":\"worker-3\"")
                .contains("\"victim\":{\"role\":\"victim\",\"thread\":\"conn-9\"");
        if (!result.stdout().contains("once more")) {
            assertThat(incident(lines.get(1))).isEqualTo(incident(lines.get(0)));
        }
    }

    @EachRuntime
    @MethodSource("io.notsock.e2e.Jdks#all")
    void aProgramThatClosesEverythingTwiceIsHealthy(Jdks.Jdk jdk) {
        Path alerts = folder.resolve("alerts.jsonl");
        ChildJvm.Result result =
                sample(jdk, HEALTHY).agent("alerts=" + alerts).run().expectExit(0);

        assertThat(result.stderr()).isEmpty();
        assertThat(alerts).isEmptyFile();
        assertThat(result.stdout().lines().map(String::strip))
                .contains(
                        "DOUBLE_CLOSE=0",
                        "CLOSE_OF_REUSED=0",
                        "FOREIGN_CLOSE=0",
                        "HIDDEN_CLOSE=0",
                        "LEAK=0",
                        "dropped=0");
    }

    private static ChildJvm sample(Jdks.Jdk jdk, String main) {
        // JDK 24 and later warn of JNA otherwise; the samples are run like this by the build, too.
        return ChildJvm.of(jdk)
                .jvmArgs("-XX:+IgnoreUnrecognizedVMOptions", "--enable-native-access=ALL-UNNAMED")
                .classpath(samples(), ChildJvm.jnaJar())
                .main(main);
    }

    private static Path samples() {
        try {
            return Path.of(Notsock.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String incident(String alert) {
        Matcher matcher = INCIDENT.matcher(alert);
        assertThat(matcher.find()).as(alert).isTrue();
        return matcher.group(1);
    }
}
