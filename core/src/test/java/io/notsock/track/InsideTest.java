package io.notsock.track;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InsideTest {
    private static final long STACK = 256 * 1024;
    private static final int DIVES = 50;
    private static final int ENDLESS = Integer.MAX_VALUE;
    /** More than the exit can be deep. */
    private static final int ROOM = 16;

    private final Inside inside = new Inside();
    private final AtomicInteger entered = new AtomicInteger();
    private final AtomicInteger cramped = new AtomicInteger();

    @Test
    void aThreadIsInsideFromItsEntryToItsExit() throws Exception {
        assertThat(inside.here()).isFalse();
        assertThat(inside.enter()).isTrue();
        assertThat(inside.here()).isTrue();
        AtomicInteger others = new AtomicInteger();
        Thread other = new Thread(() -> others.addAndGet(inside.here() ? 1 : 0));
        other.start();
        other.join();
        inside.leave();

        assertThat(others).hasValue(0);
        assertThat(inside.here()).isFalse();
    }

    /** A thread whose exit found no stack any more would stay inside, and be deaf for good. */
    @Test
    void whoeverGetsInHasTheStackToGetOut() throws Exception {
        AtomicInteger stuck = new AtomicInteger();
        Runnable dives = () -> {
            for (int i = 0; i < DIVES; i++) {
                dive(0);
                stuck.addAndGet(inside.here() ? 1 : 0);
            }
        };
        Thread thread = new Thread(null, dives, "diver", STACK);
        thread.start();
        thread.join();

        assertThat(entered.get()).isPositive();
        assertThat(cramped).hasValue(0);
        assertThat(stuck).hasValue(0);
    }

    /** Tries it in the innermost frames, on the way back from the overflow: each has a little more stack left. */
    private int dive(int depth) {
        int below = 0;
        try {
            below = depth == ENDLESS ? 0 : dive(depth + 1) + 1;
        } catch (StackOverflowError e) {
            below = 0;
        }
        if (below < 400) {
            try {
                enterAndLeave();
            } catch (StackOverflowError e) {
                return below; // did not get in
            }
        }
        return below;
    }

    private void enterAndLeave() {
        if (inside.enter()) {
            try {
                entered.incrementAndGet();
                frames(ROOM);
            } catch (StackOverflowError e) {
                cramped.incrementAndGet();
            } finally {
                inside.leave();
            }
        }
    }

    private static int frames(int more) {
        return more == 0 ? 0 : frames(more - 1) + 1;
    }
}
