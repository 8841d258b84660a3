package io.notsock.e2e.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.Jdks;
import io.notsock.e2e.library.Libraries;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The recipes of docs/ci.md for a whole JVM and its children. */
class WholeJvmTest {
    private static final String OPENS = "--add-opens=java.base/java.io=ALL-UNNAMED";
    private static final String PROGRAM = "io.notsock.fixtures.start.Program";

    @TempDir
    private Path folder;

    /** One alerts file for all of them, and a metrics port that only one can have. */
    @Test
    void childJvmsInheritTheAgentByTheEnvironment() throws Exception {
        Path alerts = folder.resolve("alerts.jsonl");
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ChildJvm.Result result = ChildJvm.of(Jdks.own())
                    .env(
                            "JAVA_TOOL_OPTIONS",
                            "-javaagent:" + ChildJvm.agentJar() + "=log=off,alerts=" + alerts + ",metrics=localhost:"
                                    + busy.getLocalPort())
                    .jvmArgs(OPENS)
                    .fixture("io.notsock.fixtures.start.Spawning")
                    .args("2")
                    .run()
                    .expectExit(0);

            assertThat(result.stdout().lines()).containsExactly("generation 0", "generation 1", "generation 2");
        }
        List<String> lines = Files.readAllLines(alerts);
        assertThat(lines).hasSize(3).allMatch(line -> line.startsWith("{\"schema\"") && line.endsWith("}"));
        assertThat(lines.stream()
                        .map(line -> line.replaceAll(".*\"pid\":(\\d+).*", "$1"))
                        .distinct())
                .as("one alert of each process")
                .hasSize(3);
    }

    /** An image is not changed: an init container copies the jar, the environment does the rest. */
    @Test
    void aCopiedJarAndAnEnvironmentVariableAreEnough() throws Exception {
        Path shared = Files.createDirectories(folder.resolve("notsock"));
        Files.copy(ChildJvm.agentJar(), shared.resolve("notsock-agent.jar"));

        ChildJvm.Result result = ChildJvm.of(Jdks.own())
                .env("JAVA_TOOL_OPTIONS", "-javaagent:" + shared.resolve("notsock-agent.jar"))
                .env("NOTSOCK_EXITCODE", "66")
                .env("NOTSOCK_CACHE", "off")
                .jvmArgs(OPENS)
                .fixture(PROGRAM)
                .args("violate")
                .run()
                .expectExit(66);

        assertThat(result.stderr()).contains("notsock: ERROR FOREIGN_CLOSE");
    }

    /** JaCoCo writes its dump in a shutdown hook, which a status of ours must not cut off; before or after us. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void jacocoWritesItsDumpBeforeTheStatusIsChanged(boolean first) throws Exception {
        Path dump = folder.resolve("jacoco.exec");
        String jacoco = "-javaagent:" + Libraries.jars("jacoco-0.8.14")[0] + "=destfile=" + dump;
        ChildJvm child = ChildJvm.of(Jdks.own()).jvmArgs(OPENS);
        if (first) {
            child.jvmArgs(jacoco);
        }
        child.agent("log=off,exitcode=66");
        if (!first) {
            child.jvmArgs(jacoco);
        }
        child.fixture(PROGRAM).args("violate").run().expectExit(66);

        assertThat(Files.size(dump)).isPositive();
        assertThat(new String(Files.readAllBytes(dump), java.nio.charset.StandardCharsets.ISO_8859_1))
                .contains("io/notsock/fixtures/start/Program");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void openTelemetrysAgentIsThereToo(boolean first) {
        String telemetry = "-javaagent:" + Libraries.jars("opentelemetry-2.10.0")[0];
        ChildJvm child = ChildJvm.of(Jdks.own())
                .jvmArgs(
                        OPENS,
                        "-Dotel.traces.exporter=none",
                        "-Dotel.metrics.exporter=none",
                        "-Dotel.logs.exporter=none")
                .timeout(Duration.ofMinutes(2));
        if (first) {
            child.jvmArgs(telemetry);
        }
        child.agent("log=off,exitcode=66");
        if (!first) {
            child.jvmArgs(telemetry);
        }
        ChildJvm.Result result = child.fixture(PROGRAM).args("violate").run().expectExit(66);

        assertThat(result.stderr()).contains("opentelemetry").doesNotContain("notsock:");
    }
}
