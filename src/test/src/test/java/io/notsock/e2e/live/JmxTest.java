package io.notsock.e2e.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.EachRuntime;
import io.notsock.e2e.Jdks;
import io.notsock.e2e.start.Runtimes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** The MBean is there where an application uses JMX, and nothing of it where none does. */
class JmxTest {
    private static final String PROGRAM = "io.notsock.fixtures.live.Watched";
    private static final String OPENS = "--add-opens=java.base/java.io=ALL-UNNAMED";

    @TempDir
    Path folder;

    static Stream<Jdks.Jdk> linux() {
        return Runtimes.withOwn();
    }

    static Stream<Jdks.Jdk> all() {
        List<Jdks.Jdk> all = new ArrayList<>(linux().toList());
        all.addAll(Jdks.windows());
        return all.stream();
    }

    @EachRuntime
    @MethodSource("all")
    void theBeanTellsWhatIsOpenAndItsListenersHearOfAlerts(Jdks.Jdk jdk) {
        ChildJvm.Result result = watched(jdk, "log=off", "handles", "mbean", "listen", "violate", "pause=2500");
        assertThat(result.stderr()).isEmpty();

        String space = jdk.windows() ? "handle" : "fd";
        assertThat(attribute(result, "OpenHandles")).isEqualTo("1");
        assertThat(attribute(result, "OpenHandlesByType")).isEqualTo("{" + space + "/file=1}");
        // Read one after the other, while classes are loaded: both only grow.
        assertThat(Long.parseLong(attribute(result, "Opened"))).isGreaterThan(3);
        assertThat(Long.parseLong(attribute(result, "Closed"))).isGreaterThan(2);
        assertThat(attribute(result, "AlertsByKind")).contains("CLOSE_OF_REUSED=0", "FOREIGN_CLOSE=0");
        assertThat(attribute(result, "AttachedLate")).isEqualTo("false");
        assertThat(attribute(result, "Problems")).isEqualTo("null");
        assertThat(attribute(result, "DroppedAlerts")).isEqualTo("0");
        if (jdk.windows()) {
            assertThat(attribute(result, "Coverage")).isEqualTo("null");
        } else {
            assertThat(attribute(result, "Coverage")).contains("known=1", "unclassified=0");
            assertThat(attribute(result, "UnclassifiedHandles")).isEqualTo("[]");
        }
        assertThat(result.stdout())
                .contains("described OpenHandles: The application's open handles, as far as they were seen")
                .contains("operation list: ", "operation history: ")
                .containsPattern("notified io.notsock.alert from io.notsock:type=HandleRegistry in notsock-notify:"
                        + " notsock: (ERROR|WARN) FOREIGN_CLOSE " + space)
                .contains("data {\"schema\":\"notsock.alert/1\"");
    }

    @EachRuntime
    @MethodSource("linux")
    void itsOperationsAnswerAsTheCommandLineDoes(Jdks.Jdk jdk) {
        ChildJvm.Result result =
                watched(jdk, "log=off,stacks=all", "handles", "invoke=list", "history=0", "invoke=report");

        assertThat(result.stdout())
                .contains("1 open handles of process ", "Watched.handles(Watched.java:")
                .contains("history of number 0 in process", "nothing was seen of it since")
                .contains("<!DOCTYPE html>", "</html>");
        assertThat(result.stderr()).isEmpty();
    }

    /** Neither the platform's beans nor a server of the application's own wake the platform server. */
    @EachRuntime
    @MethodSource("linux")
    void otherUsesOfManagementDoNotBringIt(Jdks.Jdk jdk) {
        ChildJvm.Result result = watched(jdk, "", "runtime-bean", "handles", "own-mbean-server");

        assertThat(result.stdout()).contains("servers 1");
        assertThat(result.stderr()).isEmpty();
    }

    @EachRuntime
    @MethodSource("linux")
    void jmxOffLeavesItOut(Jdks.Jdk jdk) {
        ChildJvm.Result result = watched(jdk, "jmx=off", "handles", "mbean-missing");

        assertThat(result.stdout()).contains("registered false");
        assertThat(result.stderr()).isEmpty();
    }

    /** What the JVM itself needs not is not loaded either: JMX, Flight Recorder, logging, and what joins them. */
    @EachRuntime
    @MethodSource("linux")
    void whoDoesNotUseThemPaysNothing(Jdks.Jdk jdk) throws Exception {
        assertThat(managementClasses(jdk, "")).isEqualTo(managementClasses(jdk, null));
    }

    private List<String> managementClasses(Jdks.Jdk jdk, String agent) throws Exception {
        Path log = folder.resolve("classes-" + (agent == null ? "without" : "with") + ".log");
        ChildJvm child = ChildJvm.of(jdk).jvmArgs("-Xlog:class+load:file=" + log);
        if (agent != null) {
            child.agent(agent);
        }
        child.fixture("io.notsock.fixtures.Echo").args("x").run().expectExit(0);
        try (Stream<String> lines = Files.lines(log)) {
            return lines.map(line -> line.replaceFirst("^(\\[[^]]*\\])+ *", "").replaceFirst(" source:.*", ""))
                    .filter(name -> name.matches(
                            "(javax?\\.(lang\\.)?management|java\\.util\\.logging|jdk\\.jfr|com\\.sun\\.jmx|"
                                    + "sun\\.management|io\\.notsock\\.agent\\.(jmx|jfr|http|live))\\..*"))
                    .sorted()
                    .toList();
        }
    }

    @EachRuntime
    @MethodSource("linux")
    void anAgentThatComesLaterJoinsWhatIsThere(Jdks.Jdk jdk) throws Exception {
        if (Runtimes.thatAttach().noneMatch(jdk::equals)) {
            return;
        }
        Path go = folder.resolve("go");
        try (ChildJvm.Running child = ChildJvm.of(jdk)
                .jvmArgs("-XX:+IgnoreUnrecognizedVMOptions", "-XX:+EnableDynamicAgentLoading", OPENS)
                .fixture(PROGRAM)
                .args("mbean-missing", "ready", "wait-for=" + go, "mbean")
                .start()) {
            Runtimes.awaitReady(child);
            ChildJvm.of(jdk)
                    .jar(ChildJvm.agentJar())
                    .args("attach", Long.toString(child.pid()), "log=off")
                    .run()
                    .expectExit(0);
            Files.createFile(go);
            ChildJvm.Result result = child.await().expectExit(0);
            assertThat(result.stdout()).contains("registered false");
            assertThat(attribute(result, "AttachedLate")).isEqualTo("true");
        }
    }

    private static String attribute(ChildJvm.Result result, String name) {
        String start = "attribute " + name + " = ";
        return result.stdout()
                .lines()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + result));
    }

    private static ChildJvm.Result watched(Jdks.Jdk jdk, String options, String... steps) {
        return ChildJvm.of(jdk)
                .agent(options)
                .jvmArgs(OPENS)
                .timeout(Duration.ofMinutes(2))
                .fixture(PROGRAM)
                .args(steps)
                .run()
                .expectExit(0);
    }
}
