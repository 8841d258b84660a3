package io.notsock.e2e.truth;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.EachRuntime;
import io.notsock.e2e.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A wrong close frees a number, and whoever opens something next is to get it: were that the agent, the second half of the
 * bug would hit the agent, and nobody would be told of it.
 */
class FirstFindingTest {
    private static final int ATTEMPTS = 10;
    /** Less than the agent waits after its start, and after a finding; its start is not before the program's. */
    private static final long WAIT_MICROS = 450_000;

    @TempDir
    private Path folder;

    @BeforeAll
    static void straceIsThere() {
        EveryHandleTruthTest.straceIsThere();
    }

    @EachRuntime
    @MethodSource("io.notsock.e2e.Jdks#all")
    void theAgentTakesNoNumberAfterIt(Jdks.Jdk jdk) throws Exception {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<List<KernelCall>> opened = openedAfterIt(jdk, Files.createTempDirectory(folder, "attempt"));
            if (opened.isPresent()) {
                assertThat(opened.get()).isEmpty();
                return;
            }
        }
        String notTested = "not tested on " + jdk + ": the machine is too slow for half a second to mean anything";
        Assumptions.assumeTrue(Jdks.there(false, notTested), notTested);
    }

    /** What other threads opened after the wrong close; empty where that came too late, or the look took too long. */
    private static Optional<List<KernelCall>> openedAfterIt(Jdks.Jdk jdk, Path folder) throws Exception {
        Path log = folder.resolve("strace");
        Path before = Files.createFile(folder.resolve("before"));
        Path after = Files.createFile(folder.resolve("after"));
        ChildJvm.Result result = ChildJvm.of(jdk)
                .under(KernelLog.strace(log).toArray(String[]::new))
                .noMoreThreadsOfItsOwn()
                .agent("cache=" + folder.resolve("cache")) // has something to write
                .jvmArgs("--add-opens=java.base/java.io=ALL-UNNAMED")
                .fixture("io.notsock.fixtures.start.Program")
                .args("read=" + before, "violate", "pause=200", "read=" + after)
                .run()
                .expectExit(0);

        assertThat(result.stderr()).startsWith("notsock: ERROR FOREIGN_CLOSE ");
        List<KernelCall> calls = KernelLog.read(log);
        KernelCall start = KernelLog.opening(calls, before);
        KernelCall end = KernelLog.opening(calls, after);
        if (start.enteredMicros() - calls.get(0).enteredMicros() > WAIT_MICROS
                || end.leftMicros() - start.enteredMicros() > WAIT_MICROS) {
            return Optional.empty();
        }
        return Optional.of(KernelLog.takenByOthers(calls, start, end));
    }
}
