package io.notsock.track;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Incidents are numbered as people see them. */
class IncidentTest {
    @Test
    void onlyIncidentsThatAreToldOfAreCounted() {
        Incident first = new Incident();
        new Incident(); // the self-test's, or one of a verdict that came to nothing
        Incident second = new Incident();

        int told = second.id();

        assertThat(first.id()).isEqualTo(told + 1);
        assertThat(second.id()).isEqualTo(told);
    }
}
