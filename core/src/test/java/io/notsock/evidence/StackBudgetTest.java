package io.notsock.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What {@code stacks=auto} may spend. */
class StackBudgetTest {
    private static final long ALLOWANCE_NANOS = 10_000_000L;
    private static final long SAVINGS_NANOS = 2_000_000L;
    private static final long CAPTURE_NANOS = 1_500L;
    private static final long TIME_SLICE_NANOS = 10_000_000L;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final StackBudget budget = new StackBudget(ALLOWANCE_NANOS, SAVINGS_NANOS);

    @Test
    void theAllowanceIsThereAtOnceAndTheRestIsEarned() {
        assertThat(capturesAt(0)).isEqualTo(capturesFor(ALLOWANCE_NANOS));
        assertThat(capturesAt(SECOND)).isCloseTo(capturesFor(SECOND / StackBudget.DIVISOR), within());
        assertThat(capturesAt(SECOND)).isZero();
    }

    @Test
    void aQuietNightDoesNotPayForTheMorningsRush() {
        capturesAt(0);

        assertThat(capturesAt(TimeUnit.HOURS.toNanos(8))).isCloseTo(capturesFor(SAVINGS_NANOS), within());
    }

    @Test
    void theAllowanceStaysUntilItIsSpent() {
        assertThat(capturesAt(TimeUnit.HOURS.toNanos(8)))
                .isCloseTo(capturesFor(ALLOWANCE_NANOS + SAVINGS_NANOS), within());
    }

    @Test
    void aNightAfterManyFramesPaysForNoMoreEither() {
        for (int i = 0; i < 20; i++) {
            budget.frames(StackBudget.DEAREST_FRAMES_NANOS);
        }

        assertThat(capturesAt(TimeUnit.HOURS.toNanos(8))).isCloseTo(capturesFor(SAVINGS_NANOS), within());
    }

    @Test
    void framesArePaidFromTheSameBudget() {
        for (int i = 0; i < ALLOWANCE_NANOS / StackBudget.DEAREST_FRAMES_NANOS; i++) {
            assertThat(budget.affords(0)).isTrue();
            budget.frames(StackBudget.DEAREST_FRAMES_NANOS);
        }

        assertThat(budget.affords(0)).isFalse();
    }

    @Test
    void whatWasInterruptedDoesNotCostAProgramItsStacks() {
        for (int i = 0; i < 5; i++) {
            budget.capture(0, TIME_SLICE_NANOS);
            budget.frames(TIME_SLICE_NANOS);
        }

        assertThat(budget.affords(0)).isTrue();
    }

    private int capturesAt(long elapsed) {
        int captures = 0;
        while (budget.affords(elapsed)) {
            budget.capture(elapsed, CAPTURE_NANOS);
            captures++;
        }
        return captures;
    }

    private static int capturesFor(long nanos) {
        long each = CAPTURE_NANOS * StackBudget.COST_OF_A_CAPTURE;
        return (int) ((nanos + each - 1) / each);
    }

    private static Offset<Integer> within() {
        return Offset.offset(1);
    }
}
