package io.notsock.explain;

import io.notsock.alert.Frames;
import io.notsock.evidence.Act;
import io.notsock.evidence.Acts;
import io.notsock.evidence.Recorder;
import io.notsock.handle.Space;
import io.notsock.pipeline.WallClock;
import io.notsock.registry.Life;
import io.notsock.registry.Registry;
import io.notsock.track.AgentThread;
import io.notsock.track.Inside;
import io.notsock.track.OwnerNumbers;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Arrays;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Tells an exception of the application who ended the object it is about, where that is known: once per exception, by one
 * suppressed {@link HandleHistory}. Nothing else of the exception changes.
 *
 * <p>Works where such an exception is made or leaves the JDK, and nowhere else. A handle's life is found through its
 * number, where the owner still knows it, or by a search of the registry, for which there is a budget of a thousandth of
 * one core. Objects without a handle of their own are remembered from their end on ({@link ObjectPasts}).
 *
 * <p>Thread-safe and lock-free, apart from the exception's own lock. Runs no code of the application.
 */
public final class Explainer implements Acts {
    /** Objects inside objects: a socket's implementation, its delegate, its descriptor. */
    private static final int DEEPEST = 4;

    private static final Object[] NOTHING = {};

    /** 5 ms, and a thousandth of the time since start. */
    private static final long FIRST_ALLOWANCE_NANOS = 5_000_000L;

    private static final int BUDGET_DIVISOR = 1000;

    /** What one look costs. Not measured on the spot: a thread that is not running would be charged for it. */
    private static final long NANOS_A_LOOK = 20L;

    private final Space space;
    private final Registry registry;
    private final Recorder recorder;
    private final OwnerNumbers numbers;
    private final Inside inside;
    private final Insides insides;
    private final WallClock clock;
    private final int depth;
    private final ObjectPasts pasts = new ObjectPasts();
    private final long start = System.nanoTime();
    /** A plain field: lost updates make the budget a little generous, never wrong. */
    private long searched;

    /**
     * @param space where the descriptors of the JDK have their numbers
     * @param inside whose threads are in agent code
     * @param depth frames to tell of each stack
     */
    public Explainer(
            Space space,
            Registry registry,
            Recorder recorder,
            OwnerNumbers numbers,
            Inside inside,
            Insides insides,
            WallClock clock,
            int depth) {
        this.space = space;
        this.registry = registry;
        this.recorder = recorder;
        this.numbers = numbers;
        this.inside = inside;
        this.insides = insides;
        this.clock = clock;
        this.depth = depth;
    }

    /** This object was made. */
    public void begun(String api, Object object) {
        if (!inside.here() && !(Thread.currentThread() instanceof AgentThread)) {
            pasts.add(object, new ObjectPast(recorder.record(Act.What.OPEN, api, false), null));
        }
    }

    /** This object is about to end; where it is the owner of a handle, its handle is. */
    public void ends(String api, Object object) {
        if (inside.here()) {
            return;
        }
        Life life = numberedIn(object, DEEPEST);
        if (life != null) {
            if (life.live()) {
                life.noteEnding(recorder.record(Act.What.CLOSE, api, false));
            }
            return;
        }
        if (numbers.numberOf(object) != OwnerNumbers.CANNOT_ASK) {
            return; // a descriptor that has let go already
        }
        ObjectPast past = pasts.of(object);
        if (past != null && (past.ended() != null || past.life() != null)) {
            return;
        }
        if (past == null) {
            past = new ObjectPast(null, null);
            past.end(recorder.record(Act.What.CLOSE, api, false));
            pasts.add(object, past);
        } else {
            past.end(recorder.record(Act.What.CLOSE, api, false));
        }
    }

    /** This object is about to end, and with it the handle of another that it will no longer know. */
    public void endsWith(Object object, Object holder) {
        Object owner = holder == null || inside.here() ? null : insides.owner(holder);
        Life life = owner == null ? null : byNumber(owner);
        if (life != null && pasts.of(object) == null) {
            pasts.add(object, new ObjectPast(null, life));
        }
    }

