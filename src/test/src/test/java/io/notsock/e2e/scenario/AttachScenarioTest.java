package io.notsock.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.EachRuntime;
import io.notsock.e2e.Jdks;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Scenario 8: the agent comes to a JVM that has handles open. */
class AttachScenarioTest {
    @TempDir
    Path folder;

    @EachRuntime
    @MethodSource("io.notsock.e2e.scenario.Fixtures#runtimes")
    void theFirstCloseOfWhatWasOpenBeforeIsSilent(Jdks.Jdk jdk) {
        Path alerts = folder.resolve("alerts.json");

        ChildJvm.Result result = run(jdk, "healthy", alerts);

        assertThat(result.stdout()).isEqualTo("attached 0\n");
        assertThat(result.stderr()).isEmpty();
        assertThat(AlertLines.read(alerts)).isEmpty();
    }

    @EachRuntime
    @MethodSource("io.notsock.e2e.scenario.Fixtures#runtimes")
    void aSecondCloseIsReportedAndNobodyAccused(Jdks.Jdk jdk) {
        Path alerts = folder.resolve("alerts.json");

        ChildJvm.Result result = run(jdk, "wrong", alerts);

        List<AlertLines.Line> lines = AlertLines.read(alerts);
        assertThat(lines)
                .as(result::toString)
                .extracting(AlertLines.Line::verdict)
                .containsExactly("ERROR DOUBLE_CLOSE confirmed unknown", "WARN CLOSE_OF_REUSED suspected unknown");
        AlertLines.Line free = lines.get(0);
        assertThat(free.number()).isEqualTo(Fixtures.number(result, "r08free"));
        assertThat(free.thread("rogue")).isEqualTo("r08free");
        assertThat(free.of("firstClose", "api")).isEqualTo("jna:close");
        AlertLines.Line reused = lines.get(1);
        assertThat(reused.number()).isEqualTo(Fixtures.number(result, "r08reused"));
        assertThat(reused.of("firstClose", "api")).isEqualTo("jna:close");
        assertThat(reused.thread("victim")).isEqualTo("r08reused");
    }

    private static ChildJvm.Result run(Jdks.Jdk jdk, String how, Path alerts) {
        ChildJvm child = Fixtures.program(jdk, "Attached");
        if (jdk.version() >= 21) {
            child.jvmArgs("-XX:+EnableDynamicAgentLoading"); // else the JVM prints a warning
        }
        return child.args(
                        how,
                        jdk.java().toString(),
                        ChildJvm.fixtures().toString(),
                        ChildJvm.agentJar().toString(),
                        Fixtures.options(alerts))
                .run()
                .expectExit(0);
    }
}
