package io.notsock.e2e.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.EachRuntime;
import io.notsock.e2e.Jdks;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** A start loads few classes of the agent, and none of them from another image than the one that is read for it. */
class StartClassesTest {
    /** Each costs a fifth of a millisecond of every start of every JVM. */
    private static final int MOST = 132;

    private static final Pattern LOADED = Pattern.compile("\\[class,load] (io\\.notsock\\.\\S+) source: (\\S+)");
    private static final List<String> LATE = List.of(
            "io.notsock.shaded.",
            "io.notsock.agent.cli.",
            "io.notsock.agent.http.",
            "io.notsock.agent.jfr.",
            "io.notsock.agent.jmx.",
            "io.notsock.agent.live.",
            "io.notsock.agent.log.",
            "io.notsock.report.",
            "io.notsock.alert.Alert",
            "io.notsock.pipeline.AlertPipeline");

    @TempDir
    Path folder;

    static Stream<Jdks.Jdk> runtimes() {
        return Runtimes.withOwn();
    }

    @EachRuntime
    @MethodSource("runtimes")
    void aStartWithKeptClassesLoadsFewAndWritesNothing(Jdks.Jdk jdk) {
        start(jdk);

        List<String> loaded = LOADED.matcher(start(jdk))
                .results()
                .map(found -> found.group(1))
                .filter(name -> !name.startsWith("io.notsock.fixtures."))
                .toList();

        assertThat(loaded).contains("io.notsock.track.Tracker").hasSizeLessThanOrEqualTo(MOST);
        assertThat(loaded)
                .filteredOn(name -> LATE.stream().anyMatch(name::startsWith))
                // the two names by which the start knows what comes later
                .isSubsetOf(
                        "io.notsock.report.HandleGuard",
                        "io.notsock.report.HandleGuard$1",
                        "io.notsock.alert.AlertSink");
    }

    /** Since JDK 18 reflection makes method handles (JEP 416), which costs 5 to 10 ms where it is the first of its shape. */
    @EachRuntime
    @MethodSource("runtimes")
    void aStartMakesNoMethodHandleToCallTheAgent(Jdks.Jdk jdk) {
        // Between the class being there and its running; before and after it the JDK may make some for itself.
        assertThat(start(jdk))
                .containsSubsequence("io.notsock.agent.boot.NotsockAgent ", "io.notsock.agent.boot.IsolatedLoader ")
                .doesNotContainPattern("(?s)boot\\.NotsockAgent .*LambdaForm\\$DMH/.*boot\\.IsolatedLoader ");
    }

    private String start(Jdks.Jdk jdk) {
        ChildJvm.Result result = ChildJvm.of(jdk)
                .jvmArgs("-Xlog:class+load=info")
                .agent("cache=" + folder)
                .fixture("io.notsock.fixtures.start.Program")
                .args("say=a")
                .run()
                .expectExit(0);
        assertThat(result.stderr()).isEmpty();
        return result.stdout();
    }
}
