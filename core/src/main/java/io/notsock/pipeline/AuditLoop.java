package io.notsock.pipeline;

import io.notsock.track.Audit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Has the audit visit all numbers once in a while, and keeps it below 0.1 % of a core: what a visit takes is measured, and
 * the next one waits until there is time to spend. With many handles a round then takes longer than its interval.
 */
public final class AuditLoop implements Runnable {
    /** How soon a doubt is settled. */
    private static final long RECHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Audit audit;
    private final long interval;
    private final AuditBudget budget = new AuditBudget(System.nanoTime());
    private long visitBegan;
    private boolean listing;

    public AuditLoop(Audit audit, long intervalMillis) {
        this.audit = audit;
        this.interval = TimeUnit.MILLISECONDS.toNanos(intervalMillis);
    }

    @Override
    public void run() {
        long next = System.nanoTime() + interval;
        for (; ; ) {
            pauseUntil(next);
            long began = System.nanoTime();
            next = began + interval;
            try {
                round(next);
            } catch (Throwable t) {
                // A heap that is full now may have room a moment later, and a descriptor of ours may have been closed
                // under our hands; the next round begins anew.
                visitBegan = 0;
            }
        }
    }

    private void round(long next) {
        boolean doubts = spending(() -> audit.visitAll(this::afford));
        while (doubts && next - System.nanoTime() > RECHECK_NANOS) {
            pauseUntil(System.nanoTime() + RECHECK_NANOS);
            doubts = spending(() -> audit.visitDoubted(this::afford));
        }
    }

    private boolean spending(BooleanSupplier visits) {
        visitBegan = System.nanoTime();
        listing = true;
        try {
            return visits.getAsBoolean();
        } finally {
            book(System.nanoTime());
        }
    }

    /** Called between two visits: books the one before, and waits until the next can be afforded. */
    private void afford() {
        long now = System.nanoTime();
        book(now);
        pauseUntil(now + budget.pauseAt(now));
        visitBegan = System.nanoTime();
    }

    /** Before the first visit of a round all numbers are listed. */
    private void book(long now) {
        if (listing) {
            budget.bookWhole(now - visitBegan);
            listing = false;
        } else {
            budget.book(now - visitBegan);
        }
    }

    private void pauseUntil(long time) {
        for (long left = time - System.nanoTime(); left > 0; left = time - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
            clearInterrupt();
        }
    }

    /** Of no meaning here, and parking would return at once. */
    @SuppressWarnings("ReturnValueIgnored")
    private static void clearInterrupt() {
        Thread.interrupted();
    }
}
