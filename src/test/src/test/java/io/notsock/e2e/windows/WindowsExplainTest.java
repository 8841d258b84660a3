package io.notsock.e2e.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.EachRuntime;
import io.notsock.e2e.Jdks;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.provider.MethodSource;

/** Exceptions about something closed carry their history on Windows, too. */
class WindowsExplainTest {
    static List<Jdks.Jdk> runtimes() {
        return Jdks.windows();
    }

    @EachRuntime
    @MethodSource("runtimes")
    void socketsChannelsFilesZipsProcessesAndExecutors(Jdks.Jdk jdk) {
        ChildJvm child = ChildJvm.of(jdk)
                .timeout(Duration.ofMinutes(3))
                .agent("stacks=all,explain.executors=on")
                .fixture("io.notsock.fixtures.explain.Closed")
                .args("sockets", "files", "executors");
        ChildJvm.Result result = (jdk.version() < 21 ? child : child.args("sockets-virtual"))
                .run()
                .expectExit(0);

        List<String> cases =
                result.stdout().lines().filter(line -> line.contains("|")).toList();
        assertThat(cases).hasSizeGreaterThan(40);
        assertThat(cases).allSatisfy(line -> {
            assertThat(line).contains("|1|io.notsock.explain.HandleHistory: ");
            if (!line.startsWith("channel.interrupted-before") && !line.startsWith("file.interrupted")) {
                assertThat(line).contains("by thread \"closer\"");
            }
        });
        assertThat(result.stderr()).isEmpty();
    }
}
