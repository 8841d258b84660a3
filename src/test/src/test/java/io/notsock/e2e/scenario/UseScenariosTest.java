package io.notsock.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.notsock.e2e.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Scenarios 23, 28, 29, 30 and 39 where a use shows it, and second owners whose number came by reflection. */
class UseScenariosTest {
    private static final String FOREIGN = "ERROR FOREIGN_CLOSE certain rogue";
    private static final String HIDDEN = "WARN HIDDEN_CLOSE confirmed unknown";
    private static final String USE_BY_KILLED = "ERROR USE_OF_REUSED certain firstClose";

    @TempDir
    Path folder;

    /** A scenario's name, the fixture's method, and the verdicts that are owed, in order. */
    private record Scenario(String name, String method, List<String> verdicts) {
        Scenario(String name, String method, String... verdicts) {
            this(name, method, List.of(verdicts));
        }
    }

    private static final List<Scenario> SCENARIOS = List.of(
            new Scenario("u28write", "u28writeIntoAStrangersFile", FOREIGN, USE_BY_KILLED),
            new Scenario("u28read", "u28readFromAStranger", FOREIGN, USE_BY_KILLED),
            new Scenario("u28shutdown", "u28shutdownOfAStranger", FOREIGN, USE_BY_KILLED),
            new Scenario("u28register", "u28registerAStranger", FOREIGN, USE_BY_KILLED),
            new Scenario("u28option", "u28optionOfAStranger", FOREIGN, USE_BY_KILLED),
            new Scenario("u28wakeup", "u28wakeupIntoAStrangersFile", FOREIGN, USE_BY_KILLED),
            new Scenario("u28own", "u28afterItsOwnClose", "ERROR USE_OF_REUSED certain rogue"),
            new Scenario("u29own", "u29afterItsOwnClose", "ERROR USE_AFTER_CLOSE confirmed rogue"),
            new Scenario("u29killed", "u29killedOwnerGoesOn", FOREIGN),
            new Scenario("u23write", "u23hiddenThenWrite", HIDDEN),
            new Scenario("u23read", "u23hiddenThenRead", HIDDEN),
            new Scenario("u23stream", "u23hiddenThenStream", HIDDEN),
            new Scenario("u23datagram", "u23hiddenThenSend", HIDDEN),
            new Scenario("u23selector", "u23hiddenThenSelect", HIDDEN),
            new Scenario("u23reused", "u23hiddenAndTakenUnseen", HIDDEN),
            new Scenario("u39shutdown", "u39shutdownHarmsFirst", FOREIGN, "ERROR CLOSE_OF_REUSED certain firstClose"),
            new Scenario("a30poked", "a30pokedSecondOwner", FOREIGN),
            new Scenario("a30unsafe", "a30unsafeSecondOwner", FOREIGN),
            new Scenario("a30used", "a30bareOwnersByTheirUses", "ERROR DOUBLE_CLOSE confirmed rogue"));

    @TestFactory
    Stream<DynamicNode> everyScenarioOnEveryRuntime() {
        return Fixtures.runtimes().stream().map(jdk -> {
            Path alerts = folder.resolve("alerts-" + jdk.version() + jdk.home().hashCode() + ".json");
            ChildJvm.Result result = Fixtures.program(jdk, "ReportedUses")
                    .agent(Fixtures.options(alerts))
                    .run()
                    .expectExit(0);
            List<AlertLines.Line> all = AlertLines.read(alerts);
            Stream<DynamicNode> each = SCENARIOS.stream()
                    .map(scenario -> dynamicTest(scenario.name(), () -> check(scenario, result, all)));
            return dynamicContainer(
                    jdk.toString(),
                    Stream.concat(each, Stream.of(dynamicTest("nothing else", () -> nothingElse(result, all)))));
        });
    }

