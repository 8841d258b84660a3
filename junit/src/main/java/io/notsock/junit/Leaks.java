package io.notsock.junit;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;

/**
 * Has the agent find the handles that were opened since then and forgotten: those whose owner the collector takes. It is asked to
 * collect only where such a handle is open at all.
 */
final class Leaks {
    private static final String NOTHING = "0";
    private static final String UNDECIDED = " undecided";

    private static final long COLLECTION_MILLIS = 5000;
    private static final long PAUSE_MILLIS = 20;
    /** So many looks that see nothing new are enough: Cleaners work through what was collected one by one. */
    private static final int QUIET = 3;
    /** Cleaners with more to do than this are not waited for; the end of the class looks again. */
    private static final int LOOKS = 100;

    private Leaks() {}

    /**
     * Whatever there is has become an alert when this returns.
     *
     * @param since on the scale of {@link System#nanoTime()}
     */
    static void find(Agent agent, long since) {
        boolean interrupted = Thread.interrupted(); // a test may leave that behind
        try {
            look(agent, since);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void look(Agent agent, long since) {
        String rest = agent.lookForLeaks(since);
        if (rest == null) {
            Say.once("leaks of tests cannot be looked for: the agent runs without leaks=on, or with stacks=off;"
                    + " mode=test means leaks=on and stacks=all");
            return;
        }
        if (rest.equals(NOTHING)) {
            return;
        }
        if (!collect()) {
            Say.once("leaks of tests cannot be looked for: this JVM does not collect when asked to"
                    + " (-XX:+DisableExplicitGC)");
            return;
        }
        int quiet = 0;
        for (int looks = 0; looks < LOOKS && quiet < QUIET && sleep(PAUSE_MILLIS); looks++) {
            String before = rest;
            rest = agent.lookForLeaks(since);
            if (rest == null || rest.equals(NOTHING)) {
                return;
            }
            quiet = rest.equals(before) && !rest.endsWith(UNDECIDED) ? quiet + 1 : 0;
        }
    }

    private static boolean collect() {
        ReferenceQueue<Object> taken = new ReferenceQueue<>();
        WeakReference<Object> witness = new WeakReference<>(new Object(), taken);
        System.gc();
        try {
            boolean collected = taken.remove(COLLECTION_MILLIS) != null;
            // Before 16 the agent is told of owners by a queue, too, which is filled in no order.
            return collected && (Runtime.version().feature() >= 16 || sleep(50));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            Reference.reachabilityFence(witness);
        }
    }

    private static boolean sleep(long millis) {
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
