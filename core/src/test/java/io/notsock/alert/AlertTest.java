package io.notsock.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.handle.HandleType;
import org.junit.jupiter.api.Test;

class AlertTest {
    @Test
    void aSuspicionIsAtMostAWarning() {
        Alert.Builder suspected =
                SampleAlerts.of(AlertKind.CLOSE_OF_REUSED, HandleType.SOCKET).confidence(Confidence.SUSPECTED);

        assertThat(suspected.build().level()).isEqualTo(Level.WARN);
        assertThat(suspected.level(Level.ERROR).build().level()).isEqualTo(Level.WARN);
        assertThat(suspected.level(Level.INFO).build().level()).isEqualTo(Level.INFO);
    }

    @Test
    void theLevelIsTheKindsUnlessGiven() {
        assertThat(SampleAlerts.of(AlertKind.DOUBLE_CLOSE, HandleType.FILE)
                        .build()
                        .level())
                .isEqualTo(Level.ERROR);
        assertThat(SampleAlerts.of(AlertKind.HIDDEN_CLOSE, HandleType.FILE)
                        .build()
                        .level())
                .isEqualTo(Level.WARN);
        assertThat(SampleAlerts.of(AlertKind.REDUNDANT_CLOSE, HandleType.FILE)
                        .build()
                        .level())
                .isEqualTo(Level.INFO);
        assertThat(SampleAlerts.of(AlertKind.FOREIGN_CLOSE, HandleType.FILE)
                        .level(Level.WARN)
                        .build()
                        .level())
                .isEqualTo(Level.WARN);
    }

    @Test
    void aPartyHasAStackOrAReason() {
        Party without = new Party.Builder(Party.Role.ROGUE).build();
        Party with = new Party.Builder(Party.Role.ROGUE)
                .stack(SampleAlerts.frame("a.B", "c", 1))
                .stackMissing("ignored")
                .build();

        assertThat(without.stack()).isNull();
        assertThat(without.stackMissing()).isEqualTo("not captured");
        assertThat(with.stack()).containsExactly("a.B.c(B.java:1)");
        assertThat(with.stackMissing()).isNull();
    }

    @Test
    void framesAreWrittenWithoutLoaderAndModule() {
        Party party = new Party.Builder(Party.Role.ROGUE)
                .stack(
                        SampleAlerts.jdk("java.io.FileInputStream", "close", 5),
                        new StackTraceElement("a.B", "nativeCall", "B.java", -2),
                        new StackTraceElement("a.B", "noLine", "B.java", -1),
                        new StackTraceElement("a.B", "noFile", null, -1))
                .build();

        assertThat(party.stack())
                .containsExactly(
                        "java.io.FileInputStream.close(FileInputStream.java:5)",
                        "a.B.nativeCall(Native Method)",
                        "a.B.noLine(B.java)",
                        "a.B.noFile(Unknown Source)");
    }
}
