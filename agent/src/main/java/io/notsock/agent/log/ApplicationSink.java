package io.notsock.agent.log;

import io.notsock.alert.Alert;
import io.notsock.alert.AlertCounters;
import io.notsock.alert.AlertSink;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The sink of {@code log=slf4j}: alerts go to the logger {@code notsock.alert} of the application. What cannot go there goes
 * where {@code log=stderr} writes, so that none is lost.
 *
 * <p>The application's appenders run in a thread of their own that is not one of the agent's: what they open is the
 * application's, and whatever they wait for, the agent's thread does not. That thread exists only while there is something to
 * tell, for its thread locals would keep an application alive.
 */
public final class ApplicationSink implements AlertSink {
    private static final String OPTION = "log=slf4j: ";
    /** Alerts that may wait for a slow appender. */
    private static final int MOST_WAITING = 256;
    /** An appender that takes longer for an alert is not waited for. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** How long the end of the JVM may wait for one. */
    private static final long PATIENCE_AT_EXIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long IDLE_MILLIS = 100;

    private final ApplicationLoggers loggers;
    private final LogSink fallback;
    private final AlertCounters counters;
    private final Consumer<String> problems;
    private final LinkedBlockingDeque<Runnable> work = new LinkedBlockingDeque<>();
    private final Deque<HandOver> handedOver = new ArrayDeque<>();
    private ThreadPoolExecutor thread;
    /** The appenders have this one and do not come back; {@code null} if they do. */
    private HandOver stuck;

    private final Set<String> said = new HashSet<>();
    private long failed;
    private long late;

    /**
     * @param fallback for what cannot be handed over
     * @param counters where alerts are counted that even that cannot write
     * @param problems told in one line what does not work, each kind once
     */
    public ApplicationSink(
            ApplicationLoggers loggers, LogSink fallback, AlertCounters counters, Consumer<String> problems) {
        this.loggers = Objects.requireNonNull(loggers);
        this.fallback = Objects.requireNonNull(fallback);
        this.counters = Objects.requireNonNull(counters);
        this.problems = Objects.requireNonNull(problems);
    }

    @Override
    public void write(Alert alert) throws IOException {
        tidy();
        if (!handOver(alert)) {
            fallback.write(alert);
        }
    }

    private boolean handOver(Alert alert) {
        if (stuck != null || handedOver.size() >= MOST_WAITING) {
            sayItIsSlow();
            late++;
            return false;
        }
        try {
            if (HandOver.jvmIsEnding()) {
                return false;
            }
            ApplicationLoggers.Choice choice = loggers.choose(alert);
            if (choice.problem() != null) {
                sayThereIsNone(choice.problem());
                return false;
            }
            String message = fallback.format().message(alert);
            HandOver handOver = new HandOver(alert, message, choice, work);
            thread().execute(handOver);
            handedOver.add(handOver);
            return true;
        } catch (ReflectiveOperationException | RuntimeException | Error e) { // no memory, no thread
            sayItFails(e.toString());
            return false;
        }
    }

    private ThreadPoolExecutor thread() {
        if (thread == null) {
            thread = new ThreadPoolExecutor(
                    1, 1, IDLE_MILLIS, TimeUnit.MILLISECONDS, work, ApplicationSink::applicationThread);
            thread.allowCoreThreadTimeOut(true);
        }
        return thread;
    }

    private static Thread applicationThread(Runnable work) {
        Thread made = new Thread(null, work, "notsock-slf4j", 0, false);
        made.setDaemon(true);
        made.setContextClassLoader(null);
        return made;
    }

    /** Writes what was not logged after all; every few seconds, on the agent's thread. */
    public void tidy() {
        if (stuck != null && !stuck.running()) {
            stuck = null;
        }
        for (Iterator<HandOver> it = handedOver.iterator(); it.hasNext(); ) {
            HandOver next = it.next();
            if (next.logged()) {
                it.remove();
            } else if (next.failure() != null) {
                it.remove();
                if (!next.returned()) {
                    sayItFails(next.failure());
                    failed++;
                }
                writeInstead(next);
            } else if (next.nanos() > PATIENCE_NANOS) {
                it.remove();
                takeBack(next);
            }
        }
    }

    private void takeBack(HandOver next) {
        next.takeBack();
        if (next.logged()) {
            return;
        }
        if (next.running()) {
            stuck = next;
        }
        sayItIsSlow();
        late++;
        writeInstead(next);
    }

    private void writeInstead(HandOver handOver) {
        try {
            fallback.write(handOver.alert());
        } catch (IOException | RuntimeException e) {
            counters.addDropped(1);
        }
    }

    private void sayThereIsNone(String problem) {
        say(problem, problem + ": alerts go to " + fallback.where() + " until that changes");
    }

    private void sayItFails(String failure) {
        say("fails", "an alert could not be logged, what cannot goes to " + fallback.where() + ": " + failure);
    }

    private void sayItIsSlow() {
        say(
                "slow",
                "the application's logging does not take the alerts it is given: they go to " + fallback.where()
                        + " until it does");
    }

    private void say(String what, String line) {
        if (said.add(what)) {
            problems.accept(OPTION + line);
        }
    }

    @Override
    public void close() {
        long end = System.nanoTime() + PATIENCE_AT_EXIT_NANOS;
        for (tidy(); !handedOver.isEmpty() && stuck == null && System.nanoTime() - end < 0; tidy()) {
            LockSupport.parkNanos(this, LOOK_NANOS);
        }
        while (!handedOver.isEmpty()) {
            takeBack(handedOver.poll());
        }
        if (thread != null) {
            thread.shutdown(); // not now: an interrupt would close an appender's channel
        }
        if (failed + late > 1) {
            problems.accept(OPTION + (failed + late) + " alerts could not be logged and went to " + fallback.where());
        }
        fallback.close();
    }

    @Override
    public String toString() {
        return "log=slf4j";
    }
}
