package io.notsock.os;

import io.notsock.evidence.Identity;
import io.notsock.evidence.Witness;
import io.notsock.handle.Space;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A witness that costs too much to be made for everybody: it knows nothing until somebody shows that it may be needed and a
 * thread of the agent has made the real one.
 */
public final class WitnessOnDemand implements Witness {
    private volatile Witness made = Witness.SILENT;
    private volatile String state = "not needed yet";
    private volatile boolean pending;

    /** A thread is going to {@link #make} the real one. Any thread, inside a class load too. */
    public void expect() {
        pending = true;
    }

    /** Makes the real one, in this thread; where that fails everything stays unknown. */
    public void make(Supplier<Witness> maker) {
        try {
            made = maker.get();
            state = "ready";
        } catch (RuntimeException | LinkageError e) {
            state = "cannot be asked: " + e; // no JNA for this machine, or nowhere to unpack it: graded without
        } finally {
            pending = false;
        }
    }

    /** Whether the OS can be asked, and if not, why. */
    public String state() {
        return state;
    }

    @Override
    public boolean pending() {
        return pending;
    }

    @Override
    public Answer ask(Space space, long number) {
        return made.ask(space, number);
    }

    @Override
    public String describe(Space space, long number) {
        return made.describe(space, number);
    }

    @Override
    public Map<Long, String> list() {
        return made.list();
    }

    @Override
    public Identity identify(Space space, long number) {
        return made.identify(space, number);
    }
}
