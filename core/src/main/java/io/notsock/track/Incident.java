package io.notsock.track;

import java.util.concurrent.atomic.AtomicInteger;

/** Ties together everything that follows from one wrong close. Thread-safe. */
public final class Incident {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final int id = COUNT.incrementAndGet();
    private volatile boolean ownerActed;

    /** Number of the incident in this JVM, from 1. */
    public int id() {
        return id;
    }

    /** The owner of the handle that was closed underneath it has tried to close or cut it since: no hand-over. */
    public boolean ownerActed() {
        return ownerActed;
    }

    void noteOwnerActed() {
        ownerActed = true;
    }
}