    /**
     * This exception is about this object.
     *
     * @param made it was made on the spot; else it is on its way out of a method, and may be about anything
     */
    public void explain(Object object, Throwable thrown, boolean made) {
        if (!(made || aboutEnds(thrown)) || !canTell(thrown)) {
            return;
        }
        try {
            HandleHistory history = historyOf(object, thrown);
            if (history != null) {
                thrown.addSuppressed(history);
            }
        } finally {
            inside.leave();
        }
    }

    /** This exception is the outcome of an operation on this life. */
    public void explain(Life life, Throwable thrown) {
        if (!aboutEnds(thrown) || !canTell(thrown)) {
            return;
        }
        try {
            HandleHistory history = historyOf(life, null, null, thrown);
            if (history != null) {
                thrown.addSuppressed(history);
            }
        } finally {
            inside.leave();
        }
    }

    @Override
    public void forEachAct(Consumer<Act> visitor) {
        pasts.forEach(past -> {
            visit(past.begun(), visitor);
            visit(past.ended(), visitor);
            Life life = past.life(); // it may have left the registry
            if (life != null) {
                visit(life.opened(), visitor);
                visit(life.closed(), visitor);
                visit(life.ending(), visitor);
            }
        });
    }

    private static void visit(Act act, Consumer<Act> visitor) {
        if (act != null) {
            visitor.accept(act);
        }
    }

    private static boolean aboutEnds(Throwable thrown) {
        return thrown instanceof IOException
                || thrown instanceof IllegalStateException
                || thrown instanceof RejectedExecutionException;
    }

    /** If so, the caller has to leave agent code. */
    private boolean canTell(Throwable thrown) {
        return !(Thread.currentThread() instanceof AgentThread)
                && !inside.here()
                && !HandleHistory.isIn(thrown)
                && inside.enter();
    }

    private HandleHistory historyOf(Object object, Throwable thrown) {
        ObjectPast past = endedIn(object, DEEPEST);
        Life life = lifeIn(object, DEEPEST);
        Act ended = past == null ? null : past.ended();
        if (life != null) {
            return historyOf(life, behind(object, DEEPEST), ended, thrown);
        }
        if (ended == null) {
            return null;
        }
        String verb = thrown instanceof RejectedExecutionException ? " shut down" : " closed";
        return history(insides.name(object).concat(verb), ended, past.begun(), false);
    }

