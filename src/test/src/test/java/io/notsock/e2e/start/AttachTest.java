package io.notsock.e2e.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.EachRuntime;
import io.notsock.e2e.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent comes to a JVM that runs already. */
class AttachTest {
    private static final String PROGRAM = "io.notsock.fixtures.start.Program";
    private static final String OPENS = "--add-opens=java.base/java.io=ALL-UNNAMED";

    @TempDir
    Path folder;

    static Stream<Jdks.Jdk> runtimes() {
        return Runtimes.thatAttach();
    }

    @EachRuntime
    @MethodSource("runtimes")
    void attachedAtRunTimeItSeesWhatIsOpenedFromThenOn(Jdks.Jdk jdk) throws Exception {
        Path go = folder.resolve("go");
        Path alerts = folder.resolve("alerts.json");

        try (ChildJvm.Running child = ChildJvm.of(jdk)
                .jvmArgs(OPENS)
                .fixture(PROGRAM)
                .args("read=/dev/null", "wait-for=" + go, "health", "violate", "alerts")
                .start()) {
            Runtimes.awaitReady(child);
            attach(jdk, child.pid(), "log=off,alerts=" + alerts);
            Files.createFile(go);
            ChildJvm.Result result = child.await().expectExit(0);

            assertThat(result.stdout()).contains("tested=true", "missing=[]", "summary=null");
            assertThat(ours(result)).isEmpty();
        }
        assertThat(Files.readAllLines(alerts)).singleElement().asString().contains("FOREIGN_CLOSE");
    }

    @EachRuntime
    @MethodSource("runtimes")
    void attachedBesideOneThatIsThereTheFirstStaysInCharge(Jdks.Jdk jdk) throws Exception {
        Path go = folder.resolve("go");
        Path first = folder.resolve("first.json");
        Path second = folder.resolve("second.json");

        try (ChildJvm.Running child = ChildJvm.of(jdk)
                .agent("log=off,alerts=" + first)
                .jvmArgs(OPENS)
                .fixture(PROGRAM)
                .args("wait-for=" + go, "health", "violate")
                .start()) {
            Runtimes.awaitReady(child);
            attach(jdk, child.pid(), "log=off,alerts=" + second);
            attach(jdk, child.pid(), "log=off,alerts=" + second);
            Files.createFile(go);
            ChildJvm.Result result = child.await().expectExit(0);

            assertThat(result.stdout()).contains("missing=[]", "summary=null");
            assertThat(ours(result)).isEmpty();
        }
        assertThat(Files.readAllLines(first)).hasSize(1);
        assertThat(second).doesNotExist();
    }

    /** Who attaches with a slip must not end a program that runs. */
    @EachRuntime
    @MethodSource("runtimes")
    void aProblemWithAnOptionEndsNothingThatRunsAlready(Jdks.Jdk jdk) throws Exception {
        Path go = folder.resolve("go");
        try (ChildJvm.Running child = ChildJvm.of(jdk)
                .jvmArgs(OPENS)
                .fixture(PROGRAM)
                .args("wait-for=" + go, "violate", "say=end")
                .start()) {
            Runtimes.awaitReady(child);
            attach(jdk, child.pid(), "onerror=exit,stacks=nonsense");
            Files.createFile(go);
            ChildJvm.Result result = child.await().expectExit(0);

            assertThat(result.stdout()).contains("end");
            assertThat(ours(result)).hasSize(2).last().asString().contains("onerror=exit: not started");
        }
    }

    /**
     * Of a class that is loaded already the JVM hands out a class file without stack maps; by one that says too little of its stack's
     * depth, a collection below which such a method runs ends the JVM.
     */
    @EachRuntime
    @MethodSource("runtimes")
    void aCollectionMeetsWovenMethodsOfClassesThatWereThereBefore(Jdks.Jdk jdk) throws Exception {
        Path go = folder.resolve("go");
        try (ChildJvm.Running child = ChildJvm.of(jdk)
                .jvmArgs("-Xint") // it looks at the bytecode only where that is interpreted
                .fixture("io.notsock.fixtures.start.Collected")
                .args(go.toString())
                .start()) {
            Runtimes.awaitReady(child);
            attach(jdk, child.pid(), "log=off");
            Files.createFile(go);

            assertThat(child.await().expectExit(0).stdout()).endsWith("collected\n");
        }
    }

    /** An uncaught exception in main ends the JVM with 1, and no exitcode of ours may say otherwise. */
    @EachRuntime
    @MethodSource("runtimes")
    void attachedItStillKnowsThatMainHasThrown(Jdks.Jdk jdk) throws Exception {
        Path go = folder.resolve("go");

        try (ChildJvm.Running child = ChildJvm.of(jdk)
                .jvmArgs(OPENS)
                .fixture(PROGRAM)
                .args("wait-for=" + go, "violate", "throw")
                .start()) {
            Runtimes.awaitReady(child);
            attach(jdk, child.pid(), "exitcode=66");
            Files.createFile(go);
            child.await().expectExit(1);
        }
    }

    private static void attach(Jdks.Jdk jdk, long pid, String options) {
        ChildJvm.of(jdk)
                .fixture("io.notsock.fixtures.start.Attacher")
                .args(Long.toString(pid), ChildJvm.agentJar().toString(), options)
                .run()
                .expectExit(0);
    }

    /** What is on stderr besides the JVM's own warning of an agent that was loaded at run time (21 and later). */
    private static List<String> ours(ChildJvm.Result result) {
        return result.stderr()
                .lines()
                .filter(line -> !line.startsWith("WARNING: "))
                .toList();
    }
}
