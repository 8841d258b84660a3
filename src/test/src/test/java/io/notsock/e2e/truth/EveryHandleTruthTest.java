package io.notsock.e2e.truth;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.catalog.Catalog;
import io.notsock.catalog.Entry;
import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.EachRuntime;
import io.notsock.e2e.Jdks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** What the registry saw of every kind of handle is what the kernel saw; docs/truth.md tells how it is compared. */
class EveryHandleTruthTest {
    private static final Path HOOKS = docs().resolve("hooks-linux.md");
    private static final Path TRUTH = docs().resolve("truth.md");

    @TempDir
    private Path folder;

    @BeforeAll
    static void straceIsThere() {
        boolean there = Jdks.onPath("strace");
        Assumptions.assumeTrue(Jdks.there(there, "registry not compared with the kernel: no strace on the PATH"));
    }

    /** The matrix, and the JVM of the build where that is another build of a version in it. */
    static List<Jdks.Jdk> runtimes() {
        List<Jdks.Jdk> runtimes = new ArrayList<>(Jdks.all());
        if (runtimes.stream().noneMatch(jdk -> jdk.home().equals(Jdks.own().home()))) {
            runtimes.add(Jdks.own());
        }
        return runtimes;
    }

    @EachRuntime
    @MethodSource("runtimes")
    void theRegistrySawWhatTheKernelSaw(Jdks.Jdk jdk) throws IOException {
        Map<String, TruthRun> runs = new LinkedHashMap<>();
        runs.put("everything", TruthRun.of(jdk, at("everything"), TruthRun.Input.STREAM, List.of()));
        for (TruthRun.Input input : List.of(TruthRun.Input.PIPE, TruthRun.Input.DATAGRAM, TruthRun.Input.SERVER)) {
            String name = "inherited " + input;
            runs.put(name, TruthRun.of(jdk, at(name), input, List.of(), "inherited", "end"));
        }
        if (jdk.version() == 17) {
            List<String> plain = List.of("-Djdk.net.usePlainSocketImpl", "-Djdk.net.usePlainDatagramSocketImpl");
            String[] steps = {"tcp", "tcp-cut", "udp", "leak", "end"};
            runs.put("plain", TruthRun.of(jdk, at("plain"), TruthRun.Input.PIPE, plain, steps));
        }

        List<String> problems = new ArrayList<>();
        Set<String> fired = new TreeSet<>();
        for (Map.Entry<String, TruthRun> run : runs.entrySet()) {
            Comparison comparison = run.getValue().compare();
            comparison.problems().forEach(p -> problems.add(run.getKey() + ": " + p));
            fired.addAll(comparison.fired());
            assertThat(run.getValue().alerts())
                    .as("alerts of a healthy program")
                    .isEmpty();
            System.out.println(
                    "[notsock] " + jdk + " (" + jdk.home() + "), " + run.getKey() + ": " + comparison.summary());
            if (run.getKey().equals("everything")) {
                assertThat(comparison.opensCompared()).isGreaterThan(400);
                assertThat(comparison.closesCompared()).isGreaterThan(400);
            }
        }
        assertThat(problems).as(() -> String.join("\n", problems)).isEmpty();
        // And the comparison is able to notice: one event less, opened or closed, is one problem.
        for (String entry : List.of("nio.close", "fd.close", "fs.open", "nio.accept", "nio.pipe", "epoll.create")) {
            assertThat(runs.get("everything").compareWithout(entry).problems())
                    .as("without an event of " + entry)
                    .hasSize(1);
        }
        everyEntryFired(jdk, fired);
        coverageIsWhole(runs.get("everything").stdout(), "coverage at rest", "coverage with many");
    }

    private Path at(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name.replace(' ', '-')));
    }

    /** Each entry of the catalog for this runtime has seen something, or docs/hooks-linux.md says why it cannot. */
    private static void everyEntryFired(Jdks.Jdk jdk, Set<String> fired) throws IOException {
        HookTable table = HookTable.read(HOOKS);
        Set<String> silent = new TreeSet<>();
        for (Entry entry :
                Catalog.builtIn("linux").forRuntime(jdk.version(), "linux").entries()) {
            if (!entry.role().explains() // tells nothing of a handle: ExplainTest
                    && !fired.contains(entry.id())
                    && !table.excuses(entry.id())) {
                silent.add(entry.id());
            }
        }
        assertThat(silent).as("entries that saw nothing on " + jdk).isEmpty();
        assertThat(fired).as("said to be unreached").noneMatch(table::excuses);
    }

    private static void coverageIsWhole(String stdout, String... when) {
        for (String moment : when) {
            int start = stdout.indexOf(moment);
            assertThat(start).as("%s in %s", moment, stdout).isNotNegative();
            int end = stdout.indexOf("\n\n", start);
            assertThat(stdout.substring(start, end < 0 ? stdout.length() : end))
                    .contains("unclassified=0")
                    .contains("vanished=0");
        }
    }

    @EachRuntime
    @MethodSource("runtimes")
    void afterRawClosesTheRegistryIsWhatTheKernelHoldsAgain(Jdks.Jdk jdk) {
        ChildJvm.Result result = ChildJvm.of(jdk)
                .agent("log=off")
                .jvmArgs("--add-opens", "java.base/java.io=ALL-UNNAMED")
                .fixture("io.notsock.fixtures.truth.RawCloses")
                .run()
                .expectExit(0);
        coverageIsWhole(
                result.stdout(),
                "coverage after raw closes",
                "coverage with the numbers taken",
                "coverage after the stale closes",
                "coverage at the end");
    }

    @Test
    void everyRowOfTheHookTableNamesItsEntriesOrAReason() throws IOException {
        HookTable table = HookTable.read(HOOKS);
        Set<String> known = new TreeSet<>();
        Catalog.builtIn("linux").entries().forEach(entry -> known.add(entry.id()));
        assertThat(table.rows()).hasSizeGreaterThan(30);
        for (HookTable.Row row : table.rows()) {
            assertThat(known).as(row.what()).containsAll(row.entries());
            assertThat(row.entries().isEmpty() && row.remark().isEmpty())
                    .as("a reason for " + row.what())
                    .isFalse();
        }
        assertThat(table.unreached().keySet())
                .allSatisfy(id -> assertThat(known)
                        .anyMatch(
                                entry -> id.endsWith(".*") ? entry.startsWith(id.replace("*", "")) : entry.equals(id)));
        assertThat(table.unreached().values()).doesNotContain("");
    }

    @Test
    void everyRuleIsInTheDocumentation() throws IOException {
        String text = Files.readString(TRUTH);
        assertThat(Unseen.RULES).allSatisfy(rule -> assertThat(text).contains("| " + rule.name() + " | "));
    }

    private static Path docs() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(here.resolve("docs"))) {
            here = here.getParent();
        }
        return here.resolve("docs");
    }
}
