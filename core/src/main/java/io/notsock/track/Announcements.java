package io.notsock.track;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Tells the hook inside a method that the hook on the call of that method has told the event already.
 *
 * <p>A library's {@code close(int)} is called by its channels, whose identity the call site knows, and by anybody else, who
 * is seen only inside. Nothing runs between the two hooks, so what a thread has announced is taken by its next event. The
 * same holds for a close that {@code io.notsock.api.Handles} was told of, where the close itself is one that is seen.
 *
 * <p>A few words rather than a {@code ThreadLocal}, which hangs a map on every virtual thread. Two threads that meet in one
 * place lose an announcement: then the inner hook finds the number closing by its own thread, and is nested.
 */
final class Announcements {
    private static final int PLACES = 256;
    private static final long LOW = 0xFFFF_FFFFL;

    /** Thread and number, half a word each; 0 for none. */
    private final AtomicLongArray announced = new AtomicLongArray(PLACES);

    void announce(long number) {
        long thread = Thread.currentThread().getId();
        announced.lazySet(place(thread), thread << Integer.SIZE | (number & LOW));
    }

    /** Whether this thread has just announced this number; asked once. */
    boolean taken(long number) {
        long thread = Thread.currentThread().getId();
        long last = announced.get(place(thread));
        if (last == 0 || last >>> Integer.SIZE != (thread & LOW)) {
            return false;
        }
        announced.lazySet(place(thread), 0);
        return (last & LOW) == (number & LOW);
    }

    /** Whether this thread has announced this number, and nothing has taken it yet. */
    boolean pending(long number) {
        long thread = Thread.currentThread().getId();
        return announced.get(place(thread)) == (thread << Integer.SIZE | (number & LOW));
    }

    private static int place(long thread) {
        return (int) (thread & (PLACES - 1));
    }
}
