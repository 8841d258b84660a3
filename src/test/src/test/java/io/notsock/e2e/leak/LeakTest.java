package io.notsock.e2e.leak;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.EachRuntime;
import io.notsock.e2e.Jdks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

class LeakTest {
    private static final String FIXTURES = "io.notsock.fixtures.leak.";
    private static final List<String> WITH_CLEANER = List.of(
            "fileInputStream",
            "fileOutputStream",
            "randomAccessFile",
            "fileChannel",
            "newInputStream",
            "zipFile",
            "socket",
            "serverSocket",
            "datagramSocket",
            "datagramChannel");
    private static final List<String> WITHOUT_CLEANER =
            List.of("socketChannel", "serverSocketChannel", "selector", "pipe");
    private static final List<String> NEVER_COLLECTED =
            List.of("directoryStream", "watchService", "asynchronousFileChannel");

    private static final Pattern KIND_OPENED = Pattern.compile("io\\.notsock\\.fixtures\\.leak\\.Kinds\\.(\\w+)\\(");

    @TempDir
    private Path folder;

    static List<Jdks.Jdk> runtimes() {
        return Jdks.all();
    }

    private ChildJvm child(Jdks.Jdk jdk, String fixture, String options) {
        return ChildJvm.of(jdk)
                .agent("mode=test,log=off,alerts=" + alerts() + options)
                .jvmArgs("-Djava.io.tmpdir=" + folder)
                .fixture(FIXTURES + fixture);
    }

    private Path alerts() {
        return folder.resolve("alerts.json");
    }

    /** The last line of each place, by the kind that was opened there. */
    private Map<String, String> leaksByKind() throws IOException {
        Map<String, String> leaks = new LinkedHashMap<>();
        for (String line : Files.readAllLines(alerts())) {
            assertThat(line).contains("\"kind\":\"LEAK\",\"level\":\"WARN\"");
            int victim = line.indexOf("\"victim\":");
            Matcher opened = KIND_OPENED.matcher(line);
            assertThat(opened.find(victim)).as(line).isTrue();
            leaks.put(opened.group(1), line);
        }
        return leaks;
    }

    /** The program goes on for longer than two looks of the agent's after everything was collected. */
    @EachRuntime
    @MethodSource("runtimes")
    void whatIsForgottenIsFoundWithItsOpenerAndItsFate(Jdks.Jdk jdk) throws Exception {
        child(jdk, "Leaks", "").args("forget", "9000").run().expectExit(0);

        Map<String, String> leaks = leaksByKind();
        assertThat(leaks.keySet()).containsAll(WITH_CLEANER).containsAll(WITHOUT_CLEANER);
        assertThat(leaks).hasSize(WITH_CLEANER.size() + WITHOUT_CLEANER.size());
        for (String kind : WITH_CLEANER) {
            assertThat(leaks.get(kind))
                    .as(kind)
                    .containsPattern("\"firstClose\":\\{[^}]*\"thread\":\"(Common-Cleaner|Finalizer)\"")
                    .contains(
                            leaks.get(kind).contains("\"thread\":\"Finalizer\"")
                                    ? "a finalizer closed it"
                                    : "a Cleaner closed it");
        }
        for (String kind : WITHOUT_CLEANER) {
            assertThat(leaks.get(kind))
                    .as(kind)
                    .doesNotContain("\"firstClose\"")
                    .contains("garbage-collected");
        }
    }

    @EachRuntime
    @MethodSource("runtimes")
    void whatIsOpenAtTheEndIsFoundWithItsOpener(Jdks.Jdk jdk) throws Exception {
        child(jdk, "Leaks", ",leaks.tail=50ms").args("keep", "100").run().expectExit(0);

        Map<String, String> leaks = leaksByKind();
        assertThat(leaks.keySet())
                .containsAll(WITH_CLEANER)
                .containsAll(WITHOUT_CLEANER)
                .containsAll(NEVER_COLLECTED);
        assertThat(leaks).hasSize(WITH_CLEANER.size() + WITHOUT_CLEANER.size() + NEVER_COLLECTED.size());
        assertThat(leaks.values()).allMatch(line -> line.contains("when the JVM ended"));
        assertThat(leaks.get("selector")).contains(jdk.version() == 11 ? "\"count\":3" : "\"count\":2");
    }

