package io.notsock.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The budget of {@code stacks=auto}. */
class RecorderTest {
    private static final long TIME_SLICE_NANOS = 10_000_000L;
    private static final long FOREVER_NANOS = Long.MAX_VALUE / 2;

    private static final int ACTS = 300_000;
    private static final int DEEP = 200;
    private static final long CHEAPEST_DEEP_CAPTURE_NANOS = 500;

    private final Recorder recorder = new Recorder(StackPolicy.AUTO);

    @Test
    void beyondTheBudgetOnlyEvidenceIsCaptured() {
        spendAllOnFrames();

        assertThat(recorder.record(Act.What.OPEN, "java:x", false).hasStack()).isFalse();
        assertThat(recorder.record(Act.What.CLOSE, "jna:close", true).hasStack())
                .isTrue();
    }

    @Test
    void afterASuspicionStacksAreCapturedThoughTheBudgetIsSpent() {
        spendAllOnFrames();

        recorder.suspicion();

        assertThat(recorder.record(Act.What.OPEN, "java:x", false).hasStack()).isTrue();
    }

    @Test
    void suspicionsWithoutEndHaveABudgetToo() {
        spendAllOnFrames();
        long begun = System.nanoTime();

        int captured = 0;
        for (int i = 0; i < ACTS; i++) {
            recorder.suspicion();
            captured += deep(DEEP) ? 1 : 0;
        }

        // A stack that deep takes some microseconds: all of them would take ten times the first allowance.
        long allowed = Recorder.FIRST_ALLOWANCE_AFTER_SUSPICION_NANOS
                + (System.nanoTime() - begun) / StackBudget.DIVISOR
                + TIME_SLICE_NANOS;
        assertThat(captured).isPositive().isLessThan((int) (allowed / CHEAPEST_DEEP_CAPTURE_NANOS));
    }

    private void spendAllOnFrames() {
        for (int i = 0; i < 100_000; i++) {
            recorder.spendOnFrames(FOREVER_NANOS);
        }
    }

    private boolean deep(int frames) {
        return frames > 0
                ? deep(frames - 1)
                : recorder.record(Act.What.OPEN, "java:x", false).hasStack();
    }
}
