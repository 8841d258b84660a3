package io.notsock.e2e.truth;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.EachRuntime;
import io.notsock.e2e.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * With an option that names a file the agent opens what it needs before {@code main}: while a program starts it would have the
 * program's descriptors get other numbers, and a bug that is there without the agent would not be there with it.
 */
class FilesBeforeMainTest {
    @TempDir
    private Path folder;

    @BeforeAll
    static void straceIsThere() {
        EveryHandleTruthTest.straceIsThere();
    }

    @EachRuntime
    @MethodSource("io.notsock.e2e.Jdks#all")
    void theAgentTakesNoNumberWhileAProgramStarts(Jdks.Jdk jdk) throws Exception {
        Path log = folder.resolve("strace");
        Path alerts = folder.resolve("alerts.json");
        Path before = Files.createFile(folder.resolve("before"));
        Path after = Files.createFile(folder.resolve("after"));
        ChildJvm.of(jdk)
                .under(KernelLog.strace(log).toArray(String[]::new))
                .noMoreThreadsOfItsOwn()
                .agent("alerts=" + alerts + ",log=file:" + folder.resolve("log") + ",report=" + folder.resolve("r.html")
                        + ",cache=" + folder.resolve("cache")) // has something to write
                .fixture("io.notsock.fixtures.start.Program")
                .args("read=" + before, "pause=700", "read=" + after)
                .run()
                .expectExit(0);

        List<KernelCall> calls = KernelLog.read(log);
        KernelCall start = KernelLog.opening(calls, before);
        KernelCall end = KernelLog.opening(calls, after);
        assertThat(KernelLog.opening(calls, alerts).left()).isLessThan(start.entered());
        assertThat(KernelLog.takenByOthers(calls, start, end)).isEmpty();
    }
}
