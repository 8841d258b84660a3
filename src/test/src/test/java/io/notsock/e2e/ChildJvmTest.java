package io.notsock.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

class ChildJvmTest {
    private static final String ECHO = "io.notsock.fixtures.Echo";

    @EachRuntime
    @MethodSource("io.notsock.e2e.Jdks#all")
    void aProgramRunsOnEveryRuntimeOfTheMatrix(Jdks.Jdk jdk) {
        ChildJvm.Result result = ChildJvm.of(jdk)
                .jvmArgs("-Decho=loud")
                .env("ECHO", "far")
                .fixture(ECHO)
                .args("a", "exit=3")
                .run()
                .expectExit(3);

        assertThat(result.stdout().lines())
                .containsExactly(
                        "java=" + jdk.version(),
                        "property=loud",
                        "env=far",
                        "JAVA_TOOL_OPTIONS=null",
                        "JDK_JAVA_OPTIONS=null");
        assertThat(result.stderr().lines()).containsExactly("args=a,exit=3");
    }

    @Test
    void jvmOptionsInTheEnvironmentReachTheChildOnlyWhenTheTestSetsThem() {
        ChildJvm.Result result = ChildJvm.of(Jdks.own())
                .env("JAVA_TOOL_OPTIONS", "-Decho=tool")
                .fixture(ECHO)
                .run()
                .expectExit(0);

        assertThat(result.stdout()).contains("property=tool");
    }

    @Test
    void aProgramThatTakesTooLongIsEndedAndItsOutputKept() {
        ChildJvm.Result result = ChildJvm.of(Jdks.own())
                .timeout(Duration.ofSeconds(3))
                .fixture(ECHO)
                .args("sleep=600000")
                .run();

        assertThat(result.timedOut()).isTrue();
        assertThat(result.stderr()).contains("args=sleep=600000");
        assertThatThrownBy(() -> result.expectExit(0))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("took too long");
    }
}
