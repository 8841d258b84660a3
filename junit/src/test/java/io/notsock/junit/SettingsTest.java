package io.notsock.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a build may set. */
class SettingsTest {
    private static Settings of(String key, String value) {
        return new Settings(name -> Optional.ofNullable(Map.of(key, value).get(name)));
    }

    @Test
    void leaksAreLookedForWhereTheBuildSaysSo() {
        assertThat(LeakCheck.by(of("notsock.junit.leaks", "class"))).isEqualTo(LeakCheck.CLASS);
        assertThat(LeakCheck.by(of("notsock.junit.leaks", " test "))).isEqualTo(LeakCheck.TEST);
        assertThat(LeakCheck.by(of("notsock.junit.leaks", "off"))).isEqualTo(LeakCheck.OFF);
        assertThat(LeakCheck.by(of("notsock.junit.leaks", "method"))).isEqualTo(LeakCheck.OFF);
        assertThat(LeakCheck.by(of("notsock.leaks", "on")))
                .as("the agent's own")
                .isEqualTo(LeakCheck.OFF);
    }

    @Test
    void everyKeyIsKnown() {
        assertThat(Settings.KEYS)
                .containsExactly(
                        "leaks", "report.github", "report.html", "report.junit", "report.markdown", "report.sarif");
    }
}
