package io.notsock.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.EachRuntime;
import io.notsock.e2e.Jdks;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Memory is read only where it is native and alive: reading at a Java array's "address" would end the JVM. */
class HeapSegmentsTest {
    /** The first release in which a native call may be given a Java array. */
    private static final int HEAP_SEGMENTS_PASS = 22;

    @TempDir
    Path folder;

    static Stream<Jdks.Jdk> runtimes() {
        return Fixtures.runtimes().stream().filter(jdk -> jdk.version() >= HEAP_SEGMENTS_PASS);
    }

    @EachRuntime
    @MethodSource("runtimes")
    void anArrayOfJavaIsNotReadAtItsOffset(Jdks.Jdk jdk) {
        Path alerts = folder.resolve("heap-" + jdk.version() + jdk.home().hashCode() + ".json");
        ChildJvm.Result result = Fixtures.program(jdk, "HeapSegments")
                .agent(Fixtures.options(alerts))
                .run()
                .expectExit(0);

        assertThat(result.stdout()).contains("native done", "heap done").doesNotContain("FAILED");
        assertThat(result.stderr()).isEmpty();
        assertThat(AlertLines.read(alerts)).singleElement().satisfies(line -> {
            assertThat(line.verdict()).isEqualTo("ERROR USE_AFTER_CLOSE confirmed unknown");
            assertThat(line.number()).isEqualTo(Fixtures.number(result, "native"));
        });
    }
}
