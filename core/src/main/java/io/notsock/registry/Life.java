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
 *       when the agent may have missed something.
 *       Only the thread that won the CAS to CLOSING may move it on from there, except to KILLED.
 *   <li>{@code closed}, the act that ended it: written by the thread that won the state, right after it. It belongs to
 *       this life, never to the slot: the number's next life may begin before the closing thread returns from the kernel.
 *       Another thread may for a moment see CLOSING without the act, and then says less.
 *   <li>{@code owners}, a list that only grows.
 * </ul>
 *
 * The {@code previous} link is cut by pruning and read racily: a reader sees a longer or a shorter past, never a wrong one.
 *
 * <p>There is one of these for every open handle and some for every number that was ever open, so it is kept small: 56 bytes
 * on a 64-bit JVM with compressed references. State, type, flags and the count to the next prune share one word, each changed
 * by a CAS that leaves the others alone; what only few lives have is in {@link Particulars}, made when it is needed.
 */
public final class Life {
    public static final int OPEN = 0;
    public static final int PRECLOSED = 1;
    public static final int CLOSING = 2;
    public static final int CLOSED = 3;
    public static final int KILLED = 4;
    public static final int UNKNOWN = 5;

    private static final int STATE_MASK = 0b111;
    private static final int TYPE_SHIFT = 3;
    private static final int TYPE_MASK = 0b1_1111 << TYPE_SHIFT;
    private static final int CLOSED_BY_STRANGER = 1 << 8;
    private static final int RELEASED = 1 << 9;
    private static final int REPLACING = 1 << 10;
    private static final int PRUNE_SHIFT = 16;
    private static final int PRUNE_MASK = 0xFFFF << PRUNE_SHIFT;

    private static final HandleType[] TYPES = HandleType.values();

    private static final AtomicIntegerFieldUpdater<Life> BITS =
            AtomicIntegerFieldUpdater.newUpdater(Life.class, "bits");
    private static final AtomicReferenceFieldUpdater<Life, OwnerRef> OWNERS =
            AtomicReferenceFieldUpdater.newUpdater(Life.class, OwnerRef.class, "owners");
    private static final AtomicReferenceFieldUpdater<Life, Act> CLOSED_BY =
            AtomicReferenceFieldUpdater.newUpdater(Life.class, Act.class, "closed");
    private static final AtomicReferenceFieldUpdater<Life, Particulars> PARTICULARS =
            AtomicReferenceFieldUpdater.newUpdater(Life.class, Particulars.class, "particulars");

    private final Opening opening;
    private final long number;
    private final int generation;
    private final int opens;
    private final Act opened;
    /** State, type, flags, and how many more lives may begin before the past is pruned. */
    private volatile int bits;

    private volatile OwnerRef owners;
    private volatile Act closed;
    private volatile Particulars particulars;
    /** Not volatile: whoever has a life was given it by its slot, and whatever this may lead to was in that slot before. */
    Life previous;

    /**
     * @param generationsBefore lives of this number that are not remembered, where {@code previous} is {@code null}
     * @param untilPrune how many more lives of this number may begin before its past is pruned
     */
    Life(
            Opening opening,
            long number,
            Act opened,
            OwnerRef owners,
            Life previous,
            int generationsBefore,
            int untilPrune) {
        this.opening = opening;
        this.number = number;
        this.opened = opened;
        this.previous = previous;
        // Nobody sees it yet, and it will be published by a CAS: a volatile write here would be a fence for nothing.
        BITS.lazySet(this, opening.type().ordinal() << TYPE_SHIFT | pruneBits(untilPrune));
        if (owners != null) {
            OWNERS.lazySet(this, owners);
        }
        this.generation = previous == null ? generationsBefore + 1 : previous.generation + 1;
        this.opens = (previous == null ? 0 : previous.opens) + (opened == null || opening.agentOwned() ? 0 : 1);
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
        Particulars p = particulars;
        return p == null ? null : p.behind;
    }

    public void wrap(Life handle) {
        if (handle != null || particulars != null) {
            particulars().behind = handle;
        }
    }

    /** The act that opened it, or {@code null} where that was not seen (before the agent came, or natively). */
    public Act opened() {
        return opened;
    }

    public HandleType type() {
        return TYPES[(bits & TYPE_MASK) >>> TYPE_SHIFT];
    }

    public void refineType(HandleType better) {
        set(TYPE_MASK, better.ordinal() << TYPE_SHIFT);
    }

    public int state() {
        return bits & STATE_MASK;
    }

    /** Whether the number is still held, as far as the registry knows. */
    public boolean live() {
        int s = state();
        return s == OPEN || s == PRECLOSED;
    }

    /** Whether it is live, said by a CAS: whoever ends it later sees what the caller has done before. */
    boolean confirmLive() {
        for (; ; ) {
            int b = bits;
            int s = b & STATE_MASK;
            if (s != OPEN && s != PRECLOSED) {
                return false;
            }
            if (BITS.compareAndSet(this, b, b)) {
                return true;
            }
        }
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
        Particulars p = particulars;
        return p == null ? null : p.ending;
    }

    public void noteEnding(Act act) {
        Particulars.ENDING.compareAndSet(particulars(), null, act);
    }

