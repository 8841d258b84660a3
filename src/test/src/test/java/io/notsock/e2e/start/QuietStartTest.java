package io.notsock.e2e.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.EachRuntime;
import io.notsock.e2e.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** An application does not notice that the agent has started, wherever its jar lies and whatever it is called. */
class QuietStartTest {
    private static final String PROGRAM = "io.notsock.fixtures.start.Program";
    private static final String OPENS = "--add-opens=java.base/java.io=ALL-UNNAMED";

    @TempDir
    Path folder;

    static Stream<Jdks.Jdk> runtimes() {
        return Runtimes.withOwn();
    }

    @EachRuntime
    @MethodSource("runtimes")
    void theApplicationSeesWhatItSeesWithoutTheAgent(Jdks.Jdk jdk) {
        ChildJvm.Result without =
                ChildJvm.of(jdk).fixture(PROGRAM).args("facts", "say=ä b").run().expectExit(0);

        ChildJvm.Result with = ChildJvm.of(jdk)
                .agent("")
                .fixture(PROGRAM)
                .args("facts", "say=ä b")
                .run()
                .expectExit(0);

        assertThat(with.stderr()).isEmpty();
        assertThat(facts(with)).containsExactlyElementsOf(facts(without));
    }

    /** The threads are compared but for our own two: alerts, and a little later audit. */
    private static List<String> facts(ChildJvm.Result result) {
        Predicate<String> ofThisRun = line -> line.startsWith("sun.java.command=")
                || line.startsWith("java.class.path=")
                || line.startsWith("jdk.debug=");
        return result.stdout()
                .lines()
                .filter(ofThisRun.negate())
                .map(line ->
                        line.startsWith("threads=") ? line.replaceFirst(", notsock(, notsock-audit)?\\]", "]") : line)
                .toList();
    }

    @EachRuntime
    @MethodSource("runtimes")
    void everyHookFitsAndTheSelfTestPasses(Jdks.Jdk jdk) {
        ChildJvm.Result result =
                ChildJvm.of(jdk).agent("").fixture(PROGRAM).args("health").run().expectExit(0);

        assertThat(result.stdout()).contains("tested=true", "missing=[]", "failures=0", "summary=null");
        assertThat(result.stderr()).isEmpty();
    }

    @EachRuntime
    @MethodSource("runtimes")
    void theExitStatusOfTheApplicationStays(Jdks.Jdk jdk) {
        ChildJvm.of(jdk).agent("").fixture(PROGRAM).args("exit=3").run().expectExit(3);
    }

    @EachRuntime
    @MethodSource("runtimes")
    void theJarMayBeCalledAndLieAsItPleases(Jdks.Jdk jdk) throws Exception {
        Path odd = Files.createDirectories(folder.resolve("with space/größe %41 +#"));
        Path jar = Files.copy(ChildJvm.agentJar(), odd.resolve("other name-1.2.3.jar"));

        ChildJvm.Result result = ChildJvm.of(jdk)
                .env("LC_ALL", "C.UTF-8")
                .jvmArgs("-javaagent:" + jar + "=alerts=" + folder.resolve("alerts.json"), OPENS)
                .fixture(PROGRAM)
                .args("health", "violate")
                .run()
                .expectExit(0);

        assertThat(result.stdout()).contains("missing=[]", "summary=null");
        assertThat(folder.resolve("alerts.json")).content().contains("FOREIGN_CLOSE");
    }

    @EachRuntime
    @MethodSource("runtimes")
    void aRelativePathWorks(Jdks.Jdk jdk) throws Exception {
        Files.copy(
                ChildJvm.agentJar(),
                Files.createDirectories(folder.resolve("lib")).resolve("agent.jar"));

        ChildJvm.Result result = ChildJvm.of(jdk)
                .directory(folder)
                .jvmArgs("-javaagent:lib/agent.jar=alerts=out/alerts.json", OPENS)
                .fixture(PROGRAM)
                .args("violate")
                .run()
                .expectExit(0);

        assertThat(folder.resolve("out/alerts.json")).content().contains("FOREIGN_CLOSE");
        assertThat(result.stdout()).isEmpty();
    }

