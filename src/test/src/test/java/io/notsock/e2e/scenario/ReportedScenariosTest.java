package io.notsock.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.Jdks;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Scenarios 18, 20 to 26, 30 to 32, 34 and 37 to 39: what has to be reported, with every party. */
class ReportedScenariosTest {
    private static final String FOREIGN = "ERROR FOREIGN_CLOSE certain rogue";
    private static final String REDIRECT = "WARN FOREIGN_CLOSE suspected rogue";
    private static final String REUSED_BY_ROGUE = "ERROR CLOSE_OF_REUSED certain rogue";
    private static final String REUSED_BY_INNOCENT = "ERROR CLOSE_OF_REUSED certain firstClose";

    @TempDir
    Path folder;

    /** An alert that is owed: verdict, and the threads of the parties; {@code -} for a party that must not be there. */
    private record Owed(String verdict, String rogue, String firstClose, String victim) {}

    /** A scenario's name, the fixture's method, and what is owed, in order. */
    private record Scenario(String name, String method, List<Owed> owed) {
        Scenario(String name, String method, Owed... owed) {
            this(name, method, List.of(owed));
        }
    }

    private static Owed owed(String verdict, String rogue, String firstClose, String victim) {
        return new Owed(verdict, rogue, firstClose, victim);
    }

    private static Scenario foreign(String name, String method) {
        return new Scenario(name, method, owed(FOREIGN, name, "-", name));
    }

    private static final List<Scenario> SCENARIOS = List.of(
            new Scenario(
                    "r20raw", "r20rawTwice", owed("ERROR DOUBLE_CLOSE confirmed unknown", "r20raw", "r20raw", "-")),
            new Scenario(
                    "r20java", "r20javaThenRaw", owed("ERROR DOUBLE_CLOSE confirmed rogue", "r20java", "r20java", "-")),
            new Scenario("r21", "r21neverGivenOut"),
            foreign("r22stream", "r22stream"),
            foreign("r22channel", "r22channel"),
            foreign("r22socket", "r22socket"),
            foreign("r22datagram", "r22datagram"),
            foreign("r22selector", "r22selector"),
            new Scenario("r22otherThread", "r22fromAnotherThread", owed(FOREIGN, "r22-rogue", "-", "r22otherThread")),
            foreign("r23stream", "r23stream"),
            foreign("r23channel", "r23channel"),
            foreign("r23listener", "r23listener"),
            foreign("r23socket", "r23socket"),
            foreign("r23server", "r23server"),
            foreign("r23datagram", "r23datagram"),
            foreign("r23pipe", "r23pipe"),
            foreign("r23blocked", "r23whileAReaderBlocks"),
            new Scenario(
                    "r23hidden",
                    "r23hiddenThenOwnerCloses",
                    owed("WARN HIDDEN_CLOSE confirmed unknown", "-", "not seen", "r23hidden")),
            new Scenario(
                    "r24",
                    "r24reusedThenOwnerCloses",
                    owed(FOREIGN, "r24-first", "-", "r24"),
                    owed(REUSED_BY_INNOCENT, "r24-owner", "r24-first", "r24-victim")),
            new Scenario(
                    "r24socket",
                    "r24socketReusedThenOwnerCloses",
                    owed(FOREIGN, "r24socket", "-", "r24socket"),
                    owed(REUSED_BY_INNOCENT, "r24socket", "r24socket", "r24socket")),
            new Scenario("r25", "r25closedTwiceByOneObject", owed(REUSED_BY_ROGUE, "r25", "r25", "r25")),
            new Scenario("r26", "r26bystanders", owed(REUSED_BY_ROGUE, "r26", "r26", "r26")),
            foreign("r30armed", "r30secondDescriptorOfAStream"),
            new Scenario(
                    "r30bareFree",
                    "r30bareDescriptors",
                    owed("ERROR DOUBLE_CLOSE confirmed rogue", "r30bareFree", "r30bareFree", "-")),
            new Scenario(
                    "r30bareReused",
                    "r30bareDescriptorsReused",
                    owed(REUSED_BY_ROGUE, "r30bareReused", "r30bareReused", "r30bareReused")),
            new Scenario("r31", "r31borrowedAndCleaned", owed(FOREIGN, "Cleaner-0", "-", "r31")),
            new Scenario("r31raw", "r31cleanerClosesRaw", owed(FOREIGN, "Cleaner-1", "-", "r31raw")),
            new Scenario("r32", "r32hidden", owed("WARN HIDDEN_CLOSE certain unknown", "-", "not seen", "r32")),
            new Scenario("r37", "r37redirect", owed(REDIRECT, "r37-redirect", "-", "r37")),
            new Scenario(
                    "r37again",
                    "r37redirectRepeated",
                    owed(REDIRECT, "r37-again", "-", "r37again"),
                    owed(REDIRECT, "r37-again", "-", "r37-again")),
            foreign("r37closed", "r37closedBefore"),
            new Scenario(
                    "r39precut",
                    "r39preCloseHarms",
                    owed(FOREIGN, "r39precut", "-", "r39precut"),
                    owed(REUSED_BY_INNOCENT, "r39precut", "r39precut", "r39precut")),
            new Scenario(
                    "r39deferred",
                    "r39selectorsDeferredClose",
                    owed(FOREIGN, "r39deferred", "-", "r39deferred"),
                    owed(REUSED_BY_INNOCENT, "r39deferred", "r39deferred", "r39deferred")),
            new Scenario("r18", "r18wrongOrder", owed("INFO FOREIGN_CLOSE certain rogue", "r18", "-", "r18")));