    /** What stands behind the number changes, and nobody calls anything. */
    @TestFactory
    Stream<DynamicNode> theAuditFindsASwappedNumberBeforeItsOwnerSuffers() {
        return Fixtures.runtimes().stream()
                .map(jdk -> dynamicTest(jdk.toString(), () -> {
                    Path alerts = folder.resolve(
                            "swapped-" + jdk.version() + jdk.home().hashCode() + ".json");
                    ChildJvm.Result result = Fixtures.program(jdk, "Swapped")
                            .agent("audit=20ms," + Fixtures.options(alerts))
                            .timeout(Duration.ofMinutes(3))
                            .run()
                            .expectExit(0);
                    assertThat(result.stdout()).contains("swapped found").doesNotContain("swapped left");
                    assertThat(result.stderr()).isEmpty();
                    List<AlertLines.Line> all = AlertLines.read(alerts);
                    assertThat(all)
                            .extracting(AlertLines.Line::verdict)
                            .containsExactly("WARN HIDDEN_CLOSE certain unknown");
                    assertThat(all.get(0).number()).isEqualTo(Fixtures.number(result, "swapped"));
                    assertThat(all.get(0).of("firstClose", "detail")).isEqualTo("not seen");
                    assertThat(all.get(0).stack("victim")).contains("Swapped.main");
                }));
    }

    /** Then its object tells who it is, and after an unseen close where its file was. */
    @TestFactory
    Stream<DynamicNode> aVictimIsNamedWhereItsStackWasNotCaptured() {
        return Fixtures.runtimes().stream()
                .map(jdk -> dynamicTest(jdk.toString(), () -> {
                    Path alerts =
                            folder.resolve("bare-" + jdk.version() + jdk.home().hashCode() + ".json");
                    ChildJvm.Result result = Fixtures.program(jdk, "ReportedUses")
                            .agent(Fixtures.options(alerts) + ",stacks=off")
                            .run()
                            .expectExit(0);
                    List<AlertLines.Line> hidden = AlertLines.read(alerts).stream()
                            .filter(line -> line.number() == Fixtures.number(result, "u23stream")
                                    && "u23stream".equals(line.thread("victim")))
                            .toList();
                    assertThat(hidden).extracting(AlertLines.Line::verdict).containsExactly(HIDDEN);
                    assertThat(hidden.get(0).of("victim", "owner")).isEqualTo("java.io.FileInputStream");
                    assertThat(hidden.get(0).of("victim", "detail")).startsWith("/");
                    assertThat(hidden.get(0).of("victim", "stackMissing")).isNotEmpty();
                }));
    }

    private static void check(Scenario scenario, ChildJvm.Result result, List<AlertLines.Line> all) {
        assertThat(result.stdout()).contains(scenario.name() + " done");
        List<AlertLines.Line> lines = all.stream()
                .filter(line -> line.mentions("ReportedUses." + scenario.method() + "("))
                .toList();
        assertThat(lines).extracting(AlertLines.Line::verdict).isEqualTo(scenario.verdicts());
        for (AlertLines.Line line : lines) {
            assertThat(line.number()).isEqualTo(Fixtures.number(result, scenario.name()));
            assertThat(line.count()).isEqualTo(1);
            assertThat(line.text("incident")).isEqualTo(lines.get(0).text("incident"));
            parties(scenario, line);
        }
        assertThat(result.stdout())
                .as("the registry is what the OS lists again")
                .doesNotContain(scenario.name() + " left");
    }

    private static void parties(Scenario scenario, AlertLines.Line line) {
        boolean hidden = line.text("kind").equals("HIDDEN_CLOSE");
        boolean harmed =
                !line.text("kind").equals("DOUBLE_CLOSE") && !line.text("kind").equals("USE_AFTER_CLOSE");
        assertThat(line.has("rogue")).isEqualTo(!hidden);
        if (!hidden) {
            assertThat(line.thread("rogue")).isEqualTo(scenario.name());
            assertThat(line.stack("rogue")).contains(scenario.method());
        }
        if (!line.text("kind").equals("FOREIGN_CLOSE")) {
            assertThat(line.of("firstClose", hidden ? "detail" : "thread"))
                    .isEqualTo(hidden ? "not seen" : scenario.name());
        }
        assertThat(line.has("victim")).isEqualTo(harmed);
        if (harmed) {
            assertThat(line.thread("victim")).isEqualTo(scenario.name());
        }
    }

    private static void nothingElse(ChildJvm.Result result, List<AlertLines.Line> all) {
        assertThat(result.stdout()).doesNotContain("FAILED");
        assertThat(result.stderr()).isEmpty();
        assertThat(all)
                .hasSize(SCENARIOS.stream()
                        .mapToInt(scenario -> scenario.verdicts().size())
                        .sum());
    }
}
