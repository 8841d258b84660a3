package io.notsock.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNamesTest {
    private static final LocalDateTime START = LocalDateTime.of(2026, 1, 2, 0, 4, 5);

    @ParameterizedTest
    @CsvSource({
        "alerts.json, alerts.json",
        "a-%p.json, a-4711.json",
        "%t/%p, 20260102-000405/4711",
        "100%%p, 100%p",
    })
    void fillsPlaceHolders(String pattern, String expected) {
        assertThat(FileNames.expand(pattern, 4711, START)).isEqualTo(expected);
    }

    @Test
    void anUnknownOneNamesWhatIsAccepted() {
        assertThatThrownBy(() -> FileNames.expand("a-%x", 1, START))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"%x\" in \"a-%x\"; accepted: %p (pid), %t (start time), %% (a percent sign)");
        assertThatThrownBy(() -> FileNames.expand("a%", 1, START))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"%\" in \"a%\"; accepted: %p (pid), %t (start time), %% (a percent sign)");
    }
}
