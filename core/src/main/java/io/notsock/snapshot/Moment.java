package io.notsock.snapshot;

import io.notsock.alert.Frames;
import io.notsock.evidence.Act;
import io.notsock.pipeline.WallClock;
import java.time.Instant;

/** One act on a handle, made readable: what, when, by which thread, through what, from where. Immutable. */
public final class Moment {
    private static final StackTraceElement[] NONE = {};

    private final Act act;
    private final Instant time;
    private final StackTraceElement[] frames;

    private Moment(Act act, WallClock clock) {
        this.act = act;
        this.time = clock.at(act.nanos());
        this.frames = act.hasStack() ? withoutAgent(act.frames()) : NONE;
    }

    /** The act with its stack rendered; {@code null} for none. Not for the path of an event. */
    static Moment of(Act act, WallClock clock) {
        return act == null ? null : new Moment(act, clock);
    }

    private static StackTraceElement[] withoutAgent(StackTraceElement[] all) {
        int first = 0;
        while (first < all.length && Frames.origin(all[first]) == Frames.Origin.AGENT) {
            first++;
        }
        return first == 0 ? all : java.util.Arrays.copyOfRange(all, first, all.length);
    }

    /** {@code open}, {@code close} and the like. */
    public String what() {
        return act.what().label();
    }

    /** Whether a hook saw it; if not, only the time at which it was noticed is known. */
    public boolean seen() {
        return act.what() != Act.What.UNSEEN_CLOSE;
    }

    public Instant time() {
        return time;
    }

    /** Name of the thread, or {@code null} where it was not seen. */
    public String thread() {
        return act.thread();
    }

    public long threadId() {
        return act.threadId();
    }

    public boolean virtual() {
        return act.virtual();
    }

    /** Through which API, or {@code null}. */
    public String api() {
        return act.api();
    }

    /** The stack, innermost first; empty where none was captured. */
    public StackTraceElement[] frames() {
        return frames.clone();
    }

    /** Why there is no stack, or {@code null} where there is one. */
    public String stackMissing() {
        if (frames.length > 0) {
            return null;
        }
        return seen()
                ? "not captured: beyond the budget of stacks=auto, or stacks=off"
                : "no hook saw it: native code, or a way the catalog does not know";
    }

    /** The innermost frame of the application, or {@code null}. */
    public StackTraceElement site() {
        for (StackTraceElement frame : frames) {
            if (Frames.origin(frame) == Frames.Origin.APPLICATION) {
                return frame;
            }
        }
        return null;
    }
}
