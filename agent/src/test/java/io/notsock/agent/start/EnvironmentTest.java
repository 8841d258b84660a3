package io.notsock.agent.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTest {
    private static Map<String, String> ours(String block) {
        return Environment.ours(block.replace('|', '\0').getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HOME=/root|PATH=/bin",
                "A=NOTSOCK_ALERTS=x|",
                "NO=1|NOTSOC=2|n=3|XDG_CONFIG_HOME=/d|",
                "NOTSOCK", // no variable
                "||"
            })
    void variablesOfOthersAreLeftOut(String block) {
        assertThat(ours(block)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "NOTSOCK_ALERTS=a,NOTSOCK_ALERTS,a",
        "HOME=/root|NOTSOCK_ALERTS=a=b|X=1|,NOTSOCK_ALERTS,a=b",
        "HOME=/root|notsock_alerts=a|,notsock_alerts,a", // misspelt: told to the user
        "NOTSOCK_LOG=|,NOTSOCK_LOG,''",
        "NOTSOCK_LOG=off|NOTSOCK_LOG=stderr|,NOTSOCK_LOG,off",
        "A=1|XDG_CACHE_HOME=/c,XDG_CACHE_HOME,/c"
    })
    void whatTheAgentReadsIsTakenOutOfTheBlock(String block, String name, String value) {
        assertThat(ours(block)).containsExactly(entry(name, value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A=1|NOTSOCK_ALERTS=/tmp/f\u00fcr.json|"})
    void whereTheBlockDoesNotTellTheJdkIsAsked(String block) {
        assertThat(ours(block)).isNull();
    }

    @Test
    void anEncodingThatMattersToOthersDoesNotMatter() {
        assertThat(ours("A=\u00fc|NOTSOCK_LOG=off|")).containsExactly(entry("NOTSOCK_LOG", "off"));
    }
}
