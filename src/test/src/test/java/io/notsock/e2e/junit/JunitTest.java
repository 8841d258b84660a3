package io.notsock.e2e.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.EachRuntime;
import io.notsock.e2e.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The test that closes a handle twice is the test that fails, and no other. */
class JunitTest {
    private static final String QUIET = "mode=test,log=off";

    static Stream<Arguments> runtimes() {
        return Jdks.all().stream()
                .map(jdk -> Arguments.of(jdk, jdk.version() < 21 ? Console.JUNIT_5 : Console.JUNIT_6));
    }

    @EachRuntime
    @MethodSource("runtimes")
    void everyTestGetsWhatItDeserves(Jdks.Jdk jdk, String junit) {
        ChildJvm.Result result =
                Console.of(jdk, junit).agent(QUIET).tests("Mixed").run().expectExit(1);

        Map<String, String> results = Console.results(result);
        assertThat(results).hasSizeGreaterThan(20);
        results.forEach((test, failure) -> {
            if (test.contains("fails")) {
                assertThat(failure).as(test).isNotEmpty();
            } else if (test.equals("2")) {
                assertThat(failure).as("second repetition").contains("FOREIGN_CLOSE");
            } else {
                assertThat(failure).as(test).isEmpty();
            }
        });
        assertThat(results.get("failsByItsThread()"))
                .startsWith("notsock: ERROR FOREIGN_CLOSE")
                .contains("closed by \"Thread-1\"");
        assertThat(results.get("failsOnItsOwnAccount()")).contains("its own failure");
        assertThat(results.get("failsBecauseExpectedInVain()")).contains("did not come: FOREIGN_CLOSE");
        assertThat(results.get("failsBecauseAnotherWasExpected()")).contains("did not come: DOUBLE_CLOSE");
        assertThat(result.stdout())
                .as("the whole alert, the stack of the culprit, and the alert beside another failure")
                .contains("suppress with: FOREIGN_CLOSE:", "io.notsock.fixtures.start.Planted.secondDescriptor")
                .contains("Suppressed: io.notsock.junit.HandleAlertError");
        assertThat(result.stderr()).doesNotContain("notsock:");
    }

