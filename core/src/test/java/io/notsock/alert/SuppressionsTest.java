package io.notsock.alert;

import static io.notsock.alert.SampleAlerts.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.handle.HandleType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SuppressionsTest {
    private static final String KINDS = "DOUBLE_CLOSE, CLOSE_OF_REUSED, FOREIGN_CLOSE, USE_AFTER_CLOSE, USE_OF_REUSED,"
            + " HIDDEN_CLOSE, LEAK, REDUNDANT_CLOSE, or *";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CLOSE_OF_REUSED:com.acme.CacheDrop.drop",
                "CLOSE_OF_REUSED:com.acme.CacheDrop.drop(CacheDrop.java:17)",
                "CLOSE_OF_REUSED:com.acme.*",
                "*:jna:close",
                " CLOSE_OF_REUSED : *.evict   # known, ACME-12",
                "*:127.0.0.1:5000*",
                "*:*",
            })
    void matchesFramesApisAndDetails(String line) {
        Suppressions suppressions = parse(line);

        assertThat(suppressions.errors()).isEmpty();
        assertThat(suppressions.matches(SampleAlerts.staleClose().build())).isTrue();
        assertThat(suppressions.unused()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DOUBLE_CLOSE:*", "*:acme", "*:com.acme", "*:JNA:close", "# *:*", "", "   "})
    void matchesNothingElse(String line) {
        assertThat(parse(line).matches(SampleAlerts.staleClose().build())).isFalse();
    }

    @Test
    void namesWhatWasNeverUsed() {
        Suppressions suppressions = parse("# first", "*:jna:close", "LEAK:com.acme.*", "*:never");

        suppressions.matches(SampleAlerts.staleClose().build());

        assertThat(suppressions.unused()).containsExactly("LEAK:com.acme.* (rules:3)", "*:never (rules:4)");
    }

    @Test
    void everyWrongLineIsOneMessageAndTheOthersHold() {
        Suppressions suppressions = parse("nonsense", "DOUBEL_CLOSE:x", "LEAK:", "*:jna:close");

        assertThat(suppressions.errors())
                .containsExactly(
                        "suppressions rules:1: \"nonsense\": no colon; accepted: KIND:pattern, where KIND is " + KINDS,
                        "suppressions rules:2: \"DOUBEL_CLOSE:x\": unknown kind \"DOUBEL_CLOSE\"; accepted:"
                                + " KIND:pattern, where KIND is " + KINDS,
                        "suppressions rules:3: \"LEAK:\": no pattern; accepted: KIND:pattern, where KIND is " + KINDS);
        assertThat(suppressions.matches(SampleAlerts.staleClose().build())).isTrue();
    }

    @Test
    void readsAFileFromWindowsWithAForeignByte() throws IOException {
        Path file = folder.resolve("rules");
        byte[] text = "\uFEFF# caf\u00e9\r\n*:jna:close\r\n".getBytes(StandardCharsets.UTF_8);
        text[8] = (byte) 0xff;
        Files.write(file, text);

        Suppressions suppressions = Suppressions.read(file);

        assertThat(suppressions.errors()).isEmpty();
        assertThat(suppressions.matches(SampleAlerts.staleClose().build())).isTrue();
    }

    @Test
    void theLineNamesTheGuiltyPartysCode() {
        Alert.Builder alert = SampleAlerts.staleClose();

        assertThat(Suppressions.lineFor(alert.build())).isEqualTo("CLOSE_OF_REUSED:com.acme.CacheDrop.drop");
        assertThat(Suppressions.lineFor(alert.culprit(Culprit.ROGUE).build()))
                .isEqualTo("CLOSE_OF_REUSED:com.acme.Pool.lambda$evict$*");
    }

    @Test
    void theLineHoldsNothingThatChangesBetweenRuns() {
        assertThat(lineForRogue(frame("com.acme.Pool$$Lambda$14/0x0000000800c03000", "run", 1)))
                .isEqualTo("DOUBLE_CLOSE:com.acme.Pool$$Lambda*.run");
    }

    @Test
    void withoutStacksTheLineNamesAnApiAPathOrTheKind() {
        Alert.Builder bare = SampleAlerts.of(AlertKind.LEAK, HandleType.FILE);
        Party.Builder opener = new Party.Builder(Party.Role.VICTIM);

        assertThat(Suppressions.lineFor(bare.build())).isEqualTo("LEAK:*");
        assertThat(Suppressions.lineFor(
                        bare.party(opener.detail("/tmp/x").build()).build()))
                .isEqualTo("LEAK:/tmp/x");
        assertThat(Suppressions.lineFor(
                        bare.party(opener.api("jna:open").build()).build()))
                .isEqualTo("LEAK:jna:open");
    }

    @ParameterizedTest
    @EnumSource(AlertKind.class)
    void theLineSuppressesItsAlert(AlertKind kind) {
        Alert bare = SampleAlerts.of(kind, HandleType.FILE).build();
        Alert full = bare.toBuilder()
                .party(SampleAlerts.rogue().build())
                .party(SampleAlerts.firstClose().build())
                .party(SampleAlerts.victim().build())
                .build();

        for (Alert alert : List.of(bare, full)) {
            assertThat(parse(Suppressions.lineFor(alert)).matches(alert)).isTrue();
        }
    }

    private static String lineForRogue(StackTraceElement... stack) {
        return Suppressions.lineFor(SampleAlerts.of(AlertKind.DOUBLE_CLOSE, HandleType.FILE)
                .party(new Party.Builder(Party.Role.ROGUE).stack(stack).build())
                .build());
    }

    private static Suppressions parse(String... lines) {
        return Suppressions.parse("rules", List.of(lines));
    }
}
