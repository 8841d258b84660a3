package io.notsock.track;

import io.notsock.evidence.Act;
import io.notsock.handle.Space;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Suspicious calls between their entry and their exit. What a hook inside such a call sees of the same number in the same thread is the
 * same event, which the outermost tells: a library's own close is woven by a catalog, and the JNA function that it calls is, too.
 *
 * <p>Bounded: of a call that finds no place, or takes long, the inner one is told as well. Thread-safe and lock-free;
 * entered on suspicion only.
 */
final class UnderWay {
    private static final int PLACES = 32;
    /** An inner call comes at once. What has been here for longer may have left unseen, where a class could not be woven whole. */
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final AtomicReferenceArray<Call> calls = new AtomicReferenceArray<>(PLACES);

    /** One call: what it is about, and nothing of the application's, since its exit may not be seen. */
    static final class Call {
        private final Space space;
        private final long number;
        private final long thread;
        private final long nanos;
        private final boolean use;

        private Call(Space space, long number, Act act, boolean use) {
            this.space = space;
            this.number = number;
            this.thread = act.threadId();
            this.nanos = act.nanos();
            this.use = use;
        }
    }

    /**
     * The calling thread is about to make a suspicious call on this number.
     *
     * @return what {@link #end} is given when it is over, or {@code null} where there is no place
     */
    Call begin(Space space, long number, Act act, boolean use) {
        Call call = new Call(space, number, act, use);
        for (int i = 0; i < PLACES; i++) {
            Call there = calls.get(i);
            if ((there == null || isOld(there)) && calls.compareAndSet(i, there, call)) {
                return call;
            }
        }
        return null;
    }

    void end(Call call) {
        for (int i = 0; i < PLACES; i++) {
            if (calls.get(i) == call && calls.compareAndSet(i, call, null)) {
                return;
            }
        }
    }

    /**
     * Whether the calling thread is inside a suspicious call on this number.
     *
     * @param orUse inside an operation, too: what closes in there is no part of it
     */
    boolean contains(Space space, long number, boolean orUse) {
        long thread = Thread.currentThread().getId();
        for (int i = 0; i < PLACES; i++) {
            Call call = calls.get(i);
            if (call != null
                    && call.number == number
                    && call.space == space
                    && (orUse || !call.use)
                    && call.thread == thread
                    && !isOld(call)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOld(Call call) {
        return System.nanoTime() - call.nanos > LONGEST_NANOS;
    }
}
