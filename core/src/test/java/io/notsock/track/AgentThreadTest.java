package io.notsock.track;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** An application may interrupt every thread that it finds. */
class AgentThreadTest {
    @Test
    void anInterruptDoesNotMakeItSpin() throws Exception {
        AtomicInteger rounds = new AtomicInteger();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300);
        AgentThread thread = new AgentThread("test", () -> {
            while (System.nanoTime() - end < 0) {
                rounds.incrementAndGet();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
        });
        thread.start();
        thread.interrupt();
        thread.join();

        assertThat(rounds.get()).isLessThan(1000);
    }
}
