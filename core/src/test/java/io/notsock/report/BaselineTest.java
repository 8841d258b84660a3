package io.notsock.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.alert.Alert;
import io.notsock.alert.AlertKind;
import io.notsock.alert.Party;
import io.notsock.alert.SampleAlerts;
import io.notsock.alert.Suppressions;
import io.notsock.handle.HandleType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BaselineTest {
    private static final Alert ALERT =
            SampleAlerts.staleClose().summary("what happened").build();

    @Test
    void everyLineOnceBelowWhatItComesFrom() {
        assertThat(new Baseline(List.of(ALERT, ALERT)).missingIn(""))
                .isEqualTo("# what happened (fd 42 (socket, generation 7), 2026-11-23T10:00:00.500000Z)\n"
                        + "CLOSE_OF_REUSED:com.acme.CacheDrop.drop\n");
    }

    @Test
    void whatStandsThereStays() {
        Baseline baseline = new Baseline(List.of(ALERT));

        assertThat(baseline.missingIn("# mine\nCLOSE_OF_REUSED:com.acme.CacheDrop.drop"))
                .isEmpty();
        assertThat(baseline.missingIn("LEAK:x")).startsWith("\n# what happened").endsWith("drop\n");
    }

    @Test
    void aWideLineSaysSo() {
        Alert bare = SampleAlerts.of(AlertKind.DOUBLE_CLOSE, HandleType.FILE)
                .summary("s")
                .party(new Party.Builder(Party.Role.ROGUE).api("jna:close").build())
                .build();

        assertThat(new Baseline(List.of(bare)).missingIn(""))
                .contains("# This line is a wide one: no frame of the application is known.\nDOUBLE_CLOSE:jna:close\n");
    }

    /** A path is the application's, or its client's: it must not write suppressions of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"/tmp/a\n*:*", "/tmp/a # b", " /tmp/a ", "#", "\u2028*:*", "/tmp/a\r*:*", "*\u0085*:*"})
    void noPathCanAddALineOfItsOwn(String path) {
        Alert alert = SampleAlerts.of(AlertKind.LEAK, HandleType.FILE)
                .summary("opened \n*:* # by")
                .party(new Party.Builder(Party.Role.VICTIM).detail(path).build())
                .build();

        String text = new Baseline(List.of(alert)).missingIn("");

        Suppressions read = Suppressions.parse("baseline", List.of(text.split("\r\n|\n|\r", -1)));
        assertThat(read.errors()).isEmpty();
        assertThat(read.unused()).hasSize(1);
        assertThat(read.unused().get(0)).startsWith("LEAK:");
        assertThat(read.matches(alert)).isTrue();
    }
}
