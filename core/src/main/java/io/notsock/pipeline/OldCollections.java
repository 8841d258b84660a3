package io.notsock.pipeline;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Notices collections that reach old objects: only those unload classes.
 *
 * <p>It lets one object go that was kept until it was old, and sees when that is collected. At the start there is no old
 * object yet, so that the first collections count, whatever they reach; {@value #KEPT} of them at most.
 *
 * <p>Confined to one thread.
 */
final class OldCollections {
    /** A collector moves what has survived fifteen young collections (the greatest {@code MaxTenuringThreshold}). */
    private static final int KEPT = 16;

    private final Queue<Object> kept = new ArrayDeque<>(KEPT);
    // Asked by its queue: get() during a concurrent mark would keep the object alive through it.
    private final ReferenceQueue<Object> collected = new ReferenceQueue<>();
    private Reference<Object> watched;

    OldCollections() {
        for (int i = 0; i < KEPT; i++) {
            kept.add(new Object());
        }
        watchTheOldest();
    }

    private void watchTheOldest() {
        watched = new WeakReference<>(kept.remove(), collected);
        kept.add(new Object());
    }

    /** Whether one has happened since this was last asked. */
    boolean happened() {
        Reference<?> gone = collected.poll();
        if (gone == null || gone != watched) {
            return false;
        }
        watchTheOldest();
        return true;
    }
}
