package io.notsock.pipeline;

import io.notsock.alert.AlertDesk;
import io.notsock.alert.AlertKind;
import io.notsock.alert.Level;
import io.notsock.evidence.Acts;
import io.notsock.evidence.Recorder;
import io.notsock.leak.LeakWatch;
import io.notsock.registry.Registry;
import io.notsock.track.Finding;
import io.notsock.track.OwnerNumbers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * The agent's own thread: takes findings, lets the grace periods pass, hands alerts to the desk, and has raw stacks rendered
 * before they keep a class loader alive for long.
 *
 * <p>Everything here runs in one thread, but for {@link #finish}.
 */
public final class AlertPipeline implements Runnable {
    /** A foreign close is a hand-over in the wrong order if the owner lets go within this time (product contract). */
    static final long HAND_OVER_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** How long a close may still turn out to be part of a sweep, or its victim may still record its open. */
    static final long JOIN_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long HOUSEKEEPING_NANOS = TimeUnit.SECONDS.toNanos(4);
    /** How soon a collection is noticed, at the price of four cheap wake-ups a second. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final FindingQueue queue;
    private final Registry registry;
    private final OwnerNumbers numbers;
    private final AlertDesk desk;
    private final Composer composer;
    private final Runnable housekeeping;
    private final LeakReport leaks;
    private final List<Waiting> waiting = new ArrayList<>();
    private final Set<Object> reportedSweeps = Collections.newSetFromMap(new IdentityHashMap<>());
    private final StackRendering stacks;
    private final Queue<Runnable> orders = new ConcurrentLinkedQueue<>();
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean finishing;
    private volatile boolean interrupted;
    private volatile List<String> unusedSuppressions = List.of();
    private long nextHousekeeping = System.nanoTime() + HOUSEKEEPING_NANOS;

    private static final class Waiting {
        private final Finding finding;
        private final long deadline;

        Waiting(Finding finding, long deadline) {
            this.finding = finding;
            this.deadline = deadline;
        }
    }

    /**
     * @param depth frames kept of a stack ({@code stack.depth})
     * @param housekeeping run every few seconds, in this thread; must not throw
     * @param leaks watches for what nobody closes, or {@code null}
     */
    public AlertPipeline(
            FindingQueue queue,
            Registry registry,
            OwnerNumbers numbers,
            AlertDesk desk,
            WallClock clock,
            int depth,
            Runnable housekeeping,
            LeakWatch leaks) {
        this.queue = queue;
        this.registry = registry;
        this.numbers = numbers;
        this.desk = desk;
        this.composer = new Composer(clock, depth, numbers);
        this.stacks = new StackRendering(registry, depth + Composer.OWN_FRAMES, LOOK_NANOS);
        this.housekeeping = housekeeping;
        this.leaks = leaks == null ? null : new LeakReport(leaks, desk, composer, clock);
    }

    @Override
    public void run() {
        queue.consumedBy(Thread.currentThread());
        while (!finishing) {
            step();
            long pause = waiting.isEmpty() ? LOOK_NANOS : TICK_NANOS;
            if (!finishing) {
                LockSupport.parkNanos(this, pause);
            }
        }
        try {
            writeAll();
        } finally {
            finished.countDown(); // whoever ends the JVM waits for it
        }
    }

    private void writeAll() {
        takeAll();
        for (Waiting w : waiting) {
            write(w.finding);
        }
        waiting.clear();
        try {
            obey();
        } catch (Throwable t) { // as in step
            desk.counters().addDropped(1);
        }
        lookForLeaks(true);
        unusedSuppressions = desk.close();
    }

    private void obey() {
        for (Runnable order = orders.poll(); order != null; order = orders.poll()) {
            takeAll(); // what was found before the order came may not have been there a moment ago
            order.run();
        }
    }

    /** Tells what is due, once. For the agent's thread, before it is in {@link #run}; never throws. */
    public void step() {
        try {
            takeAll();
            obey();
            long now = System.nanoTime();
            for (Iterator<Waiting> it = waiting.iterator(); it.hasNext(); ) {
                Waiting w = it.next();
                if (now - w.deadline >= 0 || decided(w.finding)) {
                    it.remove();
                    write(w.finding);
                }
            }
            boolean housekeeps = now - nextHousekeeping >= 0;
            if (housekeeps) {
                nextHousekeeping = now + HOUSEKEEPING_NANOS;
                registry.tidy();
            }
            stacks.render(now, housekeeps);
            if (housekeeps) {
                housekeeping.run();
                lookForLeaks(false);
                reportedSweeps.removeIf(sweep -> waiting.stream().noneMatch(w -> w.finding.sweep() == sweep));
            }
        } catch (Throwable t) {
            // Errors too: a heap that is full now may have room a moment later. One alert is lost, the next must not
            // be.
            desk.counters().addDropped(1);
        }
    }

    private void takeAll() {
        for (Finding f = queue.poll(); f != null; f = queue.poll()) {
            writeEarlierOf(f);
            if (!Composer.canWait(f)) {
                write(f);
            } else {
                long grace = f.holder() != null ? HAND_OVER_NANOS : JOIN_NANOS;
                waiting.add(new Waiting(f, f.nanos() + grace));
            }
        }
    }

    /** The first close of an incident is written before what followed from it, which also ends its grace. */
    private void writeEarlierOf(Finding next) {
        for (Iterator<Waiting> it = waiting.iterator(); it.hasNext(); ) {
            Waiting w = it.next();
            if (w.finding.incident() == next.incident() && !w.finding.inSweep()) {
                it.remove();
                write(w.finding);
            }
        }
    }

    /** Whether waiting longer can change nothing. */
    private boolean decided(Finding f) {
        if (f.sweep() != null && System.nanoTime() - f.nanos() < JOIN_NANOS) {
            return false;
        }
        if (f.holder() != null) {
            return f.incident().ownerActed() || letGo(f);
        }
        return f.victim() != null;
    }

    private boolean letGo(Finding f) {
        return f.holder() != null
                && numbers.numberOf(f.holder()) == -1
                && !f.incident().ownerActed();
    }

    private void write(Finding f) {
        try {
            tell(f);
        } catch (Throwable t) {
            // As in step, but at the end there is no other step: those behind it must not be lost with it.
            desk.counters().addDropped(1);
        } finally {
            queue.settle();
        }
    }

    private void tell(Finding f) {
        AlertKind kind = f.verdict().kind();
        if (f.inSweep()) {
            if (kind == AlertKind.DOUBLE_CLOSE) {
                return; // a sweep over numbers that are not open is what daemons do
            }
            if (!reportedSweeps.add(f.sweep())) {
                return; // counted with the first of the sweep
            }
            desk.accept(
                    composer.compose(f.asSweep(), f.verdict().level(), 1 + hitsOfSweep(f)), () -> Composer.incident(f));
            return;
        }
        if (kind == AlertKind.REDUNDANT_CLOSE
                && Composer.isWithinItself(f.rogue().frames())) {
            return;
        }
        Level level = letGo(f) ? Level.INFO : f.verdict().level();
        desk.accept(composer.compose(f, level, 1), () -> Composer.incident(f));
    }

    private void lookForLeaks(boolean atTheEnd) {
        if (leaks == null) {
            return;
        }
        try {
            if (atTheEnd) {
                leaks.end(interrupted);
            } else {
                leaks.look();
            }
        } catch (Throwable t) { // as in step
            desk.counters().addDropped(1);
        }
    }

    private long hitsOfSweep(Finding first) {
        long hits = 0;
        for (Waiting w : waiting) {
            if (w.finding != first
                    && w.finding.sweep() == first.sweep()
                    && w.finding.verdict().kind() != AlertKind.DOUBLE_CLOSE) {
                hits++;
            }
        }
        return hits;
    }

    /** Has the stacks of these acts rendered, too. */
    public void renderToo(Acts acts) {
        stacks.renderToo(acts);
    }

    /** Has the time that rendering takes counted in the budget of captures: a stack costs several times as much here. */
    public void payFrom(Recorder whose) {
        stacks.payFrom(whose);
    }

    /** The suppressions that matched nothing in the whole run; empty before it is over. */
    public List<String> unusedSuppressions() {
        return unusedSuppressions;
    }

    /**
     * Waits until the desk has what was found in a context before this call; the grace of that ends at once, as a test's end
     * ends it. Returns at once where nothing is on its way. From any thread but the agent's own.
     *
     * @param context the first word of contexts, or {@code null} for everything
     * @return false if that did not end within the time
     */
    public boolean settle(String context, long millis) {
        return queue.settled() || execute(() -> writeAllIn(context), millis);
    }

    private void writeAllIn(String context) {
        for (Iterator<Waiting> it = waiting.iterator(); it.hasNext(); ) {
            Waiting w = it.next();
            if (context == null || isIn(w.finding, context)) {
                it.remove();
                write(w.finding);
            }
        }
    }

    private static boolean isIn(Finding finding, String context) {
        String found = finding.context();
        return found != null
                && found.startsWith(context)
                && (found.length() == context.length() || " /".indexOf(found.charAt(context.length())) >= 0);
    }

    /**
     * Looks for leaks now, out of turn, so that the desk has what there is.
     *
     * @param since on the scale of {@link System#nanoTime()}
     * @return what is left of the handles that were opened since then; {@code null} where leaks are not watched, or where that
     *     did not end within the time
     */
    public LeakWatch.Rest lookForLeaks(long since, long millis) {
        if (leaks == null) {
            return null;
        }
        AtomicReference<LeakWatch.Rest> rest = new AtomicReference<>();
        boolean done = execute(
                () -> {
                    leaks.look();
                    rest.set(leaks.rest(since));
                },
                millis);
        return done ? rest.get() : null;
    }

    /**
     * Does something in the agent's thread, after everything that was found before this call was taken.
     *
     * @return false if that was not done within the time
     */
    public boolean execute(Runnable order, long millis) {
        if (finished.getCount() == 0) {
            return false;
        }
        CountDownLatch done = new CountDownLatch(1);
        orders.add(() -> {
            try {
                order.run();
            } finally {
                done.countDown();
            }
        });
        queue.wake();
        try {
            return done.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Writes everything that waits, ends the thread and closes the sinks.
     *
     * @param bySignal the JVM was told to end from outside
     * @return false if that did not end within the time
     */
    public boolean finish(long millis, boolean bySignal) {
        interrupted = bySignal;
        finishing = true;
        queue.wake();
        try {
            return finished.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
