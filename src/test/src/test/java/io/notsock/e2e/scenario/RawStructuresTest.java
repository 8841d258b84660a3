package io.notsock.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.Jdks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Numbers inside structures: streams of the C library, poll and select, descriptors that come in a message. */
class RawStructuresTest {
    private static final String USED = "ERROR USE_AFTER_CLOSE confirmed unknown by jna:%s after jna:close";
    private static final String HIDDEN = "WARN HIDDEN_CLOSE %s unknown by null after null";
    private static final String OF_STREAM = "ERROR %s firstClose by jna:%s after jna:close";

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> onEveryRuntime() {
        return Fixtures.runtimes().stream().map(jdk -> dynamicTest(jdk.toString(), () -> check(jdk)));
    }

    private void check(Jdks.Jdk jdk) {
        Path alerts = folder.resolve("structures-" + jdk.version() + jdk.home().hashCode() + ".json");
        ChildJvm.Result result = Fixtures.program(jdk, "RawStructures")
                .agent(Fixtures.options(alerts))
                .run()
                .expectExit(0);
        assertThat(result.stdout())
                .contains("streams done", "javasStream done", "waiting done")
                .doesNotContain("FAILED", " left ");
        assertThat(result.stderr()).isEmpty();
        Map<Long, List<String>> byNumber = new LinkedHashMap<>();
        for (AlertLines.Line line : AlertLines.read(alerts)) {
            byNumber.computeIfAbsent(line.number(), n -> new ArrayList<>())
                    .add(line.verdict() + " by " + line.of("rogue", "api") + " after " + line.of("firstClose", "api"));
        }
        Map<Long, List<String>> expected = new LinkedHashMap<>();
        owed().forEach((scenario, verdict) -> expected.computeIfAbsent(
                        Fixtures.number(result, scenario), n -> new ArrayList<>())
                .add(verdict));
        assertThat(byNumber.keySet()).isEqualTo(expected.keySet());
        expected.forEach(
                (number, verdicts) -> assertThat(byNumber.get(number)).containsExactlyInAnyOrderElementsOf(verdicts));
    }

    private static Map<String, String> owed() {
        Map<String, String> owed = new LinkedHashMap<>();
        owed.put("pollAfter", String.format(USED, "poll"));
        owed.put("selectAfter", String.format(USED, "select"));
        owed.put("pollHidden", String.format(HIDDEN, "confirmed"));
        owed.put("selectHidden", String.format(HIDDEN, "confirmed"));
        owed.put("streamThenFd", "ERROR DOUBLE_CLOSE confirmed unknown by jna:close after jna:fclose");
        owed.put("fdThenStream", String.format(OF_STREAM, "DOUBLE_CLOSE confirmed", "fclose"));
        owed.put("fdThenStreamReused", String.format(OF_STREAM, "CLOSE_OF_REUSED certain", "fclose"));
        owed.put("filenoReused", String.format(OF_STREAM, "CLOSE_OF_REUSED certain", "fclose"));
        owed.put("folder", String.format(OF_STREAM, "DOUBLE_CLOSE confirmed", "closedir"));
        owed.put("passedTwice", "ERROR DOUBLE_CLOSE confirmed unknown by jna:close after jna:close");
        owed.put("passedHidden", String.format(HIDDEN, "certain"));
        return owed;
    }
}
