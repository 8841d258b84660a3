package io.notsock.track;

import io.notsock.evidence.Act;
import java.util.concurrent.atomic.AtomicInteger;

/** Ties together everything that follows from one wrong close. Thread-safe. */
public final class Incident {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final AtomicInteger id = new AtomicInteger();
    private volatile boolean ownerActed;
    private volatile Act firstAct;
    private volatile String struck;
    private volatile String striker;
    private volatile String context;

    /**
     * Number of the incident among those of this JVM that were told of, from 1: given at the first call, since most incidents, and
     * the self-test's, are never told.
     */
    public int id() {
        if (id.get() == 0) {
            id.compareAndSet(0, COUNT.incrementAndGet());
        }
        return id.get();
    }

    /** What was behind the number when this act, the incident's first, closed it; {@code null} for any other act. */
    public String struckBy(Act act) {
        return act != null && act == firstAct ? struck : null;
    }

    /** The object that did this act, the incident's first, as text; {@code null} for any other act, or where there was none. */
    String strikerOf(Act act) {
        return act != null && act == firstAct ? striker : null;
    }

    /**
     * The first wrong close has met this; only the first call counts.
     *
     * @param owner the closing object as text, or {@code null} for a plain integer
     */
    void begin(Act act, String owner, String described) {
        if (firstAct == null) {
            struck = described;
            striker = owner;
            firstAct = act;
        }
    }

    /** The context of the first finding that had one, such as a test; or {@code null}. */
    public String context() {
        return context;
    }

    void beginIn(String found) {
        if (context == null) {
            context = found;
        }
    }

    /** The owner of the handle that was closed underneath it has tried to close or cut it since: no hand-over. */
    public boolean ownerActed() {
        return ownerActed;
    }

    void noteOwnerActed() {
        ownerActed = true;
    }
}
