package io.notsock.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.snapshot.SampleSnapshots;
import org.junit.jupiter.api.Test;

class PrometheusFormatTest {
    @Test
    void everyMetricOfTheContractInAFixedOrder() {
        String page = PrometheusFormat.page(SampleSnapshots.some().build());

        assertThat(page.lines().filter(line -> !line.startsWith("# HELP")))
                .containsExactly(
                        "# TYPE notsock_open_handles gauge",
                        "notsock_open_handles{space=\"fd\",type=\"socket\"} 2",
                        "notsock_open_handles{space=\"fd\",type=\"file\"} 1",
                        "notsock_open_handles{space=\"handle\",type=\"event\"} 1",
                        "# TYPE notsock_opened_total counter",
                        "notsock_opened_total 4",
                        "# TYPE notsock_closed_total counter",
                        "notsock_closed_total 0",
                        "# TYPE notsock_alerts_total counter",
                        "notsock_alerts_total{kind=\"DOUBLE_CLOSE\"} 0",
                        "notsock_alerts_total{kind=\"CLOSE_OF_REUSED\"} 1",
                        "notsock_alerts_total{kind=\"FOREIGN_CLOSE\"} 0",
                        "notsock_alerts_total{kind=\"USE_AFTER_CLOSE\"} 0",
                        "notsock_alerts_total{kind=\"USE_OF_REUSED\"} 0",
                        "notsock_alerts_total{kind=\"HIDDEN_CLOSE\"} 0",
                        "notsock_alerts_total{kind=\"LEAK\"} 0",
                        "notsock_alerts_total{kind=\"REDUNDANT_CLOSE\"} 0",
                        "# TYPE notsock_redundant_closes_total counter",
                        "notsock_redundant_closes_total 3",
                        "# TYPE notsock_dropped_alerts_total counter",
                        "notsock_dropped_alerts_total 0",
                        "# TYPE notsock_unclassified_handles gauge",
                        "notsock_unclassified_handles 1");
        assertThat(page).endsWith("\n");
    }

    @Test
    void everyMetricHasItsHelp() {
        String page = PrometheusFormat.page(SampleSnapshots.some().build());

        assertThat(page.lines().filter(line -> line.startsWith("# HELP "))).hasSize(7);
    }
}
