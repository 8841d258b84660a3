package io.notsock.agent.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MisspeltKeyTest {

    @ParameterizedTest
    @CsvSource({
        "levle,level",
        "Level,level",
        "log-format,log.format",
        "log_format,log.format",
        "logformat,log.format",
        "stackdepth,stack.depth",
        "stack,stacks",
        "leak,leaks",
        "leaks.tial,leaks.tail",
        "supressions,suppressions",
        "supression,suppressions",
        "exit.code,exitcode",
        "metric,metrics",
        "logs,log",
        "JFR,jfr",
        "onError,onerror",
        "explain.executor,explain.executors",
        "jounral,journal"
    })
    void aSlipIsReportedInEverySource(String wrong, String right) {
        String accepted = " (" + OptionKey.of(right).accepted() + ")";

        assertThat(Sources.argument(wrong + "=1").read().problems())
                .containsExactly(
                        wrong + "=1 (agent argument): unknown key, ignored; the nearest is " + right + accepted);
        assertThat(Sources.none().property("notsock." + wrong, "1").read().problems())
                .containsExactly("notsock." + wrong
                        + "=1 (system property): unknown key, ignored; the nearest is notsock." + right + accepted);
        assertThat(Sources.argument("config=f").file("f", wrong + "=1").read().problems())
                .containsExactly(wrong + "=1 (file f): unknown key, ignored; the nearest is " + right + accepted);
    }

    @ParameterizedTest
    @CsvSource({"LEVLE,LEVEL", "LOGFORMAT,LOG_FORMAT", "STACKDEPTH,STACK_DEPTH", "LEAK,LEAKS"})
    void aSlipInTheEnvironment(String wrong, String right) {
        OptionKey key = OptionKey.of(right.toLowerCase(Locale.ROOT).replace('_', '.'));

        assertThat(Sources.none().variable("NOTSOCK_" + wrong, "1").read().problems())
                .containsExactly("NOTSOCK_" + wrong + "=1 (environment): unknown key, ignored; the nearest is NOTSOCK_"
                        + right + " (" + key.accepted() + ")");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "required",
                "api.enabled",
                "api.level",
                "apilevel",
                "wine",
                "wine.prefix",
                "wine.log",
                "junit.mode",
                "jar",
                "agent.jar",
                "home",
                "port",
                "version",
                "java.home",
                "jdk",
                "main",
                "it.jdks",
                "debug"
            })
    void namesOfOthersAreLeftAlone(String name) {
        Options options = Sources.none()
                .property("notsock." + name, "1")
                .variable("NOTSOCK_" + name.toUpperCase(Locale.ROOT).replace('.', '_'), "1")
                .read();

        assertThat(options.problems()).isEmpty();
    }

    @Test
    void namesWithoutOurPrefixAreNotLookedAt() {
        Options options = Sources.none()
                .property("notsocklevel", "1")
                .property("my.notsock.levle", "1")
                .property("level", "1")
                .variable("NOTSOCK", "1")
                .variable("LEVEL", "INFO")
                .variable("MY_NOTSOCK_LEVLE", "1")
                .read();

        assertThat(options.problems()).isEmpty();
        assertThat(options.level()).isEqualTo("WARN");
    }

    @Test
    void anUnknownKeyInArgumentOrFileIsAlwaysReported() {
        assertThat(Sources.argument("completely-different=1").read().problems())
                .singleElement()
                .asString()
                .startsWith("completely-different=1 (agent argument): unknown key, ignored; the nearest is ");
        assertThat(Sources.argument("config=f").file("f", "required=1").read().problems())
                .hasSize(1);
    }

    @Test
    void aKeyWithThePropertysPrefixIsUnderstoodAsASlip() {
        assertThat(Sources.argument("notsock.history=5").read().problems())
                .containsExactly(
                        "notsock.history=5 (agent argument): unknown key, ignored; the nearest is history (1..64)");
    }

    @ParameterizedTest
    @CsvSource({
        "'','',0",
        "a,'',1",
        "'',abc,3",
        "abc,abc,0",
        "abc,acb,1",
        "abc,bc,1",
        "abc,axc,1",
        "abcd,badc,2",
        "jar,jfr,1"
    })
    void distance(String a, String b, int edits) {
        assertThat(KeyDistance.between(a, b)).isEqualTo(edits);
        assertThat(KeyDistance.between(b, a)).isEqualTo(edits);
    }
}
