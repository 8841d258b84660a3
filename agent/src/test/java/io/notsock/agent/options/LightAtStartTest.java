package io.notsock.agent.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parser runs before the application does: what would wake large parts of the JDK must not creep in. */
class LightAtStartTest {

    @ParameterizedTest
    @ValueSource(
            classes = {
                Options.class,
                OptionKey.class,
                OptionsParser.class,
                OptionValues.class,
                Origin.class,
                Problems.class,
                KeyDistance.class,
                ConfigFile.class,
                Stacks.class
            })
    void usesNothingHeavy(Class<?> type) throws IOException {
        try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            String constants = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);

            assertThat(constants)
                    .contains("Code")
                    .doesNotContain("java/lang/invoke")
                    .doesNotContain("java/util/regex")
                    .doesNotContain("java/util/stream")
                    .doesNotContain("java/nio/file")
                    .doesNotContain("java/time")
                    .doesNotContain("java/util/logging");
        }
    }
}