    /** The past of the object, or of what is inside it, that knows of an end; {@code null} for none. */
    private ObjectPast endedIn(Object object, int levels) {
        ObjectPast past = pasts.of(object);
        if (past != null && past.ended() != null) {
            return past;
        }
        for (Object each : within(object, levels)) {
            ObjectPast found = endedIn(each, levels - 1);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** The life of the descriptor inside, if that still has its number. */
    private Life numberedIn(Object object, int levels) {
        Life life = byNumber(object);
        if (life != null) {
            return life;
        }
        for (Object each : within(object, levels)) {
            Life found = numberedIn(each, levels - 1);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** The life of the handle that the object, or what is inside it, stands for. */
    private Life lifeIn(Object object, int levels) {
        Life life = byNumber(object);
        ObjectPast past = life == null ? pasts.of(object) : null;
        if (life == null && past != null) {
            life = past.life();
        }
        Object[] within = life == null ? within(object, levels) : NOTHING;
        for (int i = 0; i < within.length && life == null; i++) {
            life = lifeIn(within[i], levels - 1);
        }
        boolean known = life != null || within.length > 0 || (past != null && past.searched());
        return known || !insides.mayOwn(object) ? life : search(object, past);
    }

    private Object[] within(Object object, int levels) {
        return levels == 0 ? NOTHING : insides.of(object);
    }

    private Life byNumber(Object owner) {
        long number = numbers.numberOf(owner);
        return number < 0 ? null : Registry.lifeOf(owner, registry.current(space, number));
    }

    /** The number is gone from the owner: what is found is kept, since the next exception is likely about the same. */
    private Life search(Object owner, ObjectPast known) {
        if (searched > FIRST_ALLOWANCE_NANOS + (System.nanoTime() - start) / BUDGET_DIVISOR) {
            return null;
        }
        Registry.OwnerSearch search = registry.search(space, owner);
        searched += search.looks() * NANOS_A_LOOK;
        ObjectPast past = known != null ? known : new ObjectPast(null, null);
        past.found(search.found());
        if (known == null) {
            pasts.add(owner, past);
        }
        return past.life();
    }

    /** What the object, or what is inside it, remembers of where its handle led to; {@code null} for nothing. */
    private String behind(Object object, int levels) {
        String behind = insides.behind(object);
        Object[] within = behind == null ? within(object, levels) : NOTHING;
        for (int i = 0; i < within.length && behind == null; i++) {
            behind = behind(within[i], levels - 1);
        }
        return behind;
    }

    /**
     * @param behind what the handle led to, or {@code null}
     * @param end the act that ended the object around the handle, or {@code null} where that is not known
     */
    private HandleHistory historyOf(Life life, String behind, Act end, Throwable thrown) {
        boolean killed = life.state() == Life.KILLED;
        Act ended = killed ? life.closed() : end != null ? end : life.ending();
        if (ended == null && !life.live()) {
            ended = life.closed();
        }
        if (ended == null) {
            return replaced(life, behind);
        }
        Life first = killed ? whereItBegan(life) : life;
        if (first != life && first.closed() != null) {
            // Whoever closed this one acted on a handle that had been closed underneath it before, and is innocent.
            String what = name(life, behind) + " closed underneath its owner; that began with " + name(first, null)
                    + ", closed";
            return history(what, first.closed(), life.opened(), true);
        }
        String verb = killed ? "closed underneath its owner" : verb(ended, thrown);
        return history(name(life, behind) + " " + verb, ended, life.opened(), true);
    }

    /** The number is the owner's still, but somebody has put another file there: {@code dup2} by a plain integer. */
    private HandleHistory replaced(Life life, String behind) {
        Life before = life.previous();
        Act put = life.opened();
        if (put == null || put.what() != Act.What.REPLACE || before == null || before.closed() != put) {
            return null;
        }
        return history(name(before, behind) + " replaced underneath its owner", put, before.opened(), true);
    }

    /** The earliest life of the number that was killed in the same incident. */
    private static Life whereItBegan(Life life) {
        Life first = life;
        Object incident = life.incident();
        for (Life past = life.previous(); incident != null && past != null; past = past.previous()) {
            if (past.incident() == incident && past.state() == Life.KILLED) {
                first = past;
            }
        }
        return first;
    }

    /**
     * {@code java.nio.channels} throws ClosedByInterruptException only where an interrupt has closed the channel: it does so
     * in the thread that interrupts, if the other is in its call, or in the interrupted thread itself at its next call.
     */
    private static String verb(Act ended, Throwable thrown) {
        if (!(thrown instanceof ClosedByInterruptException)) {
            return "closed";
        }
        return ended.threadId() == Thread.currentThread().getId()
                ? "closed because this thread was interrupted before its call, by whom was not seen,"
                : "closed by an interrupt sent";
    }

    private static String name(Life life, String behind) {
        return life.space().label() + " " + life.number() + " (" + life.type().label() + ", generation "
                + life.generation() + (behind == null ? ")" : ", " + behind + ")");
    }

    private HandleHistory history(String what, Act ended, Act opened, boolean wasOpened) {
        long now = System.nanoTime();
        HandleHistory cause = opened == null || !opened.hasStack()
                ? null
                : new HandleHistory(HistoryText.ofOpening(clock, now, opened), frames(opened), null);
        return new HandleHistory(HistoryText.ofEnd(clock, now, what, ended, opened, wasOpened), frames(ended), cause);
    }

    private StackTraceElement[] frames(Act act) {
        StackTraceElement[] frames = act.frames();
        int first = 0;
        while (first < frames.length && Frames.isAgent(frames[first].getClassName())) {
            first++;
        }
        return Arrays.copyOfRange(frames, first, Math.min(frames.length, first + depth));
    }
}
