package io.notsock.track;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Knows which application threads are inside agent code that may itself reach a hooked method (asking the OS, loading an
 * agent class on a first suspicion).
 *
 * <p>Not a {@code ThreadLocal}: that would hang a map on every virtual thread. Entered on suspicion only, so the normal
 * path pays one read of a counter that is zero. When all places are taken the suspicious event is not looked into:
 * counted, never an error.
 */
public final class Inside {
    private static final int PLACES = 64;
    private static final int FRAMES = 256;

    private static final AtomicIntegerFieldUpdater<Inside> COUNT =
            AtomicIntegerFieldUpdater.newUpdater(Inside.class, "count");

    private final AtomicReferenceArray<Thread> threads = new AtomicReferenceArray<>(PLACES);
    private volatile int count;

    /** Whether the calling thread is inside agent code. */
    public boolean here() {
        return count != 0 && find(Thread.currentThread()) >= 0;
    }

    /** Enters; the caller has to {@link #leave} if this says true, and then has the stack for it. */
    public boolean enter() {
        Thread thread = Thread.currentThread();
        findRoom(FRAMES);
        COUNT.incrementAndGet(this);
        for (int i = 0; i < PLACES; i++) {
            if (threads.get(i) == null && threads.compareAndSet(i, null, thread)) {
                return true;
            }
        }
        COUNT.decrementAndGet(this);
        return false;
    }

    public void leave() {
        int i = find(Thread.currentThread());
        if (i >= 0) {
            threads.set(i, null);
        }
        COUNT.decrementAndGet(this);
    }

    /**
     * Uses as much stack as {@link #leave} can need, and throws {@link StackOverflowError} where that is not there: before a
     * place is taken, for one whose {@code leave} overflows is never given back, and its thread would be deaf for good.
     * Recursion, since HotSpot tells of room in no other way; compiled, 256 such frames are 4 KB.
     */
    private static int findRoom(int frames) {
        return frames == 0 ? 0 : findRoom(frames - 1) + 1; // not the last call: nothing may make a loop of it
    }

    private int find(Thread thread) {
        for (int i = 0; i < PLACES; i++) {
            if (threads.get(i) == thread) {
                return i;
            }
        }
        return -1;
    }
}
