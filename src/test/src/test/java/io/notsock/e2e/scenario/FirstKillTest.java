package io.notsock.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.EachRuntime;
import io.notsock.e2e.Jdks;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Scenario 23 in a JVM that has closed no channel yet: the JDK makes its marker socket inside the killed owner's close, and
 * that one takes the freed number. The owner's close then succeeds, and is still a consequence.
 */
class FirstKillTest {
    @TempDir
    Path folder;

    static Stream<Arguments> kinds() {
        return Fixtures.runtimes().stream()
                .flatMap(
                        jdk -> Stream.of("socket", "channel", "blocked", "pipe").map(kind -> Arguments.of(jdk, kind)));
    }

    @EachRuntime
    @MethodSource("kinds")
    void theKilledOwnersOwnCloseGivesNoSecondAlert(Jdks.Jdk jdk, String kind) {
        Path alerts = folder.resolve("alerts.json");

        ChildJvm.Result result = Fixtures.program(jdk, "FirstKill")
                .args(kind)
                // Else the JVM's compiler threads now and then read cgroup files, and one takes the freed number.
                .jvmArgs("-XX:-UseContainerSupport")
                .agent(Fixtures.options(alerts))
                .run()
                .expectExit(0);

        List<AlertLines.Line> lines = AlertLines.read(alerts);
        assertThat(lines).extracting(AlertLines.Line::verdict).containsExactly("ERROR FOREIGN_CLOSE certain rogue");
        assertThat(lines.get(0).number()).isEqualTo(Fixtures.number(result, "first"));
        assertThat(lines.get(0).count()).isEqualTo(1);
    }
}
