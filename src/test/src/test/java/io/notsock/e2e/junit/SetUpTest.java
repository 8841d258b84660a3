package io.notsock.e2e.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.EachRuntime;
import io.notsock.e2e.Jdks;
import io.notsock.e2e.start.Runtimes;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How {@code notsock-junit} comes into a test JVM, with the agent and without it, beside the user's own settings. */
class SetUpTest {
    private static final String QUIET = "mode=test,log=off";
    private static final String DETECTION = "junit.jupiter.extensions.autodetection.";
    private static final String EXTENSION = "org.junit.jupiter.api.extension.Extension";
    private static final String FOREIGN = "the foreign extension was detected";

    @TempDir
    Path folder;

    static Stream<Jdks.Jdk> thatAttach() {
        return Runtimes.thatAttach();
    }

    /** One test dependency is enough: the agent's jar comes with it, and is attached. */
    @EachRuntime
    @MethodSource("thatAttach")
    void withoutTheAgentItIsAttached(Jdks.Jdk jdk) {
        ChildJvm.Result result = Console.of(jdk, Console.JUNIT_5, ChildJvm.agentJar())
                .jvmArgs("-Dnotsock.log=off", "-Dnotsock.required=true")
                .tests("Mixed")
                .run()
                .expectExit(1);

        assertThat(Console.results(result).get("failsByItself()")).startsWith("notsock: ERROR FOREIGN_CLOSE");
        assertThat(result.stderr()).doesNotContain("notsock:");
    }

    @Test
    void whereTheJvmMayAttachToItselfItDoes() {
        ChildJvm.Result result = Console.of(Jdks.own(), Console.JUNIT_5, ChildJvm.agentJar())
                .jvmArgs("-Djdk.attach.allowAttachSelf=true", "-Dnotsock.log=off")
                .tests("Mixed")
                .run()
                .expectExit(1);

        assertThat(Console.results(result).get("failsByItself()")).startsWith("notsock: ERROR FOREIGN_CLOSE");
    }

    @Test
    void whereThatIsForbiddenItSaysSoInOneLine() {
        ChildJvm.Result result = Console.of(Jdks.own(), Console.JUNIT_5, ChildJvm.agentJar())
                .jvmArgs("-XX:+DisableAttachMechanism")
                .tests("Settings", "Late")
                .run()
                .expectExit(0);

        assertThat(result.stderr().lines())
                .singleElement()
                .asString()
                .startsWith("notsock: tests are not watched, there is no agent in this JVM: ")
                .contains("DisableAttachMechanism");
    }

    @Test
    void withoutAnyAgentItSaysSoInOneLine() {
        ChildJvm.Result result = Console.of(Jdks.own(), Console.JUNIT_5)
                .tests("Meant", "Settings")
                .run();

        assertThat(result.stderr().lines())
                .singleElement()
                .asString()
                .contains("tests are not watched", "start it with -javaagent:notsock-agent.jar");
        assertThat(Console.results(result).get("passesAndTells()")).isEmpty();
        assertThat(Console.results(result).get("passesBecauseExpected()"))
                .as("nothing can be expected where nothing is watched")
                .isEmpty();
    }

    @Test
    void whereItIsRequiredTestsWithoutTheAgentFail() {
        ChildJvm.Result result = Console.of(Jdks.own(), Console.JUNIT_5)
                .config("notsock.required", "true")
                .tests("Settings")
                .run()
                .expectExit(1);

        assertThat(Console.results(result).get("Settings")).contains("notsock.required=true");
    }

    /** The user's own choice of extensions stays: columns are enabled, include, given as; then whether Foreign is detected. */
    @ParameterizedTest
    @CsvSource({
        "    ,                     , property, false",
        "true,                     , property, true",
        "true,                     , config,   true",
        "true, *Settings*          , property, true",
        "true, com.acme.*          , property, false",
        "false,                    , property, false",
    })
    void onlyOurExtensionIsAdded(String enabled, String include, String how, boolean foreign) {
        Console console = Console.of(
                        Jdks.own(), Console.JUNIT_5, Console.services(folder, EXTENSION, "Settings$Foreign"))
                .agent(QUIET);
        set(console, how, "enabled", enabled);
        set(console, how, "include", include);

        ChildJvm.Result result = console.tests("Settings", "Mixed").run().expectExit(1);

        assertThat(Console.results(result).get("failsByItself()")).startsWith("notsock: ERROR FOREIGN_CLOSE");
        assertThat(result.stdout().contains(FOREIGN)).as("%s", result).isEqualTo(foreign);
        assertThat(result.stdout().lines())
                .as("while tests run the properties are what they were")
                .contains(
                        "enabled=" + (how.equals("property") ? enabled : null),
                        "include=" + (how.equals("property") ? include : null));
    }

    private static void set(Console console, String how, String key, String value) {
        if (value == null) {
            return;
        }
        if (how.equals("property")) {
            console.jvmArgs("-D" + DETECTION + key + "=" + value);
        } else {
            console.config(DETECTION + key, value);
        }
    }

    @Test
    void whatTheBuildForbidsIsSaidInOneLine() {
        ChildJvm.Result result = Console.of(Jdks.own(), Console.JUNIT_5)
                .agent(QUIET)
                .config(DETECTION + "enabled", "false")
                .tests("Settings")
                .run()
                .expectExit(0);

        assertThat(result.stderr().lines())
                .singleElement()
                .asString()
                .contains("tests cannot be failed", DETECTION + "enabled=false", "@ExtendWith");
    }

    @Test
    void testsOfOtherEnginesAreReportedAndFailByTheExitStatus() {
        ChildJvm.Result result = Console.of(
                        Jdks.own(),
                        Console.JUNIT_5,
                        Console.services(folder, "org.junit.platform.engine.TestEngine", "OtherEngine"))
                .agent("mode=test,log=off,exitcode=66")
                .tests("Settings")
                .run()
                .expectExit(66);

        assertThat(result.stderr())
                .contains("notsock: guilty of [engine:other] has an alert that can fail no test; the option exitcode")
                .containsOnlyOnce("ERROR FOREIGN_CLOSE");
    }
}
