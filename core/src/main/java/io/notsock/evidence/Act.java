package io.notsock.evidence;

/**
 * One thing that happened to a handle: what, by which thread, when, through which API, from which stack.
 *
 * <p>Made in the application's thread on every open and close, so it holds only what is free to get. Nothing in it keeps
 * a thread, a class or a loader alive, but for a raw stack, which the agent's thread renders within seconds.
 *
 * <p>Thread-safety: immutable but for the stack, a benign race: it only goes from raw to rendered form of the same stack.
 */
public final class Act {
    /** What was done. */
    public enum What {
        OPEN("open"),
        CLOSE("close"),
        PRECLOSE("preclose"),
        ADOPT("adopt"),
        RELEASE("release"),
        REPLACE("replace"),
        USE("use"),
        /** A close that no hook saw; known only by what followed. */
        UNSEEN_CLOSE("unseen close");

        private final String label;

        What(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    private static final What[] WHATS = What.values();
    private static final int WHAT_MASK = 0b1111;
    private static final int VIRTUAL = 1 << 4;
    private static final int THREAD_SHIFT = 5;

    private final String api;
    private final String thread;
    /** The thread's id, whether it is virtual, and what it did, in one word: 40 bytes for an act instead of 48. */
    private final long who;

    private final long nanos;
    private volatile Object stack;

    Act(What what, String api, String thread, long threadId, boolean virtual, long nanos, Object stack) {
        this.api = api;
        this.thread = thread;
        this.who = threadId << THREAD_SHIFT | (virtual ? VIRTUAL : 0) | what.ordinal();
        this.nanos = nanos;
        if (stack != null) { // most have none, and a volatile write is a fence
            this.stack = stack;
        }
    }

    /** A close that was not seen, noticed at this time ({@link System#nanoTime()}). */
    public static Act unseenClose(long nanos) {
        return unseenClose(null, nanos);
    }

    /** A close that was not seen, but whose doer is known all the same. */
    public static Act unseenClose(String api, long nanos) {
        return new Act(What.UNSEEN_CLOSE, api, null, -1, false, nanos, null);
    }

    public What what() {
        return WHATS[(int) who & WHAT_MASK];
    }

    /** Name of the API in alerts, or {@code null} where it was not seen. */
    public String api() {
        return api;
    }

    /** Name of the thread at that time, or {@code null} where it was not seen. */
    public String thread() {
        return thread;
    }

    /** Id of the thread, or -1 where it was not seen. */
    public long threadId() {
        return who >> THREAD_SHIFT;
    }

    public boolean virtual() {
        return (who & VIRTUAL) != 0;
    }

    /** Time on the scale of {@link System#nanoTime()}. */
    public long nanos() {
        return nanos;
    }

    /** Whether it was a call of a native function with a plain integer, through JNA, FFM, jnr-ffi or a static native. */
    public boolean foreignFunction() {
        return api != null && isForeignFunction(api);
    }

    /** Whether an API's name stands for plain integers: {@code jna:close}, {@code ffm:close}, {@code jnr:close}, {@code jni:close}. */
    public static boolean isForeignFunction(String api) {
        return api.startsWith("jna:") || api.startsWith("ffm:") || api.startsWith("jnr:") || api.startsWith("jni:");
    }

    /** Whether a stack was captured. */
    public boolean hasStack() {
        return stack != null;
    }

    /**
     * The frames, innermost first; empty where none were captured. Rendering costs several times a capture: never call it
     * on the path of an unsuspicious event.
     */
    public StackTraceElement[] frames() {
        Object s = stack;
        if (s instanceof RawStack) {
            return ((RawStack) s).getStackTrace();
        }
        return s == null ? new StackTraceElement[0] : ((StackTraceElement[]) s).clone();
    }

    /**
     * Turns a raw stack into frames that hold no class. For the agent's own thread.
     *
     * @param interner gives one array for equal stacks
     * @param depth frames to keep
     * @return whether there was something to do
     */
    public boolean render(StackInterner interner, int depth) {
        Object s = stack;
        if (!(s instanceof RawStack)) {
            return false;
        }
        stack = interner.intern(((RawStack) s).getStackTrace(), depth);
        return true;
    }
}
