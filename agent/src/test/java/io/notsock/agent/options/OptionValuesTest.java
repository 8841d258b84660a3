package io.notsock.agent.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionValuesTest {

    /** Something acceptable that is not the default. */
    static String goodValue(OptionKey key) {
        return switch (key.kind()) {
            case CHOICE -> {
                String[] words = key.accepted().split(", ", -1);
                yield words[0].equals(key.defaultText(false)) ? words[1] : words[0];
            }
            case NUMBER -> key.accepted().substring(key.accepted().indexOf("..") + 2);
            case DURATION, DURATION_OR_OFF -> "7m";
            case LOG_TARGET -> "file:good-file";
            case ADDRESS_OR_OFF -> "localhost:9404";
            case FILE, FILE_OR_OFF, FILES -> "good-file";
        };
    }

    static Stream<Arguments> badValues() {
        return Stream.of(
                bad(OptionKey.MODE, "testing", "prod", "on"),
                bad(OptionKey.ALERTS, "", "a\0b"),
                bad(OptionKey.LOG, "stdout", "file:", "/var/log/x", "on", "file"),
                bad(OptionKey.LOG_FORMAT, "xml", "jsonl"),
                bad(OptionKey.LOGBACK, "", "a\0b"),
                bad(OptionKey.LEVEL, "DEBUG", "WARN, INFO", "WARNING", "WAR"),
                bad(OptionKey.REPORT, "", "a\0b"),
                bad(OptionKey.EXITCODE, "-1", "256", "one", "", "+1", "1.0", "\u0661", "99999999999999999999"),
                bad(OptionKey.STACKS, "on", "some"),
                bad(OptionKey.STACK_DEPTH, "0", "257", "deep"),
                bad(OptionKey.HISTORY, "0", "65", "0x10"),
                bad(OptionKey.LEAKS, "true", "yes", ""),
                bad(
                        OptionKey.LEAKS_TAIL,
                        "off",
                        "5",
                        "s",
                        "5 s",
                        "5d",
                        "-5s",
                        "1.5s",
                        "5S",
                        "1000001h",
                        "9999999999ms"),
                bad(OptionKey.EXPLAIN, "1"),
                bad(OptionKey.EXPLAIN_EXECUTORS, "all"),
                bad(OptionKey.PROBE, "no"),
                bad(OptionKey.AUDIT, "on", "0s", "0ms", "30", "half"),
                bad(OptionKey.SUPPRESSIONS, "", "a\0b"),
                bad(OptionKey.CATALOG, "", ":", "a:\0b"),
                bad(OptionKey.CACHE, "", "a\0b"),
                bad(OptionKey.JMX, "auto"),
                bad(OptionKey.JFR, "auto"),
                bad(
                        OptionKey.METRICS,
                        "on",
                        "9404",
                        ":9404",
                        "localhost",
                        "localhost:",
                        "localhost:65536",
                        "localhost:-1",
                        "local host:1",
                        "*:9404",
                        "::1:9404",
                        "[]:9404",
                        "[localhost]:9404",
                        "http://localhost:9404/metrics"),
                bad(OptionKey.ONERROR, "fail", "abort"),
                bad(OptionKey.CONFIG, "", "a\0b"),
                bad(OptionKey.JOURNAL, "", "a\0b"));
    }

    private static Arguments bad(OptionKey key, String... values) {
        return Arguments.of(key, List.of(values));
    }

    @ParameterizedTest
    @MethodSource("badValues")
    void aBadValueIsOneLineAndTheDefaultHolds(OptionKey key, List<String> values) {
        for (String value : values) {
            Options options =
                    Sources.none().property("notsock." + key.key(), value).read();

            assertThat(options.problems())
                    .as("%s=%s", key.key(), value)
                    .containsExactly(key.key() + "=" + value.replace("\0", "\\u0000") + " (system property notsock."
                            + key.key() + "): accepted: " + key.accepted() + "; in effect: " + key.defaultInWords());
            assertThat(options.text(key)).isEqualTo(key.defaultText(false));
            assertThat(options.origin(key)).isEqualTo("default");
        }
    }

    @Test
    void everyKeyHasItsBadValues() {
        assertThat(badValues().map(arguments -> arguments.get()[0])).containsExactly((Object[]) OptionKey.values());
    }

    @ParameterizedTest
    @EnumSource(OptionKey.class)
    void everyDefaultIsAcceptable(OptionKey key) {
        for (boolean testMode : new boolean[] {false, true}) {
            String text = key.defaultText(testMode);
            assertThat(text == null || OptionValues.parse(key, text, false) != null)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"0ms,0", "100ms,100", "5s,5000", "2m,120000", "1h,3600000", "1000000h,3600000000000", "007s,7000"})
    void durations(String text, long millis) {
        assertThat(Sources.argument("leaks.tail=" + text).read().leaksTailMillis())
                .isEqualTo(millis);
    }

    @Test
    void audit() {
        assertThat(Sources.none().read().auditMillis()).isEqualTo(30_000);
        assertThat(Sources.argument("audit=off").read().auditMillis()).isZero();
        assertThat(Sources.argument("audit=OFF").read().auditMillis()).isZero();
        assertThat(Sources.argument("audit=1ms").read().auditMillis()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "exitcode,0",
        "exitcode,1",
        "exitcode,255",
        "stack.depth,1",
        "stack.depth,256",
        "history,1",
        "history,64"
    })
    void endsOfRanges(String key, int value) {
        Options options = Sources.argument(key + "=" + value).read();

        assertThat(options.problems()).isEmpty();
        assertThat(options.text(OptionKey.of(key))).isEqualTo(String.valueOf(value));
    }

    @Test
    void numbersReachTheirGetters() {
        Options options =
                Sources.argument("exitcode=99,stack.depth=8,history=16").read();

        assertThat(options.exitCode()).isEqualTo(99);
        assertThat(options.stackDepth()).isEqualTo(8);
        assertThat(options.history()).isEqualTo(16);
    }

    @Test
    void wordsMayBeInEitherCase() {
        Options options = Sources.argument("level=error,leaks=ON,mode=Test,log=FILE:x,metrics=Off")
                .read();

        assertThat(options.problems()).isEmpty();
        assertThat(options.level()).isEqualTo("ERROR");
        assertThat(options.text(OptionKey.LEVEL)).isEqualTo("ERROR");
        assertThat(options.leaks()).isTrue();
        assertThat(options.testMode()).isTrue();
        assertThat(options.logFile()).isEqualTo("x");
        assertThat(options.metrics()).isFalse();
    }

    @Test
    void log() {
        assertThat(Sources.none().read().logToStderr()).isTrue();
        assertThat(Sources.none().read().logFile()).isNull();

        Options off = Sources.argument("log=off").read();
        assertThat(off.logToStderr()).isFalse();
        assertThat(off.logFile()).isNull();

        Options file = Sources.argument("log=file:C:\\logs\\notsock-%p-%t.log")
                .onWindows()
                .read();
        assertThat(file.problems()).isEmpty();
        assertThat(file.logToStderr()).isFalse();
        assertThat(file.logFile()).isEqualTo("C:\\logs\\notsock-%p-%t.log");
    }

    @Test
    void cache() {
        assertThat(Sources.none().read().cache()).isTrue();
        assertThat(Sources.none().read().cacheFolder()).isNull();
        assertThat(Sources.argument("cache=off").read().cache()).isFalse();
        assertThat(Sources.argument("cache=off").read().cacheFolder()).isNull();
        assertThat(Sources.argument("cache=/c").read().cache()).isTrue();
        assertThat(Sources.argument("cache=/c").read().cacheFolder()).isEqualTo("/c");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:9404,localhost,9404",
        "0.0.0.0:0,0.0.0.0,0",
        "my-host.example_1.org:65535,my-host.example_1.org,65535",
        "[::1]:9404,::1,9404",
        "[fe80::1%eth0]:1,fe80::1%eth0,1"
    })
    void metrics(String text, String host, int port) {
        Options options = Sources.argument("metrics=" + text).read();

        assertThat(options.problems()).isEmpty();
        assertThat(options.metrics()).isTrue();
        assertThat(options.metricsHost()).isEqualTo(host);
        assertThat(options.metricsPort()).isEqualTo(port);
    }

    @Test
    void metricsOff() {
        Options options = Sources.none().read();

        assertThat(options.metrics()).isFalse();
        assertThat(options.metricsHost()).isNull();
        assertThat(options.metricsPort()).isEqualTo(-1);
    }

    @Test
    void catalogIsAListInTheSystemsWay() {
        assertThat(Sources.none().read().catalog()).isEmpty();
        assertThat(Sources.argument("catalog=a:b::c:").read().catalog()).containsExactly("a", "b", "c");
        assertThat(Sources.argument("catalog=C:\\a;D:\\b").onWindows().read().catalog())
                .containsExactly("C:\\a", "D:\\b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a?b", "a*b", "<a", "a>", "a|b", "a\tb", "C:\\a\"b"})
    void whatWindowsRefusesInAName(String path) {
        assertThat(Sources.argument("alerts=" + path).onWindows().read().problems())
                .hasSize(1);
        assertThat(Sources.argument("alerts=" + path).read().alerts()).isEqualTo(path);
    }

    @Test
    void theLongFormOfAWindowsPathIsFine() {
        assertThat(Sources.argument("alerts=\\\\?\\C:\\a").onWindows().read().alerts())
                .isEqualTo("\\\\?\\C:\\a");
    }
}
