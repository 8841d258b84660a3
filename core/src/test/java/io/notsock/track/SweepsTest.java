package io.notsock.track;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Which closes of plain integers go over all numbers and have none in mind. */
class SweepsTest {
    private final Sweeps sweeps = new Sweeps();
    private long nanos = System.nanoTime();

    private Sweeps.Run closes(long number) {
        return sweeps.note(7, "jna:close", nanos, number);
    }

    private Sweeps.Run closesAll(int from, int to) {
        Sweeps.Run run = null;
        for (int number = from; number != to; number += from < to ? 1 : -1) {
            run = closes(number);
        }
        return run;
    }

    @Test
    void eightInARowAreOne() {
        assertThat(closesAll(3, 10).isSweep()).isFalse();
        assertThat(closesAll(3, 11).isSweep()).isTrue();
    }

    @Test
    void downwardsToo() {
        assertThat(closesAll(10, 2).isSweep()).isTrue();
    }

    @Test
    void whatIsClosedOnceMoreAtOnceBelongsToIt() {
        Sweeps.Run run = closesAll(3, 11);

        assertThat(closesAll(3, 11)).isSameAs(run);
    }

    @Test
    void oneThatComesLongAfterDoesNot() {
        closesAll(3, 11);
        nanos += TimeUnit.SECONDS.toNanos(2);

        assertThat(closes(5).isSweep()).isFalse();
    }

    @Test
    void closesWithPausesBetweenThemAreNone() {
        Sweeps.Run run = null;
        for (int number = 3; number < 20; number++) {
            run = closes(number);
            nanos += TimeUnit.SECONDS.toNanos(2);
        }

        assertThat(run.isSweep()).isFalse();
    }

    @Test
    void oneNumberClosedManyTimesIsNone() {
        Sweeps.Run run = null;
        for (int i = 0; i < 20; i++) {
            run = closes(3);
        }

        assertThat(run.isSweep()).isFalse();
    }
}
