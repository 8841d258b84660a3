package io.notsock.registry;

import io.notsock.evidence.Act;
import io.notsock.handle.HandleType;
import io.notsock.handle.Space;
import java.lang.ref.ReferenceQueue;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * One tenure of a number, from open to close.
 *
 * <p>Design. Identity (space, number, generation, opening) is final. Three things change, each by CAS or write-once:
 *
 * <ul>
 *   <li>{@code state}, along OPEN → (PRECLOSED →) CLOSING → CLOSED, or → KILLED when a stranger closed it, or → UNKNOWN
 *       when the agent may have missed something. CLOSING → OPEN is a close the OS refused with the handle still open.
 *       Only the thread that won the CAS to CLOSING may move it on from there, except to KILLED.
 *   <li>{@code closed}, the act that ended it: written by the thread that won the state, right after it. It belongs to
 *       this life, never to the slot: the number's next life may begin before the closing thread returns from the kernel.
 *       Another thread may for a moment see CLOSING without the act, and then says less.
 *   <li>{@code owners}, a list that only grows.
 * </ul>
 *
 * The {@code previous} link is cut by pruning and read racily: a reader sees a longer or a shorter past, never a wrong one.
 */
public final class Life {
    public static final int OPEN = 0;
    public static final int PRECLOSED = 1;
    public static final int CLOSING = 2;
    public static final int CLOSED = 3;
    public static final int KILLED = 4;
    public static final int UNKNOWN = 5;

    private static final AtomicIntegerFieldUpdater<Life> STATE =
            AtomicIntegerFieldUpdater.newUpdater(Life.class, "state");
    private static final AtomicReferenceFieldUpdater<Life, OwnerRef> OWNERS =
            AtomicReferenceFieldUpdater.newUpdater(Life.class, OwnerRef.class, "owners");
    private static final AtomicReferenceFieldUpdater<Life, Act> CLOSED_BY =
            AtomicReferenceFieldUpdater.newUpdater(Life.class, Act.class, "closed");
    private static final AtomicReferenceFieldUpdater<Life, Act> ENDING =
            AtomicReferenceFieldUpdater.newUpdater(Life.class, Act.class, "ending");
    private static final AtomicReferenceFieldUpdater<Life, Act> RIVAL =
            AtomicReferenceFieldUpdater.newUpdater(Life.class, Act.class, "rival");
    private static final AtomicReferenceFieldUpdater<Life, Object> INCIDENT =
            AtomicReferenceFieldUpdater.newUpdater(Life.class, Object.class, "incident");

    private final Opening opening;
    private final long number;
    private final int generation;
    private final int opens;
    private final Act opened;
    private volatile int state;
    private volatile OwnerRef owners;
    private volatile Act closed;
    private volatile Act ending;
    private volatile Act rival;
    private volatile Object incident;
    private volatile HandleType type;
    private volatile int cutDuring;
    private volatile boolean closedByStranger;
    private volatile boolean released;
    private volatile boolean replacing;
    private volatile Object awaiting;
    private volatile Life behind;
    volatile Life previous;
    /** Length of the chain behind this life after which the next open prunes it; see {@link Registry}. */
    int pastLength;

    /** @param generationsBefore lives of this number that are not remembered, where {@code previous} is {@code null} */
    Life(Opening opening, long number, Act opened, OwnerRef owners, Life previous, int generationsBefore) {
        this.opening = opening;
        this.number = number;
        this.opened = opened;
        this.owners = owners;
        this.previous = previous;
        this.type = opening.type();
        this.generation = previous == null ? generationsBefore + 1 : previous.generation + 1;
        this.opens = (previous == null ? 0 : previous.opens) + (opened == null || opening.agentOwned() ? 0 : 1);
        this.pastLength = previous == null ? 0 : previous.pastLength + 1;
    }

    public Space space() {
        return opening.space();
    }

    public long number() {
        return number;
    }

    /** Counts the lives of this number, from 1. */
    public int generation() {
        return generation;
    }

    /**
     * How many lives of this number, up to this one, the application was seen to begin. Summed over all numbers that is a
     * total without any counter that threads would have to share.
     */
    public int opens() {
        return opens;
    }

    /** How it was opened. */
    public Opening opening() {
        return opening;
    }

    /** The life of the HANDLE that this descriptor of the C runtime wraps, or {@code null} where it is not known. */
    public Life behind() {
        return behind;
    }

    public void wrap(Life handle) {
        behind = handle;
    }

    /** The act that opened it, or {@code null} where that was not seen (before the agent came, or natively). */
    public Act opened() {
        return opened;
    }

    public HandleType type() {
        return type;
    }

    public void refineType(HandleType better) {
        type = better;
    }

    public int state() {
        return state;
    }

    /** Whether the number is still held, as far as the registry knows. */
    public boolean live() {
        int s = state;
        return s == OPEN || s == PRECLOSED;
    }

    /** The act that ended it, or {@code null} while it lives. */
    public Act closed() {
        return closed;
    }

    /**
     * The act by which its owner began to end it while other threads were in a call on it, or {@code null}: then the last
     * of them out of the call frees the number, and {@link #closed} is that thread's.
     */
    public Act ending() {
        return ending;
    }

