package io.notsock.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.Jdks;
import io.notsock.e2e.library.Libraries;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Which stacks are captured decides nothing: every program of these suites has the same alerts, by the same culprits, and a healthy one has
 * none. That they are the right ones is what the suites themselves say, which read stacks.
 */
class StacksModesTest {
    @TempDir
    Path folder;

    /** A program, as its own suite starts it. */
    private record Case(String name, Supplier<ChildJvm> program) {}

    private static List<Case> reported() {
        List<Case> cases = new ArrayList<>();
        for (Jdks.Jdk jdk : Fixtures.runtimes()) {
            for (String name : List.of("Reported", "ReportedUses", "RawForms", "RawStructures")) {
                cases.add(new Case(name + " " + jdk, () -> Fixtures.program(jdk, name)));
            }
            for (String name : List.of("ReflectionRoad", "NettyRoad")) {
                cases.add(new Case(name + " " + jdk, () -> OtherRoadsTest.program(jdk, name)));
            }
        }
        for (RawRoadsTest.Way way : ways()) {
            cases.add(new Case("RawReported " + way, () -> RawRoadsTest.program(way, "RawReported")));
        }
        for (Jdks.Jdk jdk : Jdks.all()) {
            cases.add(library(jdk, "netty-4.1.0.Beta8", "NettyBugs", "double-close"));
            cases.add(library(jdk, "netty-4.1.0.Beta8", "NettyBugs", "close-of-reused"));
            cases.add(library(jdk, "netty-4.1.34.Final", "NettyBugs", "late-wakeup", "reuse"));
            cases.add(library(jdk, "jnr-0.38.22", "JnrBugs", "write-to-reused"));
        }
        return cases;
    }

    /** Where a function is looked up makes no difference to stacks; how it is called might. */
    private static List<RawRoadsTest.Way> ways() {
        return RawRoadsTest.ways().stream()
                .filter(way ->
                        List.of("interface", "direct", "ffm", "ffm-plain").contains(way.road()))
                .toList();
    }

    private static Case library(Jdks.Jdk jdk, String jars, String program, String... args) {
        return new Case(
                program + " " + args[0] + " " + jdk,
                () -> LibraryBugsTest.program(jdk, Libraries.jars(jars), program, args));
    }

    @TestFactory
    Stream<DynamicNode> whatGoesWrongHasTheSameAlerts() {
        return reported().stream()
                .map(one -> dynamicTest(one.name(), () -> {
                    List<AlertLines.Line> all = run(one, "all", "level=INFO");
                    assertThat(all).isNotEmpty();

                    List<AlertLines.Line> auto = run(one, "auto", "level=INFO");
                    assertThat(count(auto, StacksModesTest::withParties))
                            .isEqualTo(count(all, StacksModesTest::withParties));
                    // What differs by nothing but its stacks and threads is then one alert with a count, as grave as
                    // the gravest of them.
                    List<AlertLines.Line> off = run(one, "off", "level=INFO");
                    assertThat(count(off, StacksModesTest::withCalls))
                            .isEqualTo(count(all, StacksModesTest::withCalls));
                }));
    }

    @TestFactory
    Stream<DynamicNode> whatIsHealthyHasNone() {
        List<Case> cases = new ArrayList<>();
        Fixtures.runtimes().forEach(jdk -> cases.add(new Case("Silent " + jdk, () -> Fixtures.program(jdk, "Silent"))));
        ways().forEach(way -> cases.add(new Case("RawSilent " + way, () -> RawRoadsTest.program(way, "RawSilent"))));
        return cases.stream()
                .flatMap(one -> Stream.of("auto", "off")
                        .map(mode -> dynamicTest(
                                one.name() + " " + mode,
                                () -> assertThat(run(one, mode, "level=WARN")).isEmpty())));
    }

    private List<AlertLines.Line> run(Case one, String mode, String level) {
        Path file = folder.resolve((one.name() + "-" + mode).replaceAll("[^A-Za-z0-9-]", "_") + ".json");
        one.program()
                .get()
                .agent("log=off,stacks=" + mode + "," + level + ",alerts=" + file)
                .run()
                .expectExit(0);
        return AlertLines.read(file);
    }

    /** How many of each. */
    private static Map<String, Long> count(List<AlertLines.Line> lines, Function<AlertLines.Line, String> what) {
        return lines.stream()
                .collect(Collectors.groupingBy(what, TreeMap::new, Collectors.summingLong(AlertLines.Line::count)));
    }

    private static String withCalls(AlertLines.Line line) {
        return line.text("kind") + " " + line.text("culprit") + ": " + line.of("rogue", "api") + ", "
                + line.of("firstClose", "api") + ", " + line.of("victim", "api");
    }

    private static String withParties(AlertLines.Line line) {
        return line.verdict() + ", " + withCalls(line) + " in " + line.thread("rogue") + ", "
                + line.thread("firstClose") + ", " + line.thread("victim");
    }
}
