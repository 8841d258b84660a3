package io.notsock.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The budget of {@code stacks=auto}. */
class RecorderTest {
    private static final long TIME_SLICE_NANOS = 10_000_000L;
    private static final long FOREVER_NANOS = Long.MAX_VALUE / 2;

    private final Recorder recorder = new Recorder(StackPolicy.AUTO);

    @Test
    void aCaptureThatWasInterruptedDoesNotCostAProgramItsStacks() {
        for (int i = 0; i < 10; i++) {
            recorder.spend(TIME_SLICE_NANOS);
        }

        assertThat(recorder.record(Act.What.OPEN, "java:x", false).hasStack()).isTrue();
    }

    @Test
    void beyondTheBudgetOnlyEvidenceIsCaptured() {
        for (int i = 0; i < 100_000; i++) {
            recorder.spend(FOREVER_NANOS);
        }

        assertThat(recorder.record(Act.What.OPEN, "java:x", false).hasStack()).isFalse();
        assertThat(recorder.record(Act.What.CLOSE, "jna:close", true).hasStack())
                .isTrue();
    }
}
