package io.notsock.agent.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How often the source of an answer is asked. */
class RecentTest {
    private long now;
    private int asked;
    private boolean answers = true;
    private final Recent<Integer> recent = new Recent<>(
            () -> {
                asked++;
                return answers ? asked : null;
            },
            2000,
            () -> TimeUnit.MILLISECONDS.toNanos(now));

    @Test
    void whoAsksAgainGetsTheSame() {
        assertThat(recent.get()).isEqualTo(1);
        now = 2000;
        assertThat(recent.get()).isEqualTo(1);
        now = 2001;
        assertThat(recent.get()).isEqualTo(2);
    }

    @Test
    void whoWantsOneOfNowGetsItAndTheNextGetThatOne() {
        recent.get();
        assertThat(recent.fresh()).isEqualTo(2);
        assertThat(recent.get()).isEqualTo(2);
    }

    @Test
    void noAnswerIsNotKept() {
        answers = false;
        assertThat(recent.get()).isNull();
        answers = true;
        assertThat(recent.get()).isEqualTo(2);
    }
}
