package io.notsock.alert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "abc, abc, true",
        "abc, abcd, false",
        "abc, ab, false",
        "*, '', true",
        "a*, a, true",
        "*c, abc, true",
        "a*c, abcbc, true",
        "a*b*c, a--b--c, true",
        "a*b*c, a--c--b, false",
        "a.c, abc, false",
        "*(*), x.y(Y.java:1), true",
        "**, x, true",
    })
    void starStandsForAnything(String pattern, String text, boolean expected) {
        assertThat(Glob.matches(pattern, text)).isEqualTo(expected);
    }

    @Test
    @Timeout(10)
    void noPatternStallsTheAgent() {
        String text = "a".repeat(20_000);

        assertThat(Glob.matches("*a".repeat(50) + "b", text)).isFalse();
    }
}
