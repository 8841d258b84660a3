package io.notsock.agent.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PrecedenceTest {

    static List<Arguments> pairs() {
        List<Arguments> pairs = new ArrayList<>();
        for (Origin stronger : Origin.values()) {
            for (Origin weaker : Origin.values()) {
                if (weaker.compareTo(Origin.FILE) >= 0 && stronger.compareTo(weaker) > 0) {
                    pairs.add(Arguments.of(stronger, weaker));
                }
            }
        }
        return pairs;
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void theStrongerOfEachPairWins(Origin stronger, Origin weaker) {
        Options options = given("history", stronger, "11", weaker, "22").read();

        assertThat(options.history()).isEqualTo(11);
        assertThat(options.origin(OptionKey.HISTORY)).startsWith(stronger.describe(""));
        assertThat(options.problems()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aBadValueGivesTheDefaultAndNotTheWeakerValue(Origin stronger, Origin weaker) {
        Options options = given("history", stronger, "many", weaker, "22").read();

        assertThat(options.history()).isEqualTo(4);
        assertThat(options.origin(OptionKey.HISTORY)).isEqualTo("default");
        assertThat(options.problems()).singleElement().asString().startsWith("history=many (" + stronger.describe(""));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aBadValueThatIsOverriddenIsNoProblem(Origin stronger, Origin weaker) {
        Options options = given("history", stronger, "11", weaker, "many").read();

        assertThat(options.history()).isEqualTo(11);
        assertThat(options.problems()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(OptionKey.class)
    void everyKeyHasItsPropertyAndItsVariable(OptionKey key) {
        String value = OptionValuesTest.goodValue(key);
        String variable = "NOTSOCK_" + key.key().toUpperCase(Locale.ROOT).replace('.', '_');

        for (Sources sources : List.of(
                Sources.argument(key.key() + "=" + value),
                Sources.none().property("notsock." + key.key(), value),
                Sources.none().variable(variable, value))) {
            Options options = sources.file("good-file", "").read();
            assertThat(options.text(key)).isEqualTo(value);
            assertThat(options.problems()).isEmpty();
        }
    }

    @Test
    void originsAreNamedAsTheUserWroteThem() {
        Options options = Sources.argument("level=INFO,config=f.properties")
                .property("notsock.stack.depth", "1")
                .variable("NOTSOCK_LOG_FORMAT", "json")
                .file("f.properties", "history=2")
                .read();

        assertThat(options.origin(OptionKey.LEVEL)).isEqualTo("agent argument");
        assertThat(options.origin(OptionKey.STACK_DEPTH)).isEqualTo("system property notsock.stack.depth");
        assertThat(options.origin(OptionKey.LOG_FORMAT)).isEqualTo("environment variable NOTSOCK_LOG_FORMAT");
        assertThat(options.origin(OptionKey.HISTORY)).isEqualTo("file f.properties");
        assertThat(options.origin(OptionKey.PROBE)).isEqualTo("default");
    }

    @Test
    void anEmptyVariableCountsAsNotSet() {
        Options options = Sources.argument("config=f")
                .variable("NOTSOCK_HISTORY", " ")
                .file("f", "history=2")
                .read();

        assertThat(options.history()).isEqualTo(2);
        assertThat(options.problems()).isEmpty();
    }

    @Test
    void anEmptyPropertyIsABadValue() {
        assertThat(Sources.none().property("notsock.alerts", "").read().problems())
                .containsExactly("alerts= (system property notsock.alerts): accepted: a file name; in effect: none");
    }

    @Test
    void variablesIgnoreCaseOnWindowsOnly() {
        assertThat(Sources.none()
                        .onWindows()
                        .variable("Notsock_Level", "INFO")
                        .read()
                        .level())
                .isEqualTo("INFO");

        Options elsewhere = Sources.none().variable("notsock_level", "INFO").read();
        assertThat(elsewhere.level()).isEqualTo("WARN");
        assertThat(elsewhere.problems())
                .containsExactly("notsock_level=INFO (environment): unknown key, ignored;"
                        + " the nearest is NOTSOCK_LEVEL (ERROR, WARN, INFO)");
    }

    @Test
    void onlyTheArgumentNeedsQuotesButTheyAreUnderstoodEverywhere() {
        Options options = Sources.argument("config=f")
                .property("notsock.alerts", "a,b")
                .variable("NOTSOCK_REPORT", "\"c,d\"")
                .file("f", "journal=\"e,f\"")
                .read();

        assertThat(options.alerts()).isEqualTo("a,b");
        assertThat(options.report()).isEqualTo("c,d");
        assertThat(options.journal()).isEqualTo("e,f");
    }

    private static Sources given(String key, Origin first, String firstValue, Origin second, String secondValue) {
        boolean argumentToo = first == Origin.ARGUMENT;
        Sources sources = argumentToo ? Sources.argument(key + "=" + firstValue) : Sources.none();
        give(sources, key, second, secondValue);
        if (!argumentToo) {
            give(sources, key, first, firstValue);
        }
        return sources;
    }

    private static void give(Sources sources, String key, Origin origin, String value) {
        if (origin == Origin.PROPERTY) {
            sources.property("notsock." + key, value);
        } else if (origin == Origin.ENVIRONMENT) {
            sources.variable("NOTSOCK_" + key.toUpperCase(Locale.ROOT), value);
        } else {
            sources.property("notsock.config", "f").file("f", key + "=" + value);
        }
    }
}