    /** {@code java.net.preferIPv4Stack} counts until the JDK's network library is loaded; an application sets it in its main. */
    @EachRuntime
    @MethodSource("runtimes")
    void whatTheApplicationSaysOfTheNetworkInItsFirstStatementCounts(Jdks.Jdk jdk) {
        Path cache = folder.resolve("cache");
        String files = ",alerts=" + folder.resolve("a.json") + ",log=file:" + folder.resolve("log") + ",report="
                + folder.resolve("report.html") + ",journal=" + folder.resolve("journal") + ",leaks=on";
        for (String start : List.of("first", "second")) {
            ChildJvm.Result result = ChildJvm.of(jdk)
                    .agent("cache=" + cache + files)
                    .fixture("io.notsock.fixtures.start.OldNet")
                    .run()
                    .expectExit(0);

            assertThat(result.stdout()).as(start).isEqualTo("Inet4Address\n");
            assertThat(folder.resolve("a.json")).exists();
        }
    }

    /** An application may interrupt all threads that it finds. */
    @EachRuntime
    @MethodSource("runtimes")
    void interruptedTheAgentGoesOn(Jdks.Jdk jdk) {
        Path alerts = folder.resolve("alerts.json");
        ChildJvm.of(jdk)
                .agent("log=off,alerts=" + alerts)
                .jvmArgs(OPENS)
                .fixture(PROGRAM)
                .args("pause=700", "interrupt-all", "pause=300", "violate", "interrupt-all")
                .run()
                .expectExit(0);

        assertThat(alerts).content().contains("FOREIGN_CLOSE");
    }

    /** A folder of logs is often a link to another one; {@code createDirectories} of JDK 11 takes it for a file (JDK-8294193). */
    @EachRuntime
    @MethodSource("runtimes")
    void aFileMayLieBehindALinkToItsFolder(Jdks.Jdk jdk) throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("logs"), Files.createDirectory(folder.resolve("real")));

        ChildJvm.Result result = ChildJvm.of(jdk)
                .agent("log=file:" + link.resolve("log") + ",cache=" + link + ",alerts=" + link.resolve("alerts.json"))
                .jvmArgs(OPENS)
                .fixture(PROGRAM)
                .args("violate")
                .run()
                .expectExit(0);

        assertThat(result.stderr()).isEmpty();
        assertThat(link.resolve("alerts.json")).content().contains("FOREIGN_CLOSE");
        assertThat(link.resolve("log")).content().contains("FOREIGN_CLOSE");
    }

    @EachRuntime
    @MethodSource("runtimes")
    void givenTwiceTheFirstIsInCharge(Jdks.Jdk jdk) throws Exception {
        Path copy = Files.copy(ChildJvm.agentJar(), folder.resolve("copy.jar"));
        Path first = folder.resolve("first.json");
        Path second = folder.resolve("second.json");

        ChildJvm.Result result = ChildJvm.of(jdk)
                .agent("log=off,alerts=" + first)
                .jvmArgs("-javaagent:" + copy + "=log=off,alerts=" + second, OPENS)
                .fixture(PROGRAM)
                .args("health", "violate")
                .run()
                .expectExit(0);

        assertThat(result.stdout()).contains("missing=[]", "summary=null");
        assertThat(result.stderr()).isEmpty();
        assertThat(Files.readAllLines(first)).hasSize(1);
        assertThat(second).doesNotExist();
    }

    @Test
    void aJarThatIsGoneAfterTheStartCostsNoAlert() throws Exception {
        Path jar = Files.copy(ChildJvm.agentJar(), folder.resolve("gone.jar"));
        Path alerts = folder.resolve("alerts.json");
        Path go = folder.resolve("go");

        try (ChildJvm.Running child = ChildJvm.of(Jdks.own())
                .jvmArgs("-javaagent:" + jar + "=log=off,alerts=" + alerts, OPENS)
                .fixture(PROGRAM)
                .args("wait-for=" + go, "violate")
                .start()) {
            Runtimes.awaitReady(child);
            Files.delete(jar);
            Files.createFile(go);
            assertThat(child.await().expectExit(0).stderr()).isEmpty();
        }
        assertThat(Files.readAllLines(alerts)).hasSize(1);
    }
}
