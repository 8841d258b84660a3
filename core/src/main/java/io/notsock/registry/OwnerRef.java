package io.notsock.registry;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;

/**
 * One owner of a life, held weakly and compared by identity: the object that will call close.
 *
 * <p>Owners form a short linked list, newest first. Only {@link #armed} and {@link #collected} may change, from false to
 * true.
 */
public final class OwnerRef extends WeakReference<Object> {
    /** Why this object is an owner. */
    public enum Part {
        /** It came with the open: its close is never foreign. */
        OPENER,
        /** It closes for the opener when that is gone (a Cleaner's cleanable): it holds only the number. */
        DELEGATE,
        /** It was bound to a life that somebody else had opened. */
        ADOPTER
    }

    private final Part part;
    private final OwnerRef next;
    /** Not volatile, which would be a fence for each owner: who sees it late takes an owner for a bare one, and says less. */
    private boolean armed;

    private volatile boolean collected;

    public OwnerRef(Object owner, Part part, boolean armed, OwnerRef next) {
        this(owner, part, armed, next, null);
    }

    /** @param queue told when the owner has been collected; {@code null} for none */
    public OwnerRef(Object owner, Part part, boolean armed, OwnerRef next, ReferenceQueue<Object> queue) {
        super(owner, queue);
        this.part = part;
        this.armed = armed;
        this.next = next;
    }

    public Part part() {
        return part;
    }

    public OwnerRef next() {
        return next;
    }

    /** Whether this owner will close by itself. */
    public boolean armed() {
        return armed;
    }

    public void arm() {
        armed = true;
    }

    /** Whether {@link CollectedOwners} has been told that the owner is gone. */
    boolean collected() {
        return collected;
    }

    void noteCollected() {
        collected = true;
    }
}
