package io.notsock.track;

import io.notsock.evidence.Act;
import java.util.concurrent.atomic.AtomicInteger;

/** Ties together everything that follows from one wrong close. Thread-safe. */
public final class Incident {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final int id = COUNT.incrementAndGet();
    private volatile boolean ownerActed;
    private volatile Act firstAct;
    private volatile String struck;
    private volatile String context;

    /** Number of the incident in this JVM, from 1. */
    public int id() {
        return id;
    }

    /** What was behind the number when this act, the incident's first, closed it; {@code null} for any other act. */
    public String struckBy(Act act) {
        return act != null && act == firstAct ? struck : null;
    }

    /** The first wrong close has met this; only the first call counts. */
    void begin(Act act, String described) {
        if (firstAct == null) {
            struck = described;
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
