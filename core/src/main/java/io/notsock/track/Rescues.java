package io.notsock.track;

import io.notsock.evidence.Act;
import io.notsock.evidence.Recorder;
import io.notsock.registry.Life;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes down the lives that are ended by a thread which closes for the dead: a Cleaner's or the finalizer's.
 *
 * <p>Other threads pass after two comparisons. Bounded, never blocks; what does not fit is counted.
 */
public final class Rescues {
    private static final String FINALIZER = "Finalizer";
    private static final int CAPACITY = 10_000;

    /** Of Cleaners, and of some of the JDK's timers: the stack tells which. */
    private static final Class<?> INNOCUOUS = innocuousThread();

    private final ConcurrentLinkedQueue<Rescue> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();

    /** A life and the close that ended it. */
    public static final class Rescue {
        private final Life life;
        private final Act close;

        Rescue(Life life, Act close) {
            this.life = life;
            this.close = close;
        }

        public Life life() {
            return life;
        }

        /** The close, always with its stack. */
        public Act close() {
            return close;
        }

        /** Whether a Cleaner or a finalizer made it; what else such a thread may run is somebody's own work. */
        public boolean forTheDead() {
            return byReclaimer(close.frames());
        }
    }

    /**
     * The loop of a Cleaner's thread or the finalizer's has to be in the stack: a healthy close runs its Cleaner's action as
     * well, to have it done once ({@code Cleanable.clean}), and may do so in a timer of the JDK's.
     */
    static boolean byReclaimer(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            String name = frame.getClassName();
            if ((name.equals("jdk.internal.ref.CleanerImpl")
                            && frame.getMethodName().equals("run"))
                    || name.equals("java.lang.ref.Finalizer")
                    || name.equals("java.lang.ref.Finalizer$FinalizerThread")) {
                return true;
            }
        }
        return false;
    }

    /** Whether this close was made by the thread that runs finalizers. */
    public static boolean isFinalizers(Act close) {
        return FINALIZER.equals(close.thread());
    }

    /** A close of this life is about to reach the OS, by the calling thread. */
    void closing(Life life, Recorder recorder) {
        Thread thread = Thread.currentThread();
        if (thread.getClass() != INNOCUOUS && !FINALIZER.equals(thread.getName())) {
            return;
        }
        Act closed = life.closed();
        if (closed == null) {
            return;
        }
        if (size.incrementAndGet() > CAPACITY) {
            size.decrementAndGet();
            dropped.incrementAndGet();
            return;
        }
        queue.add(new Rescue(life, recorder.record(Act.What.CLOSE, closed.api(), true)));
    }

    /** The next one, or {@code null}. For one thread, the agent's; a stack holds its classes until it is taken. */
    public Rescue poll() {
        Rescue rescue = queue.poll();
        if (rescue != null) {
            size.decrementAndGet();
        }
        return rescue;
    }

    /** Whether there is none, nor one on its way. */
    public boolean isEmpty() {
        return size.get() == 0;
    }

    /** How many did not fit since this was asked last. */
    public long takeDropped() {
        return dropped.getAndSet(0);
    }

    private static Class<?> innocuousThread() {
        try {
            return Class.forName("jdk.internal.misc.InnocuousThread", false, null);
        } catch (ClassNotFoundException e) {
            return null;
        }
    }
}
