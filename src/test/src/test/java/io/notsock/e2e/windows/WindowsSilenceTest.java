package io.notsock.e2e.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.EachRuntime;
import io.notsock.e2e.Jdks;
import io.notsock.e2e.StacksMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A healthy program on Windows, which opens handles in every way the JDK has: no alert, every close has its open, every open
 * its close. It ends with one planted violation, because silence counts only where the alarm works.
 */
class WindowsSilenceTest {
    private static final String MAIN = "io.notsock.fixtures.silence.SilentMain";

    /** What may be open at the end: what goes when its object is collected, and what the JDK keeps for ever. */
    private static final Set<String> KEPT =
            Set.of("fd.set-handle", "map.duplicate", "process.create", "iocp.create", "fs.process-token");

    /** Hooks that this program must have reached, on every release. */
    private static final List<String> REACHED = List.of(
            "nio.socket",
            "nio.server-socket",
            "nio.accept",
            "nio.datagram",
            "nio.close",
            "async.close",
            "iocp.create",
            "iocp.close",
            "file.open",
            "file.cleanable",
            "fd.close",
            "fd.attach",
            "fd.set-handle",
            "fs.open",
            "fs.close",
            "fs.channel",
            "fs.token",
            "fs.process-token",
            "map.duplicate",
            "watch.port",
            "watch.event",
            "process.create",
            "process.pipe",
            "process.append");

    private static final List<String> REACHED_ON_11 = List.of(
            "net.plain.open",
            "net.plain.datagram",
            "net.plain.close",
            "net.plain.datagram.close",
            "net.plain.two.close",
            "net.plain.two.close6",
            "net.plain.two.bind",
            "net.plain.two.bind6");

    @TempDir
    Path folder;

    static List<Jdks.Jdk> runtimes() {
        return Jdks.windows();
    }

    @EachRuntime
    @MethodSource("runtimes")
    void aHealthyProgramGivesNoAlertAndTheAlarmWorks(Jdks.Jdk jdk) throws Exception {
        Path alerts = folder.resolve("alerts.json");
        Path journal = folder.resolve("journal.txt");
        List<String> workloads =
                new ArrayList<>(List.of("WindowsChannelLoad", "WindowsFileLoad", "WindowsProcessLoad"));
        if (jdk.version() >= 21) {
            workloads.add("VirtualThreadLoad");
        }

        ChildJvm.Result result = ChildJvm.of(jdk)
                .agent("log=off,alerts=" + alerts + ",journal=" + journal)
                .jvmArgs("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED", "-XX:+BytecodeVerificationLocal")
                .noMoreThreadsOfItsOwn()
                .fixture(MAIN)
                .args(workloads.toArray(String[]::new))
                .args("alerts=" + alerts)
                .timeout(Duration.ofMinutes(2))
                .run()
                .expectExit(0);

        assertThat(result.stdout().lines().filter(line -> line.startsWith("result ")))
                .as("%s", result)
                .hasSize(workloads.size());
        assertThat(result.stdout().lines())
                .as("%s", result)
                .contains(
                        "health: tested=true",
                        "health: missing=[]",
                        "health: failures=0",
                        "health: summary=null",
                        "alerts: dropped=0",
                        "alerts file 0",
                        "planted victim died");
        assertThat(result.stdout()).as("no kind counted").doesNotContainPattern("alerts: [A-Z_]+=[1-9]");
        assertThat(result.stderr()).doesNotContain("notsock:");
        everyCloseHasItsOpen(jdk, Files.readAllLines(journal));
        planted(Files.readAllLines(alerts));
    }

    /** In a JVM of its own: it starts another, which lives for seconds. */
    @EachRuntime
    @MethodSource("runtimes")
    void whatTheAttachClientOpensItCloses(Jdks.Jdk jdk) throws Exception {
        Path alerts = folder.resolve("alerts.json");
        Path journal = folder.resolve("journal.txt");

        ChildJvm.Result result = ChildJvm.of(jdk)
                .agent("log=off,alerts=" + alerts + ",journal=" + journal)
                .jvmArgs("--add-opens=jdk.attach/sun.tools.attach=ALL-UNNAMED", "-XX:+BytecodeVerificationLocal")
                .noMoreThreadsOfItsOwn()
                .fixture(MAIN)
                .args("WindowsAttachLoad")
                .run()
                .expectExit(0);

        assertThat(result.stdout()).contains("{answers=2, properties=10, thread dump=2, too late=1}");
        assertThat(Files.readString(alerts)).isEmpty();
        HandleJournal lives = new HandleJournal(Files.readAllLines(journal));
        assertThat(lives.odd).isEmpty();
        assertThat(lives.events.get("attach.pipe"))
                .isGreaterThanOrEqualTo(14)
                .isEqualTo(lives.events.get("attach.close-pipe"));
        // The JDK forgets the handle of a process that it could open but not attach to: the one that had ended.
        assertThat(lives.events.get("attach.process")).isEqualTo(11);
        assertThat(lives.events.get("attach.close-process")).isEqualTo(10);
        assertThat(lives.open.values().stream().filter(hook -> hook.startsWith("attach.")))
                .containsExactly("attach.process");
    }

    private static void everyCloseHasItsOpen(Jdks.Jdk jdk, List<String> lines) {
        int planted = 0;
        while (!lines.get(planted).contains("\tws2.closesocket\t")) {
            planted++;
        }
        HandleJournal journal = new HandleJournal(lines.subList(0, planted));
        assertThat(journal.odd).isEmpty();
        // the planted violation's own sockets are open by now
        assertThat(journal.open.values().stream().filter(hook -> !hook.startsWith("nio.") && !KEPT.contains(hook)))
                .as("left open")
                .isEmpty();
        assertThat(journal.open.values().stream().filter(hook -> hook.startsWith("nio.")))
                .hasSizeLessThanOrEqualTo(3);
        assertThat(journal.events.keySet()).containsAll(REACHED);
        if (jdk.version() == 11) {
            assertThat(journal.events.keySet()).containsAll(REACHED_ON_11);
        }
    }

    /** The silent case: the number went to another socket of the JDK, and nobody throws at the guilty side. */
    private static void planted(List<String> alerts) {
        assertThat(alerts).hasSize(2);
        assertThat(alerts.get(0))
                .contains("\"kind\":\"FOREIGN_CLOSE\"", "\"culprit\":\"rogue\"", "jna:closesocket", "Plant.rogueClose(")
                .contains("\"code\":10038");
        assertThat(alerts.get(1))
                .contains("\"kind\":\"CLOSE_OF_REUSED\"", "\"culprit\":\"firstClose\"")
                .contains("Plant.rogueClose(", "Plant.innocentClose(", StacksMode.opening("Plant.victimOpen("));
    }
}
