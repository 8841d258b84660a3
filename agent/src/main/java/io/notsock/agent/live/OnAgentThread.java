package io.notsock.agent.live;

import io.notsock.track.AgentThread;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Has a thread of the agent do something, so that the handles it takes are not counted against the application. */
public final class OnAgentThread {
    private static final long PATIENCE_MILLIS = TimeUnit.SECONDS.toMillis(20);

    private OnAgentThread() {}

    /** The result, or {@code null} where there was none within the time, or where it failed. */
    public static <T> T call(Supplier<T> work) {
        if (Thread.currentThread() instanceof AgentThread) {
            return work.get();
        }
        AtomicReference<T> result = new AtomicReference<>();
        AgentThread thread = new AgentThread("notsock-answer", () -> result.set(work.get()));
        thread.setUncaughtExceptionHandler((failed, reason) -> result.set(null));
        thread.start();
        boolean interrupted = Thread.interrupted(); // before: it is no reason not to wait for the answer
        try {
            thread.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return result.get();
    }
}
