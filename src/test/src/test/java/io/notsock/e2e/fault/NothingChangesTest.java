package io.notsock.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.EachRuntime;
import io.notsock.e2e.Jdks;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** What the JDK does by itself, it does with the agent as well. */
class NothingChangesTest {
    @TempDir
    Path folder;

    static Stream<Jdks.Jdk> runtimes() {
        return Jdks.all().stream();
    }

    static Stream<Jdks.Jdk> withVirtualThreads() {
        return Jdks.since(21).stream();
    }

    @EachRuntime
    @MethodSource("runtimes")
    void whatTheApplicationForgetsTheCleanersClose(Jdks.Jdk jdk) throws Exception {
        Path alerts = folder.resolve("alerts.json");
        ChildJvm.Result without = Child.plain(jdk, "Forgotten").run().expectExit(0);

        ChildJvm.Result with = Child.agent(jdk, "log=off,stacks=all,alerts=" + alerts, "Forgotten")
                .run()
                .expectExit(0);

        assertThat(without.stdout()).isEqualTo("forgotten=true\nleft open=0\n");
        assertThat(with.stdout()).isEqualTo(without.stdout());
        assertThat(Child.kinds(alerts)).isEmpty();
    }

    @EachRuntime
    @MethodSource("runtimes")
    void anApplicationThatCountsItsThreadsFindsItsOwn(Jdks.Jdk jdk) throws Exception {
        ChildJvm.Result without = Child.plain(jdk, "ThreadCount").run().expectExit(0);

        ChildJvm.Result with =
                Child.agent(jdk, "audit=50ms", "ThreadCount").run().expectExit(0);

        assertThat(without.stdout()).isEqualTo("threads=[main]\n");
        assertThat(with.stdout()).isEqualTo(without.stdout());
    }

    @EachRuntime
    @MethodSource("withVirtualThreads")
    void virtualThreadsAreNotPinned(Jdks.Jdk jdk) throws Exception {
        Path alerts = folder.resolve("alerts.json");

        ChildJvm.Result result = Child.agent(jdk, "log=off,stacks=all,alerts=" + alerts, "VirtualThreads")
                .jvmArgs("-Djdk.tracePinnedThreads=full", "-Djdk.virtualThreadScheduler.parallelism=2")
                .run()
                .expectExit(0);

        assertThat(result.stdout()).isEqualTo("answers=2000\n");
        assertThat(result.stderr()).isEmpty();
        assertThat(Child.kinds(alerts)).isEmpty();
    }
}
