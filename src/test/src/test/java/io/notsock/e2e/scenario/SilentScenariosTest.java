package io.notsock.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.EachRuntime;
import io.notsock.e2e.Jdks;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Scenarios 1 to 9, 12 to 14 and 17 to 19: a healthy program gets no alert, whatever it does. */
class SilentScenariosTest {
    @TempDir
    Path folder;

    @EachRuntime
    @MethodSource("io.notsock.e2e.scenario.Fixtures#runtimes")
    void aHealthyProgramRunsAsWithoutTheAgentAndGetsNoAlert(Jdks.Jdk jdk) {
        Path alerts = folder.resolve("alerts.json");

        ChildJvm.Result without = Fixtures.program(jdk, "Silent").run().expectExit(0);
        ChildJvm.Result with = Fixtures.program(jdk, "Silent")
                .agent("stacks=all,alerts=" + alerts)
                .run()
                .expectExit(0);

        assertThat(with.stderr()).isEmpty();
        assertThat(AlertLines.read(alerts)).isEmpty();
        assertThat(with.stdout())
                .isEqualTo(without.stdout())
                .contains("s19 done")
                .doesNotContain("FAILED");
    }
}
