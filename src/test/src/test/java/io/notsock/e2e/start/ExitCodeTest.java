package io.notsock.e2e.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.EachRuntime;
import io.notsock.e2e.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The option {@code exitcode}: another status only where the JVM would have ended with 0 and there was an error. */
class ExitCodeTest {
    private static final String OPENS = "--add-opens=java.base/java.io=ALL-UNNAMED";

    @TempDir
    Path folder;

    static Stream<Jdks.Jdk> runtimes() {
        return Jdks.all().stream();
    }

    @EachRuntime
    @MethodSource("runtimes")
    void theWholeEndOfTheApplicationComesFirst(Jdks.Jdk jdk) throws Exception {
        Path deleted = Files.createFile(folder.resolve("deleted"));

        ChildJvm.Result result = program(jdk, "hook", "delete-on-exit=" + deleted, "violate", "say=end")
                .run()
                .expectExit(66);

        assertThat(result.stdout().lines()).containsExactly("end", "hook ran");
        assertThat(deleted).doesNotExist();
    }

    @EachRuntime
    @MethodSource("runtimes")
    void aViolationInAShutdownHookCounts(Jdks.Jdk jdk) {
        program(jdk, "hook-violate").run().expectExit(66);
    }

    /** Whoever calls {@code System.exit} may have been interrupted before, which is no reason not to wait for the alerts. */
    @EachRuntime
    @MethodSource("runtimes")
    void anInterruptedThreadMayEndTheProgram(Jdks.Jdk jdk) {
        ChildJvm.Result result =
                program(jdk, "violate", "interrupted", "exit=0").run().expectExit(66);

        assertThat(result.stderr()).doesNotContain("may not have been written");
    }

    @EachRuntime
    @MethodSource("runtimes")
    void anUncaughtExceptionInMainStaysOne(Jdks.Jdk jdk) {
        assertThat(program(jdk, "violate", "throw").run().expectExit(1).stderr())
                .contains("thrown by main");
    }

    @EachRuntime
    @MethodSource("runtimes")
    void aStatusThatTheApplicationChoseStays(Jdks.Jdk jdk) {
        program(jdk, "violate", "exit=3").run().expectExit(3);
    }

    @ParameterizedTest
    @CsvSource({
        "violate exit=0, 66",
        "violate exit-in-thread=0, 66",
        "violate exit-in-thread=5, 5",
        "violate throw-in-thread, 66",
        "violate halt=0, 0",
        "violate=12, 66",
        "say=nothing, 0",
        "hook exit=0, 0",
        "throw, 1",
    })
    void everyOtherEnd(String steps, int expected) {
        program(Jdks.own(), steps.split(" ")).run().expectExit(expected);
    }

    @Test
    void withoutTheOptionAnAlertChangesNoStatus() {
        ChildJvm.of(Jdks.own())
                .agent("log=off")
                .jvmArgs(OPENS)
                .fixture("io.notsock.fixtures.start.Program")
                .args("violate")
                .run()
                .expectExit(0);
    }

    @Test
    void aTerminationSignalKeepsItsStatus() throws Exception {
        try (ChildJvm.Running child = program(Jdks.own(), "violate", "wait-for=" + folder.resolve("never"))
                .start()) {
            Runtimes.awaitReady(child);
            child.terminate();
            child.await().expectExit(143);
        }
    }

    private static ChildJvm program(Jdks.Jdk jdk, String... steps) {
        return ChildJvm.of(jdk)
                .agent("log=off,exitcode=66")
                .jvmArgs(OPENS)
                .fixture("io.notsock.fixtures.start.Program")
                .args(steps);
    }
}
