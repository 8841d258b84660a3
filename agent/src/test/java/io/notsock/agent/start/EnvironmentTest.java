package io.notsock.agent.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentTest {
    @ParameterizedTest
    @CsvSource({
        "HOME=/root|PATH=/bin,false",
        "NOTSOCK_ALERTS=a,true",
        "HOME=/root|NOTSOCK_ALERTS=a|X=1,true",
        "HOME=/root|notsock_alerts=a,true", // misspelt: told to the user
        "A=1|XDG_CACHE_HOME=/c,true",
        "A=NOTSOCK_ALERTS=x,false",
        "NO=1|NOTSOC=2|n=3|XDG_CONFIG_HOME=/d,false",
        "NOTSOCK,true",
        "'',false",
        "||,false"
    })
    void onlyWhatTheAgentReadsConcernsIt(String block, boolean concerns) {
        byte[] bytes = block.replace('|', '\0').getBytes(StandardCharsets.UTF_8);

        assertThat(Environment.concerns(bytes)).isEqualTo(concerns);
    }
}
