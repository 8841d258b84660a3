package io.notsock.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.Jdks;
import io.notsock.e2e.library.Libraries;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every kind of alert by the roads that are no call of a native function: the native methods of a released library, and
 * reflection into the JDK.
 */
class OtherRoadsTest {
    private static final String HIDDEN = "WARN HIDDEN_CLOSE certain unknown by null after null";

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> byTheNativeMethodsOfNetty() {
        String close = "java:io.netty.channel.unix.FileDescriptor.close";
        String write = "java:io.netty.channel.unix.FileDescriptor.write";
        return onEveryRuntime("NettyRoad", owed(close, close, write, "certain"));
    }

    @TestFactory
    Stream<DynamicTest> byReflection() {
        String close = "java:java.io.FileDescriptor.close";
        return onEveryRuntime("ReflectionRoad", owed(close, close, "java:java.io.FileInputStream.read", "confirmed"));
    }

    /** @param useAfter a use whose answer is seen is confirmed by it */
    private static Map<String, String> owed(String close, String first, String use, String useAfter) {
        Map<String, String> owed = new LinkedHashMap<>();
        owed.put("twice", "ERROR DOUBLE_CLOSE confirmed rogue by " + close + " after " + first);
        owed.put("reused", "ERROR CLOSE_OF_REUSED certain rogue by " + close + " after " + first);
        owed.put("foreign", "ERROR FOREIGN_CLOSE certain rogue by " + close + " after null");
        owed.put("useAfter", "ERROR USE_AFTER_CLOSE " + useAfter + " rogue by " + use + " after " + first);
        owed.put("useOfReused", "ERROR USE_OF_REUSED certain rogue by " + use + " after " + first);
        owed.put("hidden", HIDDEN);
        return owed;
    }

    private Stream<DynamicTest> onEveryRuntime(String program, Map<String, String> owed) {
        return Fixtures.runtimes().stream().map(jdk -> dynamicTest(jdk.toString(), () -> check(jdk, program, owed)));
    }

    private void check(Jdks.Jdk jdk, String program, Map<String, String> owed) {
        Path alerts = folder.resolve(program + jdk.version() + jdk.home().hashCode() + ".json");
        ChildJvm.Result result =
                program(jdk, program).agent(Fixtures.options(alerts)).run().expectExit(0);
        assertThat(result.stdout()).doesNotContain("FAILED", " left ");
        List<AlertLines.Line> lines = AlertLines.read(alerts);
        owed.forEach((scenario, expected) -> assertThat(lines.stream()
                        .filter(line -> line.mentions(program + "." + scenario + "("))
                        .map(OtherRoadsTest::told))
                .as(scenario)
                .containsExactly(expected));
        lines.forEach(line -> assertThat(line.number()).isIn(numbers(result, owed)));
        assertThat(lines).hasSize(owed.size());
    }

    static ChildJvm program(Jdks.Jdk jdk, String name) {
        return Fixtures.program(jdk, name).classpath(Libraries.jars("netty-4.1.34.Final"));
    }

    private static List<Long> numbers(ChildJvm.Result result, Map<String, String> owed) {
        return owed.keySet().stream()
                .map(scenario -> Fixtures.number(result, scenario))
                .toList();
    }

    private static String told(AlertLines.Line line) {
        return line.verdict() + " by " + line.of("rogue", "api") + " after " + line.of("firstClose", "api");
    }
}