    @EachRuntime
    @MethodSource("runtimes")
    void whatIsClosedOrYoungIsNoLeak(Jdks.Jdk jdk) throws Exception {
        child(jdk, "Leaks", ",leaks.tail=1ms").args("close", "50").run().expectExit(0);
        child(jdk, "Leaks", "").args("keep", "0").run().expectExit(0);

        assertThat(Files.readAllLines(alerts())).isEmpty();
    }

    @EachRuntime
    @MethodSource("runtimes")
    void whatTheJdkKeepsByDesignIsNoLeak(Jdks.Jdk jdk) throws Exception {
        child(jdk, "KeptOpen", ",leaks.tail=1ms").args("50", "exit").run().expectExit(0);

        assertThat(Files.readAllLines(alerts())).isEmpty();
    }

    /** A signal ends a program in the midst of its work. */
    @EachRuntime
    @MethodSource("runtimes")
    void whatAServerNeedsWhenItIsToldToEndIsTold(Jdks.Jdk jdk) throws Exception {
        child(jdk, "Served", ",leaks.tail=1ms").args("50").run().expectExit(143);
        assertThat(Files.readAllLines(alerts())).isEmpty();

        child(jdk, "Served", ",leaks.tail=1ms,level=INFO").args("50").run().expectExit(143);
        assertThat(Files.readAllLines(alerts()))
                .isNotEmpty()
                .allMatch(line -> line.contains("\"kind\":\"LEAK\",\"level\":\"INFO\""))
                .allMatch(line -> line.contains("fixtures.leak.Served.main("));
    }

    @EachRuntime
    @MethodSource("runtimes")
    void whatASuppressionNamesIsNotTold(Jdks.Jdk jdk) throws Exception {
        Path suppressions = Files.writeString(
                folder.resolve("suppressions"), "LEAK:*/leak*.zip\nLEAK:io.notsock.fixtures.leak.Kinds.s*\n");

        child(jdk, "Leaks", ",leaks.tail=50ms,suppressions=" + suppressions)
                .args("keep", "100")
                .run()
                .expectExit(0);

        assertThat(leaksByKind().keySet())
                .containsExactlyInAnyOrder(
                        "datagramSocket", "datagramChannel", "pipe", "directoryStream", "watchService");
    }

    /** Where others have failed: a table that keeps what it watches. */
    @EachRuntime
    @MethodSource("runtimes")
    void fortyForgottenSocketsAreClosedByOneCollectionAsWithoutTheAgent(Jdks.Jdk jdk) throws Exception {
        String expected = "forgotten 40\nopen after one collection 0\n";
        ChildJvm.Result without =
                ChildJvm.of(jdk).fixture(FIXTURES + "OneCollection").run().expectExit(0);
        assertThat(without.stdout()).isEqualTo(expected);

        ChildJvm.Result with = child(jdk, "OneCollection", "").run().expectExit(0);
        assertThat(with.stdout()).isEqualTo(expected);

        List<String> lines = Files.readAllLines(alerts());
        assertThat(lines).isNotEmpty().allMatch(line -> line.contains("fixtures.leak.OneCollection.forget("));
        assertThat(lines.get(lines.size() - 1)).as("forty, and the two before").contains("\"count\":42");
    }

    /** The agent's looks fall between the forgetting and the collection. */
    @EachRuntime
    @MethodSource("runtimes")
    void looksOfTheAgentKeepNothingAlive(Jdks.Jdk jdk) {
        ChildJvm.Result with =
                child(jdk, "OneCollection", "").args("5000").run().expectExit(0);
        assertThat(with.stdout()).isEqualTo("forgotten 40\nopen after one collection 0\n");
    }
}
