package io.notsock.alert;

import static io.notsock.alert.SampleAlerts.frame;
import static io.notsock.alert.SampleAlerts.jdk;
import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.handle.HandleType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintTest {
    @Test
    void isShortAndStable() {
        assertThat(Fingerprint.of(SampleAlerts.staleClose().build()))
                .matches("[0-9a-f]{16}")
                .isEqualTo(Fingerprint.of(SampleAlerts.staleClose()
                        .time(SampleAlerts.TIME.plusSeconds(9))
                        .build()));
    }

    @ParameterizedTest
    @CsvSource({
        "com.acme.Pool$$Lambda$14/0x0000000800c03000, com.acme.Pool$$Lambda$99/0x0000000801234567",
        "com.acme.Pool$$Lambda$14/0x0000000800c03000, com.acme.Pool$$Lambda/0x00007f0001234567",
        "com.acme.Hidden/0x0000000800c03000, com.acme.Hidden+0x00007f0001234567",
        "com.acme.Pool$$EnhancerBySpringCGLIB$$1a2b3c4d, com.acme.Pool$$EnhancerBySpringCGLIB$$77",
        "com.acme.Pool$$SpringCGLIB$$0, com.acme.Pool$$SpringCGLIB$$1",
        "com.acme.$Proxy12, com.acme.$Proxy7",
        "com.acme.Pool$ByteBuddy$aBc123, com.acme.Pool$ByteBuddy$zzz",
    })
    void generatedClassesKeepTheirFingerprint(String one, String other) {
        assertThat(rogueAt(frame(one, "run", 1))).isEqualTo(rogueAt(frame(other, "run", 1)));
    }

    @ParameterizedTest
    @CsvSource({
        "lambda$evict$3, lambda$evict$12",
        "lambda$0, lambda$4",
        "access$000, access$100",
        "evict$lambda-1, evict$lambda-2",
        "$anonfun$evict$1, $anonfun$evict$2",
    })
    void generatedMethodsKeepTheirFingerprint(String one, String other) {
        assertThat(rogueAt(frame("com.acme.Pool", one, 1))).isEqualTo(rogueAt(frame("com.acme.Pool", other, 1)));
    }

    @Test
    void lineNumbersAgentFramesAndJdkFramesDoNotCount() {
        String expected = rogueAt(frame("com.acme.Pool", "evict", 1));

        assertThat(rogueAt(frame("com.acme.Pool", "evict", 2))).isEqualTo(expected);
        assertThat(rogueAt(
                        frame("io.notsock.agent.Tracker", "close", 3),
                        frame("java.lang.Notsock", "close", 3),
                        jdk("java.io.FileInputStream", "close", 4),
                        jdk("com.sun.proxy.$Proxy3", "close", 4),
                        frame("com.sun.jna.Function", "invoke", 4),
                        frame("com.acme.Pool", "evict", 5),
                        jdk("java.lang.Thread", "run", 6)))
                .isEqualTo(expected);
    }

    @Test
    void otherCodeOtherKindOrOtherPartyIsAnotherBug() {
        String expected = rogueAt(frame("com.acme.Pool", "evict", 1));
        Alert asFirstClose = SampleAlerts.of(AlertKind.FOREIGN_CLOSE, HandleType.FILE)
                .party(new Party.Builder(Party.Role.FIRST_CLOSE)
                        .stack(frame("com.acme.Pool", "evict", 1))
                        .build())
                .build();

        assertThat(rogueAt(frame("com.acme.Pool", "close", 1))).isNotEqualTo(expected);
        assertThat(rogueAt(frame("com.acme.Pool$1", "evict", 1)))
                .isNotEqualTo(rogueAt(frame("com.acme.Pool$2", "evict", 1)));
        assertThat(Fingerprint.of(asFirstClose)).isNotEqualTo(expected);
    }

    @Test
    void withoutApplicationFramesThePlatformsCount() {
        assertThat(rogueAt(jdk("java.lang.ref.Cleaner", "run", 1)))
                .isEqualTo(rogueAt(jdk("java.lang.ref.Cleaner", "run", 2)))
                .isNotEqualTo(rogueAt(jdk("java.lang.ref.Finalizer", "run", 1)));
    }

    @Test
    void withoutStacksTheApiCounts() {
        assertThat(rogueThrough("jna:close"))
                .isEqualTo(rogueThrough("jna:close"))
                .isNotEqualTo(rogueThrough("ffm:close"));
    }

    private static String rogueAt(StackTraceElement... stack) {
        return Fingerprint.of(SampleAlerts.of(AlertKind.FOREIGN_CLOSE, HandleType.FILE)
                .party(new Party.Builder(Party.Role.ROGUE).api("x").stack(stack).build())
                .build());
    }

    private static String rogueThrough(String api) {
        return Fingerprint.of(SampleAlerts.of(AlertKind.FOREIGN_CLOSE, HandleType.FILE)
                .party(new Party.Builder(Party.Role.ROGUE).api(api).build())
                .build());
    }
}