    @Test
    void whatAPoolDoesWhenItsTestIsOverFailsTheClassAndIsInTheReports(@TempDir Path folder) throws Exception {
        ChildJvm.Result result = Console.of(Jdks.own(), Console.JUNIT_5)
                .agent(QUIET + ",leaks.tail=0s")
                .config(
                        "notsock.junit.report.html",
                        folder.resolve("new/page-%p.html").toString())
                .config(
                        "notsock.junit.report.sarif",
                        folder.resolve("alerts.sarif").toString())
                .config(
                        "notsock.junit.report.junit",
                        folder.resolve("alerts.xml").toString())
                .config("notsock.junit.report.markdown", folder.toString()) // is there, and no file
                .config("notsock.junit.report.github", "-")
                .config("notsock.junit.reports", "all")
                .tests("Late", "Leaky$Unchecked")
                .run();
        Map<String, String> results = Console.results(result);

        assertThat(results.get("Late"))
                .contains("Raised in a thread that Late.aPassesAndStartsThePool() had started, which was over");
        assertThat(results.get("aPassesAndStartsThePool()")).isEmpty();
        assertThat(results.get("bPassesAndOnlyUsesThePool()")).isEmpty();

        assertThat(result.stdout().lines().filter(line -> line.startsWith("::error")))
                .singleElement()
                .asString()
                .startsWith("::error file=")
                .contains("io/notsock/fixtures/start/Planted.java,line=", "title=FOREIGN_CLOSE fd ");
        assertThat(folder.resolve("alerts.sarif"))
                .content()
                .contains("\"2.1.0\"", "FOREIGN_CLOSE", "io/notsock/fixtures/start/Planted.java")
                .as("what is open when the JVM ends, after the tests")
                .contains("LEAK", "io/notsock/fixtures/junit/Leaky.java");
        assertThat(folder.resolve("alerts.xml"))
                .content()
                .contains("<testsuite name=\"notsock: handles\" tests=\"2\" failures=\"1\"");
        try (Stream<Path> pages = Files.list(folder.resolve("new"))) {
            assertThat(pages).singleElement().satisfies(page -> {
                assertThat(page.getFileName().toString()).matches("page-\\d+\\.html");
                assertThat(page).content().contains("FOREIGN_CLOSE");
            });
        }
        assertThat(result.stderr().lines())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("notsock: unknown setting notsock.junit.reports; accepted behind"))
                .anyMatch(line ->
                        line.startsWith("notsock: notsock.junit.report.markdown=" + folder + ": cannot be written: "));
    }

    @Test
    void whatASharedPoolDoesFailsTheClass() {
        Map<String, String> results = Console.results(Console.of(Jdks.own(), Console.JUNIT_5)
                .jvmArgs("-Djava.util.concurrent.ForkJoinPool.common.parallelism=2")
                .agent(QUIET)
                .tests("SharedPool")
                .run());

        assertThat(results.get("SharedPool"))
                .contains(
                        "Raised while SharedPool.passesAsItsPoolIsShared() ran, in a thread that no test has started");
        assertThat(results.get("passesAsItsPoolIsShared()")).isEmpty();
    }

    @Test
    void whatAThreadDoesWhenItsClassIsOverFailsTheRun() {
        Map<String, String> results = Console.results(Console.of(Jdks.own(), Console.JUNIT_5)
                .agent(QUIET)
                .tests("AfterTheClass$First", "AfterTheClass$Second")
                .run()
                .expectExit(1));

        assertThat(results.get("JUnit Jupiter"))
                .contains("Raised in a thread that First.passesAndLeavesAThread() had started, which was over");
        assertThat(results.get("passesAndLeavesAThread()")).isEmpty();
        assertThat(results.get("passesAndHasNothingToDoWithIt()")).isEmpty();
    }

    static Stream<Arguments> oldestAndNewest() {
        return runtimes().filter(one -> Set.of(11, 25).contains(((Jdks.Jdk) one.get()[0]).version()));
    }

    /** What is referred to is no leak, however long it lives: pools, static fields, what somebody is about to close. */
    @EachRuntime
    @MethodSource("oldestAndNewest")
    void whoForgetsAHandleFailsAndNobodyElse(Jdks.Jdk jdk, String junit) {
        ChildJvm.Result result = Console.of(jdk, junit)
                .agent(QUIET)
                .config("notsock.junit.leaks", "class")
                .tests("Leaky", "Leaky$AtTheEnd", "Leaky$Unchecked")
                .run()
                .expectExit(1);

        Map<String, String> results = Console.results(result);
        assertThat(results).hasSizeGreaterThan(18);
        results.forEach((test, failure) -> {
            if (test.startsWith("fails") && !test.equals("failsBecauseExpectedInVain()")) {
                boolean late =
                        result.stdout().contains("Opened by Leaky." + test + ", which was over"); // a slow Cleaner
                assertThat(failure).as(test).startsWith(late ? "" : "notsock: WARN LEAK");
            } else if (test.matches("[ab]?[pP]asses.*")) {
                assertThat(failure).as(test).isEmpty();
            }
        });
        assertThat(results.get("failsBecauseExpectedInVain()")).contains("did not come: LEAK");
        assertThat(results.get("failsByAForgottenSocket()")).contains("nothing will close it");
        assertThat(result.stdout())
                .contains("40 handles of java.nio FileChannel", "was never closed: a Cleaner closed it")
                .contains("Opened by Leaky.passesThoughItsObjectForgets(), which was over")
                .contains("Opened while Leaky.passesThoughItsThreadForgets() ran, in another thread:");
        assertThat(results.get("Leaky")).startsWith("Opened ");
        assertThat(results.get("Leaky$AtTheEnd"))
                .contains("Opened by AtTheEnd.aPassesThoughItForgets(), which was over");
        assertThat(results.get("Leaky$Unchecked")).isEmpty();
        assertThat(result.stderr()).doesNotContain("notsock:");
    }

    @ParameterizedTest
    @ValueSource(strings = {Console.JUNIT_5, Console.JUNIT_6})
    void inParallelNoTestIsTakenForItsNeighbour(String junit) {
        String parallel = "junit.jupiter.execution.parallel.";
        ChildJvm.Result result = Console.of(Jdks.own(), junit)
                .agent(QUIET)
                .config(parallel + "enabled", "true")
                .config(parallel + "mode.default", "concurrent")
                .config(parallel + "config.strategy", "fixed")
                .config(parallel + "config.fixed.parallelism", "8")
                .tests("Crowd$One", "Crowd$Two", "Crowd$Three")
                .run()
                .expectExit(1);

        long guilty = 0;
        for (Map.Entry<String, String> test : Console.results(result).entrySet()) {
            boolean expected = test.getKey().matches("\\d+") && Integer.parseInt(test.getKey()) % 3 == 0;
            assertThat(test.getValue().isEmpty()).as("%s", test).isNotEqualTo(expected);
            guilty += expected ? 1 : 0;
        }
        assertThat(guilty).isEqualTo(20); // of three classes with the same names
        assertThat(result.stdout()).contains("120 tests successful", "60 tests failed");
    }

    @Test
    void whatIsExpectedIsNeitherPrintedNorCounted() {
        ChildJvm.Result result = Console.of(Jdks.own(), Console.JUNIT_5)
                .agent("mode=test,exitcode=66")
                .tests("Meant")
                .run()
                .expectExit(0);

        assertThat(Console.results(result).get("passesBecauseExpected()")).isEmpty();
        assertThat(result.stderr()).isEmpty();
    }
}
