package io.notsock.track;

import java.util.concurrent.TimeUnit;

/**
 * Recognises a sweep: one thread closing consecutive numbers, upwards or downwards, as daemons do to be rid of what they inherited.
 *
 * <p>A few sweeps can run at once in different threads; each hashes to a place by its thread's id. Two that meet in one
 * place break each other's run, which at worst turns a sweep into several: a benign race.
 */
final class Sweeps {
    private final Run[] runs = new Run[16];

    /** Notes a raw close; the run it belongs to. */
    Run note(long threadId, String api, long nanos, long number) {
        int place = (int) (threadId & (runs.length - 1));
        Run run = runs[place];
        if (run == null || !run.takes(threadId, api, nanos, number)) {
            run = new Run(threadId, api, number, number, nanos);
            runs[place] = run;
        }
        return run;
    }

    /** One call closes all these numbers. */
    void range(long threadId, String api, long first, long last) {
        runs[(int) (threadId & (runs.length - 1))] = new Run(threadId, api, first, last, System.nanoTime());
    }

    /** Consecutive numbers closed by one thread through one API. Written by that thread, read by the agent's. */
    static final class Run {
        /** From this length on it is a sweep (product contract). */
        static final int SWEEP = 8;

        /** A loop does not pause. What comes later has this number in mind, and is no part of it. */
        private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

        private final long threadId;
        private final String api;
        private volatile long first;
        private volatile long last;
        private long nanos;

        private Run(long threadId, String api, long first, long last, long nanos) {
            this.threadId = threadId;
            this.api = api;
            this.first = first;
            this.last = last;
            this.nanos = nanos;
        }

        /** Whether this close belongs to it; then it goes on with that. */
        private boolean takes(long thread, String function, long now, long number) {
            if (threadId != thread || !api.equals(function) || now - nanos > PAUSE_NANOS) {
                return false;
            }
            if (number == last + 1) {
                last = number;
            } else if (number == first - 1) {
                first = number;
            } else if (first == last || number < first || number > last) {
                return false; // one number closed twice is no sweep
            }
            nanos = now;
            return true;
        }

        boolean isSweep() {
            return last - first + 1 >= SWEEP;
        }
    }
}
