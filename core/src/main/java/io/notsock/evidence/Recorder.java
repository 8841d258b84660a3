package io.notsock.evidence;

/**
 * Makes {@link Act}s in the application's thread and decides whether a stack may be captured.
 *
 * <p>The budget of {@code stacks=auto} is 0.2 % of one core: nanoseconds spent on captures, and by the agent's thread on turning
 * them into frames, are measured, what captures cost beside their own time is added, and the sum is compared with a five-hundredth of the time since start, plus a first allowance that
 * covers the start of a program; little of it can be saved up ({@link StackBudget}). Acts after a suspicion have a second budget of the same kind, so that a program which
 * gives cause for suspicion all the time costs twice that, not more.
 *
 * <p>Wait-free; allocates the act and, where due, its stack; no lock, no I/O.
 */
public final class Recorder {
    /** 20 ms: some thousand stacks, so that a short program has every one of its stacks. */
    static final long FIRST_ALLOWANCE_NANOS = 20_000_000L;
    /** 2 ms: what is earned in a second, some 300 stacks. */
    private static final long SAVINGS_NANOS = 2_000_000L;
    /** 100 ms: all the acts after the first suspicion, and after a few more. */
    static final long FIRST_ALLOWANCE_AFTER_SUSPICION_NANOS = 100_000_000L;
    /** After a suspicion its number's next owner, the likely victim, is among the next opens. */
    static final int ACTS_AFTER_SUSPICION = 10_000;

    private static final Class<?> VIRTUAL_THREAD = virtualThreadClass();

    private final StackPolicy policy;
    private final long start = System.nanoTime();
    private final StackBudget budget = new StackBudget(FIRST_ALLOWANCE_NANOS, SAVINGS_NANOS);
    private final StackBudget afterSuspicion =
            new StackBudget(FIRST_ALLOWANCE_AFTER_SUSPICION_NANOS, FIRST_ALLOWANCE_AFTER_SUSPICION_NANOS);
    private int owed;

    public Recorder(StackPolicy policy) {
        this.policy = policy;
    }

    /** Records an act of the calling thread; {@code always}: the stack is evidence that must not be missing. */
    public Act record(Act.What what, String api, boolean always) {
        Thread thread = Thread.currentThread();
        long now = System.nanoTime();
        Object stack = null;
        if (always || policy == StackPolicy.ALL) {
            stack = new RawStack();
        } else if (policy == StackPolicy.AUTO) {
            StackBudget payer = payer(now - start);
            if (payer != null) {
                stack = new RawStack();
                payer.capture(now - start, System.nanoTime() - now);
            }
        }
        return new Act(what, api, thread.getName(), thread.getId(), isVirtual(thread), now, stack);
    }

    /** The budget that has something left for one more stack, or {@code null}. */
    private StackBudget payer(long elapsed) {
        if (owed > 0 && afterSuspicion.affords(elapsed)) {
            owed--;
            return afterSuspicion;
        }
        return budget.affords(elapsed) ? budget : null;
    }

    /** So many nanoseconds went into the frames of one stack that was captured. For one thread, the agent's. */
    public void spendOnFrames(long nanos) {
        budget.frames(nanos);
    }

    /** Something is wrong: the acts that follow are likely to be parties to it, so their stacks are kept. */
    public void suspicion() {
        owed = ACTS_AFTER_SUSPICION;
    }

    /** Whether this is a virtual thread; asked by class, since {@code Thread.isVirtual} came with JDK 21. */
    private static boolean isVirtual(Thread thread) {
        return VIRTUAL_THREAD != null && thread.getClass() == VIRTUAL_THREAD;
    }

    private static Class<?> virtualThreadClass() {
        try {
            return Class.forName("java.lang.VirtualThread", false, null);
        } catch (ClassNotFoundException e) {
            return null; // before JDK 19
        }
    }
}