    /**
     * Begins a rightful close; the caller then closes and calls {@link #finishClose}.
     *
     * @return whether this thread is the one that closes; decided by who enters its act first, so that whoever sees the
     *     life closing sees by whom
     */
    public boolean beginClose(Act act) {
        int s = state();
        if (s != OPEN && s != PRECLOSED) {
            return false;
        }
        boolean won = CLOSED_BY.compareAndSet(this, null, act);
        // The loser marks it for the winner, so that neither sees it open after this.
        while (s == OPEN || s == PRECLOSED) {
            move(s, CLOSING);
            s = state();
        }
        KnownUsers.takeOut(number);
        return won;
    }

    /** The OS has closed it. */
    public void finishClose() {
        move(CLOSING, CLOSED);
    }

    public void preclosed() {
        move(OPEN, PRECLOSED);
    }

    /** Closed by a stranger, with the act that did it. */
    public void kill(Act act) {
        closed = act;
        set(STATE_MASK, KILLED);
        KnownUsers.takeOut(number);
    }

    /** The agent may have missed something about this life: no ground for an alert any more. */
    public void forget() {
        set(STATE_MASK, UNKNOWN);
    }

    /** A {@code dup2} over this number is under way, or its owner does that at will: what is behind it may change. */
    public boolean replacing() {
        return (bits & REPLACING) != 0;
    }

    public void noteReplacing(boolean underWay) {
        set(REPLACING, underWay ? REPLACING : 0);
    }

    /** Handed over to native code, which will close it unseen: known, but no ground for an alert any more. */
    public void release() {
        set(RELEASED | STATE_MASK, RELEASED | UNKNOWN);
    }

    /** Whether native code took the number over, and nobody was seen to open it since. */
    public boolean released() {
        return (bits & RELEASED) != 0;
    }

    /**
     * Whether its owner cut the number (pre-close) after this life had ended, while {@code current} was the newest life. On
     * Linux that {@code dup2} allocates the number anew, so the owner's close that follows succeeds and belongs to the same
     * event.
     */
    public boolean cutDuring(Life current) {
        Particulars p = particulars;
        return p != null && p.cutDuring == current.generation;
    }

    public void noteCutDuring(Life current) {
        particulars().cutDuring = current.generation;
    }

    /** The object that closed it was none of its known owners, though that was no ground for an alert. */
    public boolean closedByStranger() {
        return (bits & CLOSED_BY_STRANGER) != 0;
    }

    public void noteClosedByStranger() {
        set(CLOSED_BY_STRANGER, CLOSED_BY_STRANGER);
    }

    /** A finding that waits for its victim: whoever records the next open of this number; {@code null} for none. */
    public Object awaiting() {
        Particulars p = particulars;
        return p == null ? null : p.awaiting;
    }

    public void await(Object finding) {
        particulars().awaiting = finding;
    }

    /** What {@link #awaiting} is, which waits no more; of several callers one is given it. */
    public Object takeAwaiting() {
        Particulars p = particulars;
        return p == null ? null : Particulars.AWAITING.getAndSet(p, null);
    }

    /** A raw close that arrived while the owner's own close was under way, or {@code null}. */
    public Act rival() {
        Particulars p = particulars;
        return p == null ? null : p.rival;
    }

    public boolean noteRival(Act act) {
        return Particulars.RIVAL.compareAndSet(particulars(), null, act);
    }

    /** What ties everything together that follows from one wrong close of this life; {@code null} for none. */
    public Object incident() {
        Particulars p = particulars;
        return p == null ? null : p.incident;
    }

    /** Sets the incident unless there is one; returns the one that holds. */
    public Object joinIncident(Object candidate) {
        Particulars p = particulars();
        return Particulars.INCIDENT.compareAndSet(p, null, candidate) ? candidate : p.incident;
    }

    /** The life before this one, or {@code null} when none is remembered. */
    public Life previous() {
        return previous;
    }

    // --- the word that state, type, flags and count share
    // ---------------------------------------------------------------

    /** Moves the state, and nothing else, unless it is another by now. */
    private boolean move(int from, int to) {
        for (int b = bits; (b & STATE_MASK) == from; b = bits) {
            if (BITS.compareAndSet(this, b, b & ~STATE_MASK | to)) {
                return true;
            }
        }
        return false;
    }

    private void set(int mask, int value) {
        for (; ; ) {
            int b = bits;
            if (BITS.compareAndSet(this, b, b & ~mask | value)) {
                return;
            }
        }
    }

    /** How many more lives of this number may begin before its past is pruned. */
    int untilPrune() {
        return bits >>> PRUNE_SHIFT;
    }

    void pruneAfter(int lives) {
        set(PRUNE_MASK, pruneBits(lives));
    }

    private static int pruneBits(int lives) {
        return Math.max(0, Math.min(lives, 0xFFFF)) << PRUNE_SHIFT;
    }

    private Particulars particulars() {
        Particulars p = particulars;
        if (p == null) {
            p = new Particulars();
            if (!PARTICULARS.compareAndSet(this, null, p)) {
                p = particulars; // written once
            }
        }
        return p;
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

    /** Whether it was over before this moment, on the scale of {@link System#nanoTime()}. */
    boolean endedBefore(long nanos) {
        Act last = closed;
        if (last == null) {
            last = opened; // a close that nobody saw: then later than this
        }
        return last != null && last.nanos() - nanos < 0;
    }

    @Override
    public String toString() {
        return space().label() + " " + number + " generation " + generation + " state " + state();
    }
}
