package io.notsock.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AuditBudgetTest {
    private static final long START = 17;

    private final AuditBudget budget = new AuditBudget(START);

    @Test
    void visitsTakeAThousandthOfTheTimeThatPasses() {
        long now = START;
        long worked = 0;
        while (now - START < TimeUnit.HOURS.toNanos(1)) {
            long visit = TimeUnit.MICROSECONDS.toNanos(40);
            now += visit;
            worked += visit;
            budget.book(visit);
            now += budget.pauseAt(now);
        }

        assertThat(worked).isBetween((now - START) / 1100, (now - START) / 990);
    }

    /** A thread that had to wait for a core for a second has not used it. */
    @Test
    void aVisitThatWaitedLeavesNobodyBlindForMinutes() {
        long now = START + TimeUnit.SECONDS.toNanos(1);
        budget.book(TimeUnit.SECONDS.toNanos(1));

        assertThat(budget.pauseAt(now)).isLessThan(TimeUnit.SECONDS.toNanos(6));
        budget.book(TimeUnit.SECONDS.toNanos(1));
        assertThat(budget.pauseAt(now)).isBetween(1L, TimeUnit.SECONDS.toNanos(6));
    }

    @Test
    void theFirstVisitsAreFree() {
        budget.book(TimeUnit.MILLISECONDS.toNanos(4));

        assertThat(budget.pauseAt(START)).isZero();
    }
}
