package io.notsock.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {
    private static final Instant ALERT = Instant.parse("2026-11-23T10:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "400, 400 us earlier",
        "999999, 999 ms earlier",
        "3250000, 3.2 s earlier",
        "300000000, 5 min earlier",
        "7200000000, 2 h earlier",
        "259200000000, 3 days earlier",
        "-12000, 12 ms later",
    })
    void tellsTheDistanceInOneUnit(long micros, String expected) {
        assertThat(Times.relative(ALERT.minusNanos(micros * 1000), ALERT)).isEqualTo(expected);
    }

    @Test
    void theSameMomentHasNone() {
        assertThat(Times.relative(ALERT, ALERT)).isNull();
    }

    @Test
    void alwaysWritesMicroseconds() {
        assertThat(Times.iso(ALERT)).isEqualTo("2026-11-23T10:00:00.000000Z");
    }
}
