package io.notsock.registry;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * Knows that the garbage collector has run, without asking the JVM: by an object of its own that nobody holds.
 *
 * <p>Lock-free. An owner older than {@link #collectedUpTo()} that has not been collected is held by somebody, or lies in a part of
 * the heap that is collected seldom.
 */
public final class CollectorWatch {
    private static final AtomicReferenceFieldUpdater<CollectorWatch, Mark> MARK =
            AtomicReferenceFieldUpdater.newUpdater(CollectorWatch.class, Mark.class, "mark");

    private final Reachability reachability;
    private volatile Mark mark = new Mark();
    private volatile long collectedUpTo = mark.nanos;

    public CollectorWatch(Reachability reachability) {
        this.reachability = reachability;
    }

    /** A moment, on the scale of {@link System#nanoTime()}, since when there has been a collection. */
    public long collectedUpTo() {
        Mark last = mark;
        if (reachability.gone(last.unheld) && MARK.compareAndSet(this, last, new Mark())) {
            collectedUpTo = last.nanos; // two at once may leave the earlier moment, which is as true
        }
        return collectedUpTo;
    }

    private static final class Mark {
        private final long nanos = System.nanoTime();
        private final OwnerRef unheld = new OwnerRef(new Object(), OwnerRef.Part.DELEGATE, false, null);
    }
}
