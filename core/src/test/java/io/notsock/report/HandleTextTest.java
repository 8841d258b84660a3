package io.notsock.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.snapshot.SampleSnapshots;
import io.notsock.snapshot.Snapshot;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandleTextTest {
    @Test
    void aTableLowestNumberFirst() {
        String text = HandleText.list(SampleSnapshots.some().build());

        assertThat(text)
                .contains("4 open handles of process 4711 (com.acme.Main), tracked since ")
                .contains("opened 4, closed 0, redundant closes 3\nalerts: CLOSE_OF_REUSED 1\ncoverage: known 3\n")
                .contains("unclassified: 77 pipe:[1]")
                .doesNotContain("attached");
        assertThat(text.lines().filter(line -> line.startsWith("fd ") || line.startsWith("handle ")))
                .extracting(line -> line.replaceFirst("^\\S+ +(\\d+) .*", "$1"))
                .containsExactly("9", "12", "300", "8");
    }

    @Test
    void whatIsUnknownAfterALateAttachIsSaid() {
        Snapshot late =
                SampleSnapshots.some().since(java.time.Instant.EPOCH, true).build();

        assertThat(HandleText.list(late)).contains("The agent was attached then: what was opened before is not listed");
        assertThat(HandleText.history(late, 5, List.of()))
                .contains("nothing was seen of it since 1970-01-01T00:00:00.000000Z; what was before that is unknown");
    }

    @Test
    void whereTheAlertsAreIsSaid() {
        Snapshot some =
                SampleSnapshots.some().alertsFile("/srv/app/alerts.jsonl").build();

        assertThat(HandleText.list(some)).contains("\nalerts are written to /srv/app/alerts.jsonl\n");
        assertThat(HandleJson.list(some)).contains("\"alertsFile\":\"/srv/app/alerts.jsonl\"");
        assertThat(HandleJson.list(SampleSnapshots.some().build())).doesNotContain("alertsFile");
    }

    @Test
    void aStackThatWasNotCapturedIsSaid() {
        Snapshot some = SampleSnapshots.some().build();

        assertThat(HandleText.history(some, 9, some.handles().subList(0, 1)))
                .contains(
                        "fd 9, generation 1 (socket): open, socket:[9]",
                        "  open: by thread ",
                        "through java:sun.nio.ch.Net.socket",
                        "stack not captured: beyond the budget");
        assertThat(HandleJson.history(some, 9, some.handles().subList(0, 1)))
                .startsWith("{\"schema\":\"notsock.history/1\"")
                .contains("\"stackMissing\":\"not captured");
    }
}
