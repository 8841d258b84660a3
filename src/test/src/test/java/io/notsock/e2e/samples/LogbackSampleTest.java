package io.notsock.e2e.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.EachRuntime;
import io.notsock.e2e.Jdks;
import io.notsock.e2e.start.Runtimes;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code samples/logback/notsock-logback.xml} does what it says: rolling files, syslog, and JSON by ECS names. */
class LogbackSampleTest {
    private static final Path SAMPLE = Path.of("../../samples/logback/notsock-logback.xml")
            .toAbsolutePath()
            .normalize();

    @TempDir
    Path folder;

    static Stream<Jdks.Jdk> runtimes() {
        return Runtimes.withOwn();
    }

    @EachRuntime
    @MethodSource("runtimes")
    void anAlertIsInTheFileInSyslogAndInJson(Jdks.Jdk jdk) throws Exception {
        String syslog;
        try (DatagramSocket receiver = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            receiver.setSoTimeout(10_000);
            ChildJvm.Result result = ChildJvm.of(jdk)
                    .agent("logback=" + SAMPLE)
                    .jvmArgs("--add-opens=java.base/java.io=ALL-UNNAMED")
                    .env("LOG_DIR", folder.toString())
                    .env("SYSLOG_HOST", "127.0.0.1")
                    .env("SYSLOG_PORT", Integer.toString(receiver.getLocalPort()))
                    .env("SERVICE_NAME", "shop")
                    .fixture("io.notsock.fixtures.live.Watched")
                    .args("violate", "handles")
                    .run()
                    .expectExit(0);
            assertThat(result.stderr()).isEmpty();
            DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
            receiver.receive(packet);
            syslog = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
        }

        assertThat(Files.readString(folder.resolve("notsock.log")))
                .matches(
                        "(?s)\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z notsock: ERROR FOREIGN_CLOSE fd \\d+ .*")
                .contains("\n  culprit: rogue close", "Planted.secondDescriptor(Planted.java:");

        // Facility 3 (daemon), severity 3 (error): RFC 3164.
        assertThat(syslog)
                .startsWith("<27>")
                .containsPattern(
                        "notsock: ERROR FOREIGN_CLOSE fd \\d+ .* \\[event.kind=alert event.code=FOREIGN_CLOSE ")
                .doesNotContain("\n");

        List<String> lines = Files.readAllLines(folder.resolve("notsock-ecs.json"));
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0))
                .startsWith("{\"@timestamp\":")
                .contains("\"log.level\":\"ERROR\",\"message\":\"notsock: ");
        JsonNode event = new ObjectMapper().readTree(lines.get(0));
        assertThat(Instant.parse(event.path("@timestamp").asText())).isBefore(Instant.now());
        assertThat(event.path("ecs.version").asText()).isEqualTo("8.11.0");
        assertThat(event.path("service.name").asText()).isEqualTo("shop");
        assertThat(event.path("log.logger").asText()).isEqualTo("notsock.alert");
        assertThat(event.path("process.thread.name").asText()).isEqualTo("notsock");
        assertThat(event.path("tags").path(0).asText()).isEqualTo("NOTSOCK_ALERT");
        assertThat(event.path("event.kind").asText()).isEqualTo("alert");
        assertThat(event.path("event.code").asText()).isEqualTo("FOREIGN_CLOSE");
        assertThat(event.path("notsock.number").isIntegralNumber()).isTrue();
        assertThat(event.path("notsock.culprit").asText()).isEqualTo("rogue");
        assertThat(event.path("notsock.count").asLong()).isEqualTo(1);
    }
}
