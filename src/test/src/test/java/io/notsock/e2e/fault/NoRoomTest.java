package io.notsock.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.EachRuntime;
import io.notsock.e2e.Jdks;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** No stack, or no heap, is left in the middle of an open or a close: nothing breaks, and the next violation is seen. */
class NoRoomTest {
    @TempDir
    Path folder;

    static Stream<Jdks.Jdk> runtimes() {
        return Jdks.all().stream();
    }

    @EachRuntime
    @MethodSource("runtimes")
    void noStackIsLeft(Jdks.Jdk jdk) throws Exception {
        ChildJvm.Result result = withLittleStack(jdk, "stacks=all,", "Recursion", "agent");

        assertThat(result.stdout()).contains("overflowed=true opened=true", "closed deep=true still valid=0");
        assertThat(Child.kinds(alerts())).containsExactly("FOREIGN_CLOSE", "FOREIGN_CLOSE");
    }

    /** The close goes on where its mark was lost for want of stack; who gets the number next proves nothing then. */
    @EachRuntime
    @MethodSource("runtimes")
    void noStackIsLeftToMarkACloseWith(Jdks.Jdk jdk) throws Exception {
        ChildJvm.Result result = withLittleStack(jdk, "", "DeepClose");

        assertThat(result.stdout()).contains("cut off=true");
        assertThat(Child.kinds(alerts())).containsExactly("FOREIGN_CLOSE");
    }

    private ChildJvm.Result withLittleStack(Jdks.Jdk jdk, String options, String fixture, String... args) {
        return Child.agent(jdk, options + "log=off,alerts=" + alerts(), fixture)
                .jvmArgs("-Xss512k")
                .args(args)
                .run()
                .expectExit(0);
    }

    private Path alerts() {
        return folder.resolve("alerts.json");
    }

    @EachRuntime
    @MethodSource("runtimes")
    void noHeapIsLeft(Jdks.Jdk jdk) throws Exception {
        ChildJvm.Result result = Child.agent(jdk, "log=off,stacks=all,alerts=" + alerts(), "Memory")
                .jvmArgs("-Xmx24m", "-XX:+UseSerialGC")
                .args(alerts().toString())
                .run()
                .expectExit(0);

        assertThat(result.stdout()).contains("ran out=true");
        assertThat(Child.kinds(alerts())).containsExactly("FOREIGN_CLOSE", "FOREIGN_CLOSE");
    }
}