    /** One child JVM a runtime plays them all; who a scenario's alerts are, its threads and its method's frames say. */
    @TestFactory
    Stream<DynamicNode> everyScenarioOnEveryRuntime() {
        return Fixtures.runtimes().stream().map(jdk -> {
            Path alerts = folder.resolve("alerts-" + jdk.version() + jdk.home().hashCode() + ".json");
            ChildJvm.Result result = Fixtures.program(jdk, "Reported")
                    .agent(Fixtures.options(alerts))
                    .run()
                    .expectExit(0);
            List<AlertLines.Line> all = AlertLines.read(alerts);
            Stream<DynamicNode> each = SCENARIOS.stream()
                    .map(scenario -> dynamicTest(scenario.name(), () -> check(scenario, result, all)));
            return dynamicContainer(
                    jdk.toString(),
                    Stream.concat(
                            each,
                            Stream.of(
                                    dynamicTest("r38", () -> repeats(all)),
                                    dynamicTest("what was hit", () -> describedAsPeopleDo(jdk, all)),
                                    dynamicTest("nothing else", () -> nothingElse(result, all)))));
        });
    }

    private static void check(Scenario scenario, ChildJvm.Result result, List<AlertLines.Line> all) {
        assertThat(result.stdout()).contains(scenario.name() + " done");
        List<AlertLines.Line> lines = of(scenario.method(), all);
        assertThat(lines)
                .extracting(AlertLines.Line::verdict)
                .containsExactly(scenario.owed().stream().map(Owed::verdict).toArray(String[]::new));
        for (int i = 0; i < lines.size(); i++) {
            AlertLines.Line line = lines.get(i);
            Owed owed = scenario.owed().get(i);
            party(line, "rogue", owed.rogue(), scenario.method());
            party(line, "firstClose", owed.firstClose(), scenario.method());
            party(line, "victim", owed.victim(), scenario.method());
            assertThat(line.number()).isEqualTo(Fixtures.number(result, scenario.name()));
            assertThat(line.count()).isEqualTo(1);
            if (!scenario.name().equals("r37again")) { // two redirects are two incidents
                assertThat(line.text("incident")).isEqualTo(lines.get(0).text("incident"));
            }
        }
        if (scenario.name().startsWith("r31")) {
            assertThat(lines.get(0).stack("rogue")).contains("Cleaner");
        }
    }

