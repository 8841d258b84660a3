package io.notsock.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.Jdks;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
