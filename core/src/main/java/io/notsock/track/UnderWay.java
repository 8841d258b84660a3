package io.notsock.track;

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

    private final AtomicReferenceArray<Suspicion> calls = new AtomicReferenceArray<>(PLACES);

    void begin(Suspicion call) {
        for (int i = 0; i < PLACES; i++) {
            Suspicion there = calls.get(i);
            if ((there == null || isOld(there)) && calls.compareAndSet(i, there, call)) {
                return;
            }
        }
    }

    void end(Suspicion call) {
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
            Suspicion call = calls.get(i);
            if (call != null
                    && call.about == number
                    && call.space == space
                    && (orUse || !call.use)
                    && call.act.threadId() == thread
                    && !isOld(call)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOld(Suspicion call) {
        return System.nanoTime() - call.act.nanos() > LONGEST_NANOS;
    }
}
