package io.notsock.evidence;

/**
 * Nanoseconds that may go into stacks: a first allowance, and what is earned as time passes. Little can be saved up: a program whose
 * night was quiet would spend the night's savings in the morning's rush, where a stack of everything is a cost that can be
 * measured.
 *
 * <p>The counters are plain fields, the second written by the agent's thread only: lost updates make the budget a little
 * generous, never wrong. Nothing here branches by what was saved: where a busy program never takes one side of a branch, the
 * JIT compiles that side away, and the first quiet minute would have it throw away every method into which this is inlined.
 */
final class StackBudget {
    /** One five-hundredth is 0.2 %. */
    static final int DIVISOR = 500;

    /**
     * What a capture costs a program, by what it takes by itself: what it allocates has to be collected, and what it puts into the
     * processor's caches pushes the program's out. Measured 1.4 in the JDK's HTTP server, 2 to 3 in netty
     * (docs/stacks.md).
     */
    static final int COST_OF_A_CAPTURE = 2;

    /**
     * The most that one capture takes by itself, for the budget: ten times a deep one. What took longer was interrupted, by the
     * scheduler or by a class being loaded; in full, a few of those would cost a starting program all its stacks.
     */
    static final long DEAREST_CAPTURE_NANOS = 50_000L;

    /** The same for the frames of one stack; the first ones cost the JVM as much indeed. */
    static final long DEAREST_FRAMES_NANOS = 1_000_000L;

    private final long allowance;
    private final long unsaved;
    private long spent;
    private volatile long spentOnFrames;

    /**
     * A budget of which nothing is spent.
     *
     * @param allowance nanoseconds that are there at once, and stay until they are spent
     * @param savings the most that is there later, not more than the allowance
     */
    StackBudget(long allowance, long savings) {
        this.allowance = allowance;
        this.unsaved = allowance - savings;
    }

    /**
     * Whether there is something left.
     *
     * @param elapsed nanoseconds since the budget began
     */
    boolean affords(long elapsed) {
        long earned = elapsed / DIVISOR;
        long all = spent + spentOnFrames;
        return all < allowance || larger(all, unsaved + earned) < allowance + earned;
    }

    /**
     * A stack was captured.
     *
     * @param elapsed nanoseconds since the budget began
     * @param nanos what it took by itself
     */
    void capture(long elapsed, long nanos) {
        long onFrames = spentOnFrames;
        long before = spent + onFrames < allowance ? spent : larger(spent, unsaved + elapsed / DIVISOR - onFrames);
        spent = before - COST_OF_A_CAPTURE * larger(-nanos, -DEAREST_CAPTURE_NANOS);
    }

    /** The frames of a stack were asked for, which took so many nanoseconds. For one thread, the agent's. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void frames(long nanos) {
        spentOnFrames += Math.min(nanos, DEAREST_FRAMES_NANOS);
    }

    private static long larger(long a, long b) {
        long difference = a - b;
        return a - (difference & (difference >> (Long.SIZE - 1)));
    }
}
