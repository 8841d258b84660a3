package io.notsock.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.Jdks;
import io.notsock.e2e.library.Libraries;
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
 * Releases of JNA from 4.1 on, whose classes changed a good deal: all of its ways to a function are seen in each. (The jar
 * of 4.0.0 is damaged: JDK 25 does not open it.)
 */
class JnaReleasesTest {
    private static final List<String> RELEASES = List.of("4.1.0", "4.5.2", "5.0.0");
    private static final String TWICE = "ERROR DOUBLE_CLOSE confirmed unknown by jna:close";
    private static final String FOREIGN = "ERROR FOREIGN_CLOSE certain rogue by jna:close";

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> everyReleaseOnEveryRuntime() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Jdks.Jdk jdk : Jdks.all()) {
            for (String release : RELEASES) {
                tests.add(dynamicTest("JNA " + release + " on " + jdk, () -> check(jdk, release)));
            }
        }
        return tests.stream();
    }

    private void check(Jdks.Jdk jdk, String release) {
        Path alerts = folder.resolve("jna-" + release + "-" + jdk.version() + ".json");
        ChildJvm child = ChildJvm.of(jdk)
                .classpath(Libraries.jars("jna-" + release))
                .classpath(ChildJvm.fixtures())
                .main("io.notsock.fixtures.scenario.AnyJna")
                .jvmArgs("--add-opens=java.base/java.io=ALL-UNNAMED")
                .agent(Fixtures.options(alerts));
        if (jdk.version() >= 24) {
            child.jvmArgs("--enable-native-access=ALL-UNNAMED"); // else the JVM warns of JNA's own calls
        }
        ChildJvm.Result result = child.run().expectExit(0);

        assertThat(result.stdout()).contains("JNA " + release, "healthy done").doesNotContain("FAILED", " left ");
        assertThat(result.stderr()).isEmpty();
        Map<String, String> told = new LinkedHashMap<>();
        for (AlertLines.Line line : AlertLines.read(alerts)) {
            told.put(scenario(result, line.number()), line.verdict() + " by " + line.of("rogue", "api"));
        }
        assertThat(told)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "twice", TWICE,
                        "directTwice", TWICE,
                        "functionTwice", TWICE,
                        "foreign", FOREIGN,
                        "directForeign", FOREIGN,
                        "shutAfter", "ERROR USE_AFTER_CLOSE confirmed unknown by jna:shutdown"));
    }

    private static String scenario(ChildJvm.Result result, long number) {
        for (String line : result.stdout().lines().toList()) {
            if (line.endsWith(" number=" + number)) {
                return line.substring(0, line.indexOf(' '));
            }
        }
        return "number " + number;
    }
}
