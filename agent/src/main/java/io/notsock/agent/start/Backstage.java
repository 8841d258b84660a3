package io.notsock.agent.start;

import io.notsock.agent.hook.HookReceiver;
import io.notsock.alert.AlertSink;
import io.notsock.evidence.Witness;
import io.notsock.explain.Explainer;
import io.notsock.pipeline.AuditLoop;
import io.notsock.track.AgentThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;

/**
 * The agent's own thread. It makes {@link Reporting}, tests whether violations are seen, and from then on writes the alerts.
 *
 * <p>Where an option names a file, or another thing that exists even if nothing happens, the application's {@code main} waits
 * until that is done: the files that the agent opens meanwhile would give those of a starting program other numbers than they
 * have without the agent. Else the application goes first, and all this begins when there is something to tell, somebody
 * asks, or half a second is over.
 *
 * <p>Thread-safe.
 */
final class Backstage implements Runnable, HookReceiver.Inquiries {
    /** What a start needs no longer competes with the application's; what is found sooner does not wait for it. */
    private static final long LET_START_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final long TELL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final long TRY_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** On a machine with nothing else to do it takes milliseconds. */
    private static final long PATIENCE_MILLIS = 20_000;
    /** No longer does {@code main} wait, whatever keeps this thread: the program then starts beside it. */
    private static final long START_PATIENCE_MILLIS = 2_000;

    /** Who waits looks so often whether it is in vain. */
    private static final long LOOK_MILLIS = 50;

    private static final int STEPS = 6;

    private final Tracking tracking;
    private final Explainer explainer;
    private final Readers readers;
    private final AgentThread thread = new AgentThread("notsock", this);
    private final CountDownLatch made = new CountDownLatch(1);
    private final CountDownLatch tested = new CountDownLatch(1);
    private final CountDownLatch settled = new CountDownLatch(1);
    private final List<AlertSink> sinks = new ArrayList<>();
    /** The options want something even where nothing happens. */
    private final boolean wanted;
    /** Somebody waits for it. */
    private volatile boolean asked;

    private volatile Reporting reporting;
    /** How often it could not be made. */
    private volatile int failures;

    Backstage(Tracking tracking, Explainer explainer) {
        this.tracking = tracking;
        this.explainer = explainer;
        this.readers = new Readers(tracking.options, tracking.tracker, this);
        this.wanted = Reporting.isAskedForBy(tracking.options);
    }

    Readers readers() {
        return readers;
    }

    /** From {@code premain}, or when attached, on the thread of the caller. */
    void start() {
        tracking.queue.consumedBy(thread);
        thread.start();
        if (wanted && !tracking.late) {
            await(settled, START_PATIENCE_MILLIS, 1);
        }
    }

    /**
     * Catches all there is: the bug that is looked for may close a descriptor under this thread's hands, and then natives of
     * {@code sun.nio.fs} throw a checked exception that no signature names ({@code UnixNativeDispatcher.close0} of 11 and
     * 17). A heap that is full now may have room a moment later.
     */
    @Override
    public void run() {
        letStart();
        make();
        reporting.outputs.beforeMain(wanted && !tracking.late);
        boolean told = false;
        for (int step = 0; step < STEPS; step++) {
            if (!told && !tracking.queue.settled()) {
                told = true;
                tellFirst();
            }
            try {
                settleIn(step);
            } catch (Throwable t) {
                AgentStart.complain("not all of the agent has started: " + t);
            }
        }
        reporting.outputs.beforeMain(false);
        settled.countDown();
        EntryPoint.releaseMemory();
        reporting.pipeline.run();
    }

    /** One of {@value #STEPS} steps, none of which needs another. */
    private void settleIn(int step) {
        switch (step) {
            case 0:
                tracking.tracker.prepareForSuspicions(); // before the self-test, which would load it with a file open
                return;
            case 1:
                try {
                    tracking.selfTest.run(tracking.health);
                } finally {
                    tested.countDown();
                }
                return;
            case 2:
                tracking.health.report(reporting.outputs);
                return;
            case 3:
                // Not before main: it takes a channel, which fixes what main may set. Then the housekeeping does it.
                if (tracking.late || !wanted) {
                    tracking.cache.run();
                }
                return;
            case 4:
                readers.serve(tracking.options, tracking.descriptors(), reporting.answers);
                return;
            default:
                startAudit();
                return;
        }
    }

    private void startAudit() {
        long millis = tracking.options.auditMillis();
        if (millis > 0 && tracking.witness != Witness.SILENT) {
            new AgentThread("notsock-audit", new AuditLoop(tracking.tracker.audit(), millis)).start();
        }
    }

    private void letStart() {
        long end = System.nanoTime() + LET_START_NANOS;
        for (long left = LET_START_NANOS; left > 0 && !wanted && !asked && tracking.queue.settled(); ) {
            LockSupport.parkNanos(this, left);
            left = end - System.nanoTime();
        }
    }

    /**
     * What has been found comes first, and unless somebody asks nothing else is done for half a second: the steps open files,
     * which would be given the very number that the first half of a bug has just freed, and hide its second half.
     */
    private void tellFirst() {
        long end = System.nanoTime() + LET_START_NANOS;
        while (!asked && System.nanoTime() - end < 0) {
            reporting.pipeline.step();
            LockSupport.parkNanos(this, TELL_NANOS);
        }
    }

    private void make() {
        int failed = 0;
        while (reporting == null) {
            try {
                makeReporting();
            } catch (Throwable t) {
                if (failed == 0) {
                    AgentStart.complain("alerts cannot be told yet: " + t);
                }
                failures = ++failed;
                LockSupport.parkNanos(this, TRY_AGAIN_NANOS);
            }
        }
        made.countDown();
    }

    private void makeReporting() {
        Reporting all = new Reporting(tracking, explainer);
        synchronized (this) {
            for (AlertSink sink : sinks) {
                all.outputs.desk().addSink(sink);
            }
            reporting = all;
        }
    }

    /** Has alerts go there, too. Never makes the caller wait. */
    synchronized void addSink(AlertSink sink) {
        if (reporting == null) {
            sinks.add(sink);
        } else {
            reporting.outputs.desk().addSink(sink);
        }
    }

    /** Whether there is nothing that anybody could have to be told. */
    boolean nothingToTell() {
        return !wanted && !asked && reporting == null && tracking.queue.settled() && tracking.health.summary() == null;
    }

    /** Waits for it where it has to be made yet; {@code null} where that takes too long, or fails twice while it is waited for. */
    Reporting reporting() {
        ask();
        return await(made, PATIENCE_MILLIS, 2) ? reporting : null;
    }

    private void ask() {
        if (!asked) {
            asked = true;
            LockSupport.unpark(thread);
        }
    }

    /** @param mostFailures after so many more nobody waits any longer: a heap may have room again a moment later, a refused file will not */
    private boolean await(CountDownLatch event, long patienceMillis, int mostFailures) {
        if (Thread.currentThread() == thread) {
            return event.getCount() == 0;
        }
        int failuresBefore = failures;
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
        try {
            while (!event.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                if (failures - failuresBefore >= mostFailures || System.nanoTime() - end >= 0) {
                    return event.getCount() == 0;
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return event.getCount() == 0;
        }
    }

    @Override
    public String answer(String question) {
        Reporting all = reporting();
        if (all == null || (question.equals(Answers.HEALTH) && !await(tested, PATIENCE_MILLIS, 2))) {
            return "not answered: the agent's thread does not run\n";
        }
        return all.answers.answer(question);
    }

    @Override
    public void contextsFrom(LongFunction<String> contexts) {
        tracking.queue.contextsFrom(contexts);
    }
}