    private static void party(AlertLines.Line line, String role, String expected, String method) {
        if (expected.equals("-")) {
            assertThat(line.has(role)).as(role).isFalse();
        } else if (expected.equals("not seen")) {
            assertThat(line.of(role, "detail")).isEqualTo(expected);
            assertThat(line.of(role, "stackMissing")).isNotBlank();
        } else {
            assertThat(line.thread(role)).as(role).isEqualTo(expected);
            // A Cleaner runs far from whoever registered it; a bound method of the JDK has no frame of the program.
            if (!expected.startsWith("Cleaner") && !expected.equals("r24-owner")) {
                assertThat(line.stack(role)).as(role).contains(method);
            }
        }
    }

    /** In the order of the events: alerts of one incident never overtake each other. */
    private static List<AlertLines.Line> of(String method, List<AlertLines.Line> all) {
        return all.stream()
                .filter(line ->
                        line.mentions("Reported." + method + "(") || line.mentions("Reported.lambda$" + method + "$"))
                .toList();
    }

    private static void repeats(List<AlertLines.Line> all) {
        List<AlertLines.Line> different = of("r38repeats", all);
        assertThat(different).extracting(AlertLines.Line::verdict).containsExactly(FOREIGN);
        assertThat(different.get(0).count()).isEqualTo(25);
        List<AlertLines.Line> same = of("r38repeatsOfOneNumber", all);
        assertThat(same).extracting(AlertLines.Line::verdict).containsExactly("ERROR DOUBLE_CLOSE confirmed unknown");
        assertThat(same.get(0).count()).isEqualTo(25);
    }

    /** A socket by its addresses (JDK 11 cannot tell the remote one), a file by its path; also what the first of two closes had hit. */
    private static void describedAsPeopleDo(Jdks.Jdk jdk, List<AlertLines.Line> all) {
        String address = "127\\.0\\.0\\.1:\\d+";
        assertThat(of("r23whileAReaderBlocks", all).get(0).of("victim", "detail"))
                .matches(jdk.version() == 11 ? address : address + " -> " + address);
        assertThat(of("r23listener", all).get(0).of("victim", "detail")).matches(address);
        assertThat(of("r22channel", all).get(0).of("victim", "detail"))
                .as("neither bound nor connected")
                .startsWith("socket:[");
        List<AlertLines.Line> both = of("r24reusedThenOwnerCloses", all);
        assertThat(both.get(0).of("victim", "detail")).startsWith("/");
        assertThat(both.get(1).of("firstClose", "detail")).isEqualTo(both.get(0).of("victim", "detail"));
    }

    private static void nothingElse(ChildJvm.Result result, List<AlertLines.Line> all) {
        assertThat(result.stdout())
                .doesNotContain("FAILED")
                .as("the registry is what the OS lists again")
                .doesNotContain(" left ");
        assertThat(result.stderr()).isEmpty();
        int owed =
                SCENARIOS.stream().mapToInt(scenario -> scenario.owed().size()).sum();
        assertThat(all).hasSize(owed + 2);
    }

    /** Scenario 34, in a JVM of its own: it does not survive such a sweep undamaged. */
    @TestFactory
    Stream<DynamicNode> aSweepIsOneAlertWithACount() {
        return Fixtures.runtimes().stream()
                .map(jdk -> dynamicTest(jdk.toString(), () -> {
                    Path alerts =
                            folder.resolve("sweep-" + jdk.version() + jdk.home().hashCode() + ".json");
                    ChildJvm.Result result = Fixtures.program(jdk, "Sweep")
                            .agent(Fixtures.options(alerts))
                            .run()
                            .expectExit(0);
                    assertThat(result.stdout()).contains("r34 done");
                    List<AlertLines.Line> lines = AlertLines.read(alerts);
                    assertThat(lines).extracting(AlertLines.Line::verdict).containsExactly(FOREIGN);
                    assertThat(lines.get(0).count()).isGreaterThanOrEqualTo(12);
                    assertThat(lines.get(0).stack("rogue")).contains("Sweep.main");
                }));
    }
}
