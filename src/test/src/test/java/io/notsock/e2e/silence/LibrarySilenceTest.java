package io.notsock.e2e.silence;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.EachRuntime;
import io.notsock.e2e.Jdks;
import io.notsock.e2e.library.Libraries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Servers of released libraries with native methods, under load with connections that come and go: no alert, every handle
 * accounted for, and the alarm works. All of them in one JVM, so numbers go from one library's hands into another's.
 */
class LibrarySilenceTest {
    private static final List<String> WORKLOADS =
            List.of("EpollLoad", "JunixLoad", "JunixChannelLoad", "JnrLoad", "NettyLoad");

    @TempDir
    private Path folder;

    static List<Jdks.Jdk> runtimes() {
        return Jdks.all();
    }

    @EachRuntime
    @MethodSource("runtimes")
    void serversOfLibrariesGiveNoAlertAndTheAlarmWorks(Jdks.Jdk jdk) throws IOException {
        Path alerts = folder.resolve("alerts.json");
        ChildJvm.Result result = ChildJvm.of(jdk)
                .agent("cache=off,alerts=" + alerts)
                .jvmArgs("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED")
                .jvmArgs("-XX:+UnlockDiagnosticVMOptions", "-XX:+BytecodeVerificationLocal")
                .fixture("io.notsock.fixtures.silence.SilentMain")
                .classpath(Libraries.jars(jdk.version() == 17 ? "netty-4.1.118.Final" : "netty-4.2.4.Final"))
                .classpath(Libraries.jars("junixsocket-2.10.1"))
                .classpath(Libraries.jars("jnr-0.38.22"))
                .args(WORKLOADS.toArray(String[]::new))
                .args("alerts=" + alerts)
                .timeout(Duration.ofMinutes(1))
                .run()
                .expectExit(0);

        assertThat(SilenceTest.results(result)).as("results of %s", result).hasSize(WORKLOADS.size());
        SilenceTest.silentAndWhole(result);
        SilenceTest.planted(Files.readAllLines(alerts));
    }

    /**
     * netty's io_uring closes by ring entries that nobody sees: its numbers are handed over to the ring, and nothing is
     * concluded when they come back. What is handed over is not held for open.
     */
    @EachRuntime
    @MethodSource("runtimes")
    void ioUringGivesNoAlertThoughItsClosesAreUnseen(Jdks.Jdk jdk) throws IOException {
        Path alerts = folder.resolve("alerts.json");
        ChildJvm.Result result = ChildJvm.of(jdk)
                .agent("cache=off,alerts=" + alerts)
                .jvmArgs("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED")
                .fixture("io.notsock.fixtures.silence.SilentMain")
                .classpath(Libraries.jars("netty-4.2.4.Final"))
                .args("IoUringLoad", "alerts=" + alerts)
                .timeout(Duration.ofMinutes(1))
                .run()
                .expectExit(0);

        Libraries.ioUringIsThere(jdk, result.stdout());
        SilenceTest.silentAndWhole(result);
        assertThat(result.stdout()).contains("coverage: vanished=0");
        SilenceTest.planted(Files.readAllLines(alerts));
    }
}
