package io.notsock.track;

/**
 * Recognises a sweep: one thread closing consecutive numbers, as daemons do to be rid of what they inherited.
 *
 * <p>A few sweeps can run at once in different threads; each hashes to a place by its thread's id. Two that meet in one
 * place break each other's run, which at worst turns a sweep into several: a benign race.
 */
final class Sweeps {
    private final Run[] runs = new Run[16];

    /** Notes a raw close; the run it belongs to. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // only the thread that a run belongs to writes it
    Run note(long threadId, String api, long number) {
        int place = (int) (threadId & (runs.length - 1));
        Run run = runs[place];
        if (run != null && run.covers(threadId, api, number)) {
            return run;
        }
        if (run != null && run.threadId == threadId && run.api.equals(api) && run.last + 1 == number) {
            run.last = number;
            run.length++;
            return run;
        }
        run = new Run(threadId, api, number);
        runs[place] = run;
        return run;
    }

    /** One call closes all these numbers. */
    void range(long threadId, String api, long first, long last) {
        Run run = new Run(threadId, api, first);
        run.last = last;
        run.length = (int) Math.min(Run.SWEEP, last - first + 1);
        runs[(int) (threadId & (runs.length - 1))] = run;
    }

    /** Consecutive numbers closed by one thread through one API. Written by that thread, read by the agent's. */
    static final class Run {
        /** From this length on it is a sweep (product contract). */
        static final int SWEEP = 8;

        private final long threadId;
        private final String api;
        private final long first;
        private volatile long last;
        private volatile int length = 1;

        Run(long threadId, String api, long first) {
            this.threadId = threadId;
            this.api = api;
            this.first = first;
            this.last = first;
        }

        boolean covers(long thread, String function, long number) {
            return threadId == thread && api.equals(function) && first < last && number >= first && number <= last;
        }

        boolean isSweep() {
            return length >= SWEEP;
        }
    }
}
