package io.notsock.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.EachRuntime;
import io.notsock.e2e.Jdks;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** The places where alerts go fail, or are taken away. */
class OutputFaultsTest {
    @TempDir
    Path folder;

    @Test
    void aFullDeviceIsSaidOnceAndTheTextStillComes() {
        ChildJvm.Result result = program("alerts=/dev/full", "violate", "violate-jna", "say=end");

        assertThat(result.stdout()).isEqualTo("end\n");
        assertThat(result.stderr().lines().filter(line -> line.contains("/dev/full")))
                .singleElement()
                .asString()
                .startsWith("notsock: ");
        assertThat(result.stderr()).containsPattern("(?m)^notsock: ERROR FOREIGN_CLOSE");
    }

    @Test
    void aPathThatCannotBeWrittenIsSaidAtTheStart() {
        ChildJvm.Result result = program("alerts=" + folder, "say=end");

        assertThat(result.stdout()).isEqualTo("end\n");
        assertThat(result.stderr().lines()).singleElement().asString().contains("alerts=" + folder);
    }

    @Test
    void foldersThatDoNotExistAreMade() throws Exception {
        Path alerts = folder.resolve("a/b/c/alerts.json");

        program("log=off,alerts=" + alerts, "violate");

        assertThat(Child.kinds(alerts)).containsExactly("FOREIGN_CLOSE");
    }

    @Test
    void anApplicationThatReplacesItsStreamsFindsNothingOfOursInThem() {
        ChildJvm.Result result = program("", "mute", "violate");

        assertThat(result.stdout()).isEmpty();
        assertThat(result.stderr()).startsWith("notsock: ERROR FOREIGN_CLOSE");
    }

    @Test
    void anApplicationThatClosesItsErrorStreamLosesOnlyThat() throws Exception {
        Path alerts = folder.resolve("alerts.json");

        ChildJvm.Result result = program("alerts=" + alerts, "close-err", "violate", "say=end");

        assertThat(result.stdout()).isEqualTo("end\n");
        assertThat(Child.kinds(alerts)).containsExactly("FOREIGN_CLOSE");
    }

    @Test
    void aFileThatGetsTheNumberOfStandardErrorStaysClean() throws Exception {
        Path file = folder.resolve("application.txt");

        ChildJvm.Result result =
                Child.agent(Jdks.own(), "", "Taken").args(file.toString()).run().expectExit(0);

        assertThat(result.stdout()).isEqualTo("number=2\n");
        assertThat(file).isEmptyFile();
    }

    @EachRuntime
    @MethodSource("runtimes")
    void aSocketThatGetsTheNumberOfTheAlertsFileStaysCleanAndNoAlertIsLost(Jdks.Jdk jdk) throws Exception {
        Path alerts = folder.resolve("alerts.json");

        ChildJvm program = Child.agent(jdk, "log=off,alerts=" + alerts, "Thief").args(alerts.toString(), "1");
        if (Jdks.onPath("strace")) {
            // The agent's file is open for some microseconds; each of these calls takes ten times as long then.
            String calls = "trace=openat,write,close";
            program.under(
                    "strace",
                    "-f",
                    "--seccomp-bpf",
                    "-qq",
                    "-e",
                    calls,
                    "-o",
                    folder.resolve("calls").toString());
        }
        ChildJvm.Result result = program.run().expectExit(0);

        assertThat(result.stdout()).contains("thefts=1\n", "stray=0\n");
        int violations = Integer.parseInt(
                result.stdout().lines().findFirst().orElseThrow().substring(11));
        // That our own file is closed where nobody sees it may be noticed as well.
        assertThat(Child.kinds(alerts).stream().filter(kind -> !kind.equals("HIDDEN_CLOSE")))
                .hasSize(violations)
                .isSubsetOf("FOREIGN_CLOSE", "CLOSE_OF_REUSED");
    }

    static List<Jdks.Jdk> runtimes() {
        return Jdks.all();
    }

    private static ChildJvm.Result program(String options, String... steps) {
        return ChildJvm.of(Jdks.own())
                .agent(options)
                .jvmArgs(Child.OPENS)
                .fixture(Child.PROGRAM)
                .args(steps)
                .run()
                .expectExit(0);
    }
}
