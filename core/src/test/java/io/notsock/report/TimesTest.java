package io.notsock.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-23T10:00:00.500000Z",
                "1969-12-31T23:59:59.999999Z",
                "2024-02-29T00:00:00.000001Z",
                "0001-01-01T00:00:00.000000Z",
                "9999-12-28T23:59:59.999999Z",
                "2026-11-23T10:00:00.5Z",
                "2026-11-23T10:00:00.123456789Z",
            })
    void whatIsReadByHandIsWhatTheJdkReads(String text) {
        assertThat(Times.parse(text)).isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-13-23T10:00:00.500000Z",
                "2026-02-30T10:00:00.500000Z",
                "2026-11-23T24:00:00.500000Z",
                "2026-11-23T10:60:00.500000Z",
                "2026-11-23T10:00:00.50000xZ",
                "-026-11-23T10:00:00.500000Z",
                "noon",
            })
    void whatIsNoTimeIsRefused(String text) {
        assertThatThrownBy(() -> Times.parse(text)).isInstanceOf(DateTimeParseException.class);
    }
}
