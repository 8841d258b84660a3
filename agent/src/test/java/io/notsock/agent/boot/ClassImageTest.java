package io.notsock.agent.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClassImageTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100, 1000})
    void everythingIsFoundAndNothingElse(int count) {
        Map<String, byte[]> classes = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            classes.put("io.notsock.C" + i, new byte[] {(byte) i, (byte) (i >> 8), 7});
        }

        byte[] whole = ClassImageWriter.image(classes);
        ClassImage image = new ClassImage(whole);

        classes.forEach((name, content) -> {
            int row = image.find(name);
            assertThat(row).isPositive();
            int offset = image.offset(row);
            assertThat(Arrays.copyOfRange(image.whole(), offset, offset + image.length(row)))
                    .isEqualTo(content);
        });
        assertThat(image.find("io.notsock.C" + count)).isNegative();
    }

    @Test
    void namesThatFallOnOneRowAreToldApart() {
        // "Aa" and "BB" have the same hash, so the writer refuses them together; these share a row only.
        Map<String, byte[]> classes = new TreeMap<>(Map.of("a", new byte[] {1}, "i", new byte[] {2, 2}));
        assertThat("a".hashCode() & 7).isEqualTo("i".hashCode() & 7);

        ClassImage image = new ClassImage(ClassImageWriter.image(classes));

        assertThat(image.length(image.find("a"))).isEqualTo(1);
        assertThat(image.length(image.find("i"))).isEqualTo(2);
        assertThat(image.find("q")).isNegative();
    }

    @Test
    void theTableStaysWhenTheRestIsGivenBack() {
        ClassImage image = new ClassImage(ClassImageWriter.image(Map.of("a.B", new byte[] {1, 2, 3})));

        image.release();

        assertThat(image.whole()).isNull();
        assertThat(image.length(image.find("a.B"))).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "io.notsock.track.Tracker,start",
        "io.notsock.agent.start.Agent,start",
        "io.notsock.report.HandleGuard,start",
        "io.notsock.report.html.Bar,late",
        "io.notsock.agent.cli.CommandLine,late",
        "com.sun.jna.Native,jna",
        "java.lang.String,",
        "org.example.Main,"
    })
    void aClassLiesWhereItsPackageSays(String name, String image) {
        assertThat(ClassImage.of(name)).isEqualTo(image);
    }
}
