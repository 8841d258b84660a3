package io.notsock.e2e.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.Jdks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Closes by hand through JNA on Windows: what Windows answers, and the verdict owed. Left out is what only wine does: its
 * closesocket remembers a socket's number after CloseHandle, and answers 0 once more.
 */
class WindowsRawRoadsTest {
    @TempDir
    Path folder;

    static List<Jdks.Jdk> runtimes() {
        return Jdks.windows();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("runtimes")
    void everyWrongCloseIsReportedAndNoOther(Jdks.Jdk jdk) throws Exception {
        ChildJvm.Result result = run(jdk, "RawRoads");

        assertThat(result.stdout().lines())
                .as("%s", result)
                .contains(
                        "healthy socket: 0",
                        "healthy event: true",
                        "healthy file: true",
                        "healthy copy: true",
                        "healthy original: true",
                        "healthy crt: 0",
                        "healthy thread: true",
                        "closesocket again: -1 10038",
                        "CloseHandle again: false 6",
                        "closesocket of an event: -1 10038",
                        "the event: true",
                        "its close: true",
                        "closesocket after close(): -1 10038",
                        "closesocket underneath: 0",
                        "write: threw",
                        "CloseHandle of a socket: true",
                        "CloseHandle of a HANDLE object: true",
                        "CloseHandle after _close: false 6",
                        "failures=0",
                        "summary=null",
                        "witness=ready");
        List<String> alerts = alerts();
        the(alerts, "closesocketTwice", "DOUBLE_CLOSE", "confirmed", "unknown", "jna:closesocket");
        the(alerts, "closeHandleTwice", "DOUBLE_CLOSE", "confirmed", "unknown", "jna:CloseHandle");
        the(alerts, "javaThenRaw", "DOUBLE_CLOSE", "confirmed", "rogue", "jna:closesocket");
        the(alerts, "underneathSocket", "FOREIGN_CLOSE", "certain", "rogue", "jna:closesocket");
        the(alerts, "closeHandleOfSocket", "FOREIGN_CLOSE", "certain", "rogue", "jna:CloseHandle");
        the(alerts, "typedHandle", "FOREIGN_CLOSE", "certain", "rogue", "jna:CloseHandle");
        assertThat(alerts.stream()
                        .filter(line ->
                                line.contains("RawRoads.healthy") || line.contains("RawRoads.closesocketOfEvent(")))
                .isEmpty();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("runtimes")
    void aThreadHandleClosedByHandIsForeignAtOnceAndItsSecondCloseIsFound(Jdks.Jdk jdk) throws Exception {
        ChildJvm.Result result = run(jdk, "ThreadHandle");

        assertThat(result.stdout().lines())
                .as("%s", result)
                .contains("CloseHandle: true", "before the thread's end: writes", "summary=null", "witness=ready");
        assertThat(result.stdout()).contains("after the thread's end: java.io.IOException");
        List<String> alerts = alerts();
        assertThat(alerts).hasSizeGreaterThanOrEqualTo(2);
        assertThat(alerts.get(1))
                .contains(
                        "\"kind\":\"CLOSE_OF_REUSED\",\"level\":\"ERROR\",\"confidence\":\"confirmed\",\"culprit\":\"firstClose\"",
                        "\"type\":\"socket\"",
                        "\"code\":10038",
                        "\"api\":\"crt:_endthread\"",
                        "ThreadHandle.closedByHand(",
                        "ThreadHandle.victimOpens(");
        assertThat(alerts.get(0))
                .contains(
                        "\"kind\":\"FOREIGN_CLOSE\",\"level\":\"ERROR\",\"confidence\":\"certain\",\"culprit\":\"rogue\"",
                        "\"type\":\"thread\"",
                        "jna:CloseHandle",
                        "ThreadHandle.closedByHand(",
                        "jna:_beginthread",
                        "_beginthreadex");
    }

    /** One alert whose rogue close was made in this method of the fixture, and it is of this kind. */
    private static void the(
            List<String> alerts, String method, String kind, String confidence, String culprit, String rogue) {
        assertThat(alerts.stream().filter(line -> rogue(line).contains("RawRoads." + method + "(")))
                .as("alerts of %s", method)
                .singleElement()
                .asString()
                .containsPattern("\"kind\":\"" + kind + "\",\"level\":\"ERROR\",\"confidence\":\"" + confidence
                        + "\",\"culprit\":\"" + culprit + "\"")
                .containsPattern("\"rogue\":\\{[^}]*\"api\":\"" + rogue + "\"");
    }

    private static String rogue(String alert) {
        int start = alert.indexOf("\"rogue\":");
        return start < 0 ? "" : alert.substring(start, alert.indexOf("]", start));
    }

    private List<String> alerts() throws IOException {
        return Files.readAllLines(folder.resolve("alerts.json"));
    }

    private ChildJvm.Result run(Jdks.Jdk jdk, String fixture) {
        return ChildJvm.of(jdk)
                .agent("log=off,stacks=all,alerts=" + folder.resolve("alerts.json"))
                .jvmArgs("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED", "--add-opens=java.base/java.io=ALL-UNNAMED")
                .noMoreThreadsOfItsOwn()
                .fixture("io.notsock.fixtures.windows." + fixture)
                .timeout(Duration.ofMinutes(3))
                .run()
                .expectExit(0);
    }
}
