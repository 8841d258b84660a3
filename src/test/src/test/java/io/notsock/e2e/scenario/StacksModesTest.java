package io.notsock.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.notsock.e2e.Jdks;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Which stacks are captured decides nothing: the alerts, their culprits and parties are the same, and a healthy program has none. */
class StacksModesTest {
    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicNode> theScenariosHaveTheSameAlerts() {
        return Fixtures.runtimes().stream()
                .flatMap(jdk -> Stream.of("Reported", "ReportedUses")
                        .map(program -> dynamicTest(jdk + " " + program, () -> {
                            List<AlertLines.Line> all = reported(jdk, program, "all");
                            assertThat(all).hasSizeGreaterThan(5);

                            assertThat(reported(jdk, program, "auto"))
                                    .extracting(StacksModesTest::withParties)
                                    .containsExactlyInAnyOrderElementsOf(all.stream()
                                            .map(StacksModesTest::withParties)
                                            .toList());
                            // What differs by nothing but its stacks is then one alert with a count.
                            assertThat(events(reported(jdk, program, "off"))).isEqualTo(events(all));
                        })));
    }

    @TestFactory
    Stream<DynamicNode> aHealthyProgramHasNone() {
        return Fixtures.runtimes().stream()
                .flatMap(jdk -> Stream.of("auto", "off")
                        .map(mode -> dynamicTest(
                                jdk + " " + mode,
                                () -> assertThat(run(jdk, "Silent", mode, "level=WARN"))
                                        .isEmpty())));
    }

    private List<AlertLines.Line> reported(Jdks.Jdk jdk, String program, String mode) {
        return run(jdk, program, mode, "level=INFO");
    }

    private List<AlertLines.Line> run(Jdks.Jdk jdk, String program, String mode, String level) {
        Path file = folder.resolve(
                program + "-" + mode + "-" + jdk.version() + jdk.home().hashCode() + ".json");
        Fixtures.program(jdk, program)
                .agent("log=off,stacks=" + mode + "," + level + ",alerts=" + file)
                .run()
                .expectExit(0);
        return AlertLines.read(file);
    }

    private static String withParties(AlertLines.Line line) {
        return line.verdict() + ", " + line.thread("rogue") + ", " + line.thread("firstClose") + ", "
                + line.thread("victim");
    }

    /** How many of each verdict. */
    private static Map<String, Long> events(List<AlertLines.Line> lines) {
        return lines.stream()
                .collect(Collectors.groupingBy(
                        AlertLines.Line::verdict, TreeMap::new, Collectors.summingLong(AlertLines.Line::count)));
    }
}
