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

/**
 * Every kind of alert that plain integers can cause, by every road to a native function: JNA's interface mapping and direct
 * mapping, and the JDK's foreign-function API with and without errno, bound and unbound, by each of its lookups; and silence where all is well.
 */
class RawRoadsTest {
    private static final String FOREIGN = "ERROR FOREIGN_CLOSE certain rogue";

    @TempDir
    Path folder;

    /** A runtime and a road by which its programs come to native functions. */
    record Way(Jdks.Jdk jdk, String road) {
        /** Whether a refused use tells why: JNA keeps errno always, the JDK where it is asked to. */
        boolean seesUses() {
            return !road.startsWith("direct") && !road.equals("ffm-plain");
        }

        String api() {
            return road.startsWith("ffm") ? "ffm:" : "jna:";
        }

        @Override
        public String toString() {
            return road + " on " + jdk;
        }
    }

    static List<Way> ways() {
        List<Way> ways = new ArrayList<>();
        for (Jdks.Jdk jdk : Fixtures.runtimes()) {
            ways.add(new Way(jdk, "interface"));
            ways.add(new Way(jdk, "direct"));
            ways.add(new Way(jdk, "interface-other")); // dlsym(3) finds what a library depends on, too
            ways.add(new Way(jdk, "direct-other"));
            if (jdk.version() >= 21) { // a preview there: reached by reflection alone
                ways.add(new Way(jdk, "ffm"));
            }
            if (jdk.version() >= 25) {
                ways.add(new Way(jdk, "ffm-plain"));
                ways.add(new Way(jdk, "ffm-unbound"));
                ways.add(new Way(jdk, "ffm-library"));
                ways.add(new Way(jdk, "ffm-loader"));
                ways.add(new Way(jdk, "ffm-other"));
            }
        }
        return ways;
    }

    private Path alertsOf(Way way, String program) {
        return folder.resolve(program + way.jdk().version() + way.jdk().home().hashCode() + way.road() + ".json");
    }

    @TestFactory
    Stream<DynamicTest> whatPlainIntegersDoWrongIsReported() {
        return ways().stream().map(way -> dynamicTest(way.toString(), () -> reported(way)));
    }

    static ChildJvm program(Way way, String name) {
        ChildJvm child = Fixtures.program(way.jdk(), name).args(way.road());
        if (way.road().startsWith("ffm") && way.jdk().version() < 24) {
            child.jvmArgs("--enable-native-access=ALL-UNNAMED"); // else the JVM warns of the program's own call
        }
        return child;
    }

    private void reported(Way way) {
        Path alerts = alertsOf(way, "reported");
        ChildJvm.Result result = program(way, "RawReported")
                .agent(Fixtures.options(alerts))
                .run()
                .expectExit(0);
        assertThat(result.stdout()).doesNotContain("FAILED");
        // After every verdict the registry is what the OS lists again; a use that nobody sees brings none.
        assertThat(way.seesUses() ? result.stdout() : result.stdout().replace("hiddenUse left ", ""))
                .doesNotContain(" left ");
        assertThat(result.stderr()).isEmpty();
        Map<Long, List<String>> byNumber = new LinkedHashMap<>();
        for (AlertLines.Line line : AlertLines.read(alerts)) {
            byNumber.computeIfAbsent(line.number(), n -> new ArrayList<>()).add(told(line));
        }
        Map<String, List<String>> owed = owed(way);
        for (Map.Entry<String, List<String>> each : owed.entrySet()) {
            assertThat(byNumber.get(Fixtures.number(result, each.getKey())))
                    .as(each.getKey())
                    .isEqualTo(each.getValue());
        }
        assertThat(byNumber).hasSize(owed.size());
    }

    /** The verdict, the rogue's API and the first closer's. */
    private static String told(AlertLines.Line line) {
        return line.verdict() + " by " + line.of("rogue", "api") + " after " + line.of("firstClose", "api");
    }

    private static Map<String, List<String>> owed(Way way) {
        String api = way.api();
        String close = api + "close";
        String doubleClose = "ERROR DOUBLE_CLOSE confirmed unknown by " + close + " after " + close;
        Map<String, List<String>> owed = new LinkedHashMap<>();
        owed.put("twice", List.of(doubleClose));
        owed.put(
                "afterJava",
                List.of("ERROR DOUBLE_CLOSE confirmed rogue by " + close + " after java:java.io.FileDescriptor.close"));
        owed.put("foreign", List.of(FOREIGN + " by " + close + " after null"));
        owed.put("reused", List.of("ERROR CLOSE_OF_REUSED certain rogue by " + close + " after " + close));
        owed.put("sameSite", List.of("ERROR CLOSE_OF_REUSED certain rogue by " + close + " after " + close));
        owed.put("otherUser", List.of(FOREIGN + " by " + close + " after null"));
        owed.put(
                "useOfReused",
                List.of(
                        FOREIGN + " by " + close + " after null",
                        "ERROR USE_OF_REUSED certain firstClose by java:sun.nio.ch.SocketDispatcher.write after "
                                + close));
        owed.put("hiddenReuse", List.of("WARN HIDDEN_CLOSE certain unknown by null after null"));
        // Where the failing use says nothing, the next open of the number does.
        String how = way.seesUses() ? "confirmed" : "certain";
        owed.put("hiddenUse", List.of("WARN HIDDEN_CLOSE " + how + " unknown by null after null"));
        if (way.seesUses()) {
            owed.put("useAfter", List.of("ERROR USE_AFTER_CLOSE confirmed unknown by " + api + "write after " + close));
        }
        if (!way.road().equals("ffm-plain")) { // without errno a failure says nothing
            owed.put(
                    "shutAfter",
                    List.of("ERROR USE_AFTER_CLOSE confirmed unknown by " + api + "shutdown after " + close));
        }
        // It returns the error's number: no errno is needed.
        owed.put(
                "adviseAfter",
                List.of("ERROR USE_AFTER_CLOSE confirmed unknown by " + api + "posix_fadvise after " + close));
        owed.put("redirect", List.of("WARN FOREIGN_CLOSE suspected rogue by " + api + "dup2 after null"));
        owed.put("overwrite", List.of(FOREIGN + " by " + api + "dup2 after null"));
        owed.put("range", List.of(FOREIGN + " by " + api + "close_range after null"));
        owed.put("duplicate", List.of(doubleClose));
        owed.put("fcntl", List.of(doubleClose));
        return owed;
    }

    @TestFactory
    Stream<DynamicTest> whatPlainIntegersDoRightIsSilent() {
        return ways().stream().map(way -> dynamicTest(way.toString(), () -> silent(way)));
    }

    private void silent(Way way) {
        Path alerts = alertsOf(way, "silent");
        ChildJvm.Result result =
                program(way, "RawSilent").agent(Fixtures.options(alerts)).run().expectExit(0);
        assertThat(result.stdout()).doesNotContain("FAILED").contains("\nfailures=0\n", "\nmissing=[]\n");
        // libffi keeps a temporary file of its own for what it generates
        assertThat(result.stdout().replaceAll("unclassified=1\nunclassified \\d+ \\S*/ffi\\w+ .*", "unclassified=0"))
                .contains("\nunclassified=0\n");
        assertThat(result.stderr()).isEmpty();
        assertThat(AlertLines.read(alerts)).isEmpty();
    }
}