    public void noteEnding(Act act) {
        ENDING.compareAndSet(this, null, act);
    }

    /**
     * Begins a rightful close; the caller then closes and calls {@link #finishClose} or {@link #reopen}.
     *
     * @return whether this thread is the one that closes; decided by who enters its act first, so that whoever sees the
     *     life closing sees by whom
     */
    public boolean beginClose(Act act) {
        int s = state;
        if (s != OPEN && s != PRECLOSED) {
            return false;
        }
        boolean won = CLOSED_BY.compareAndSet(this, null, act);
        // The loser marks it for the winner, so that neither sees it open after this.
        while (s == OPEN || s == PRECLOSED) {
            STATE.compareAndSet(this, s, CLOSING);
            s = state;
        }
        return won;
    }

    /** The OS has closed it. */
    public void finishClose() {
        STATE.compareAndSet(this, CLOSING, CLOSED);
    }

    /** The OS refused and the handle is still open. For the thread that won {@link #beginClose}. */
    public void reopen(Act act) {
        if (CLOSED_BY.compareAndSet(this, act, null)) {
            STATE.compareAndSet(this, CLOSING, OPEN);
        }
    }

    public void preclosed() {
        STATE.compareAndSet(this, OPEN, PRECLOSED);
    }

    /** Closed by a stranger, with the act that did it. */
    public void kill(Act act) {
        closed = act;
        state = KILLED;
    }

    /** The agent may have missed something about this life: no ground for an alert any more. */
    public void forget() {
        state = UNKNOWN;
    }

    /** A {@code dup2} over this number is under way, or its owner does that at will: what is behind it may change. */
    public boolean replacing() {
        return replacing;
    }

    public void noteReplacing(boolean underWay) {
        replacing = underWay;
    }

    /** Handed over to native code, which will close it unseen: known, but no ground for an alert any more. */
    public void release() {
        released = true;
        state = UNKNOWN;
    }

    /** Whether native code took the number over, and nobody was seen to open it since. */
    public boolean released() {
        return released;
    }

    /**
     * Whether its owner cut the number (pre-close) after this life had ended, while {@code current} was the newest life. On
     * Linux that {@code dup2} allocates the number anew, so the owner's close that follows succeeds and belongs to the same
     * event.
     */
    public boolean cutDuring(Life current) {
        return cutDuring == current.generation;
    }

    public void noteCutDuring(Life current) {
        cutDuring = current.generation;
    }

    /** The object that closed it was none of its known owners, though that was no ground for an alert. */
    public boolean closedByStranger() {
        return closedByStranger;
    }

    public void noteClosedByStranger() {
        closedByStranger = true;
    }

    /** A finding that waits for its victim: whoever records the next open of this number; {@code null} for none. */
    public Object awaiting() {
        return awaiting;
    }

    public void await(Object finding) {
        awaiting = finding;
    }

    /** A raw close that arrived while the owner's own close was under way, or {@code null}. */
    public Act rival() {
        return rival;
    }

    public boolean noteRival(Act act) {
        return RIVAL.compareAndSet(this, null, act);
    }

    /** What ties everything together that follows from one wrong close of this life; {@code null} for none. */
    public Object incident() {
        return incident;
    }

    /** Sets the incident unless there is one; returns the one that holds. */
    public Object joinIncident(Object candidate) {
        return INCIDENT.compareAndSet(this, null, candidate) ? candidate : incident;
    }

    /** The life before this one, or {@code null} when none is remembered. */
    public Life previous() {
        return previous;
    }

    // --- owners ------------------------------------------------------------------------------------------------------

    public OwnerRef owners() {
        return owners;
    }

    /** The entry of this object among the owners, or {@code null}. Compares identity. */
    public OwnerRef ownerRef(Object candidate) {
        for (OwnerRef o = owners; o != null; o = o.next()) {
            if (o.get() == candidate) {
                return o;
            }
        }
        return null;
    }

    /** Binds one more owner. */
    public void adopt(Object owner, boolean armed) {
        adopt(owner, armed, null);
    }

    /** @param queue told when the owner has been collected; {@code null} for none */
    public void adopt(Object owner, boolean armed, ReferenceQueue<Object> queue) {
        for (; ; ) {
            OwnerRef head = owners;
            // Whoever adopts a life that raw code opened is its first owner: nobody else will close it.
            OwnerRef.Part part = head == null ? OwnerRef.Part.OPENER : OwnerRef.Part.ADOPTER;
            if (OWNERS.compareAndSet(this, head, new OwnerRef(owner, part, armed, head, queue))) {
                return;
            }
        }
    }

    /** Adds an object that closes for the owner when that is gone. */
    public void addDelegate(Object delegate) {
        for (; ; ) {
            OwnerRef head = owners;
            if (OWNERS.compareAndSet(this, head, new OwnerRef(delegate, OwnerRef.Part.DELEGATE, true, head))) {
                return;
            }
        }
    }

    /** Whether any owner object of this life is still reachable. */
    boolean owned(Reachability reachability) {
        for (OwnerRef o = owners; o != null; o = o.next()) {
            if (!reachability.gone(o)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return space().label() + " " + number + " generation " + generation + " state " + state;
    }
}
