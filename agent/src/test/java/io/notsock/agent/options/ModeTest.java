package io.notsock.agent.options;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModeTest {

    @Test
    void production() {
        Options options = Sources.none().read();

        assertThat(options.testMode()).isFalse();
        assertThat(options.stacks()).isEqualTo(Stacks.AUTO);
        assertThat(options.leaks()).isFalse();
        assertThat(options.origin(OptionKey.STACKS)).isEqualTo("default");
        assertThat(options.problems()).isEmpty();
    }

    @Test
    void test() {
        Options options = Sources.argument("mode=test").read();

        assertThat(options.testMode()).isTrue();
        assertThat(options.stacks()).isEqualTo(Stacks.ALL);
        assertThat(options.leaks()).isTrue();
        assertThat(options.origin(OptionKey.STACKS)).isEqualTo("mode=test");
        assertThat(options.origin(OptionKey.PROBE)).isEqualTo("default");
        assertThat(options.problems()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = OptionKey.class,
            names = {"STACKS", "LEAKS"},
            mode = EnumSource.Mode.EXCLUDE)
    void testChangesNothingElse(OptionKey key) {
        assertThat(key.defaultText(true)).isEqualTo(key.defaultText(false));
    }

    @Test
    void explicitKeysWinWhateverTheSource() {
        Options options = Sources.argument("mode=test,config=f")
                .variable("NOTSOCK_LEAKS", "off")
                .file("f", "stacks=auto")
                .read();

        assertThat(options.leaks()).isFalse();
        assertThat(options.stacks()).isEqualTo(Stacks.AUTO);
    }

    @Test
    void theWeakestSourceMaySetTheMode() {
        Options options =
                Sources.argument("leaks=off,config=f").file("f", "mode=test").read();

        assertThat(options.stacks()).isEqualTo(Stacks.ALL);
        assertThat(options.leaks()).isFalse();
    }

    @Test
    void aBadValueGivesThePreset() {
        Options options = Sources.argument("mode=test,stacks=everything").read();

        assertThat(options.stacks()).isEqualTo(Stacks.ALL);
        assertThat(options.problems())
                .containsExactly("stacks=everything (agent argument): accepted: auto, all, off; in effect: all");
    }

    @Test
    void onError() {
        assertThat(Sources.none().read().exitOnProblem()).isFalse();
        assertThat(Sources.argument("onerror=exit").read().exitOnProblem()).isTrue();
        assertThat(Sources.argument("oops,onerror=exit").read().exitOnProblem()).isTrue();
        assertThat(Sources.argument("onerror=die").read().exitOnProblem()).isFalse();
        assertThat(Sources.argument("oops=1")
                        .variable("NOTSOCK_ONERROR", "exit")
                        .read()
                        .exitOnProblem())
                .isTrue();
    }

    @Test
    void switches() {
        Options defaults = Sources.none().read();
        assertThat(defaults.explain()).isTrue();
        assertThat(defaults.probe()).isTrue();
        assertThat(defaults.jmx()).isTrue();
        assertThat(defaults.jfr()).isTrue();
        assertThat(defaults.explainExecutors()).isFalse();
        assertThat(defaults.logJson()).isFalse();

        Options changed = Sources.argument("explain=off,probe=off,jmx=off,jfr=off,explain.executors=on,log.format=json")
                .read();
        assertThat(changed.explain()).isFalse();
        assertThat(changed.probe()).isFalse();
        assertThat(changed.jmx()).isFalse();
        assertThat(changed.jfr()).isFalse();
        assertThat(changed.explainExecutors()).isTrue();
        assertThat(changed.logJson()).isTrue();
    }

    @Test
    void fileNamesAreKeptAsWritten() {
        Options options = Sources.argument("alerts=a-%p.jsonl,logback=b,report=c,suppressions=d,journal=e")
                .read();

        assertThat(options.alerts()).isEqualTo("a-%p.jsonl");
        assertThat(options.logback()).isEqualTo("b");
        assertThat(options.report()).isEqualTo("c");
        assertThat(options.suppressions()).isEqualTo("d");
        assertThat(options.journal()).isEqualTo("e");
        assertThat(Sources.none().read().config()).isNull();
    }
}
