package io.notsock.agent.start;

import io.notsock.catalog.Role;
import io.notsock.evidence.Recorder;
import io.notsock.evidence.StackPolicy;
import io.notsock.evidence.Witness;
import io.notsock.explain.Explainer;
import io.notsock.registry.Reachability;
import io.notsock.registry.Registry;
import io.notsock.track.FindingSink;
import io.notsock.track.HookTable;
import io.notsock.track.Journal;
import io.notsock.track.Tracker;

/**
 * Goes the healthy way of a handle once, over a registry of its own, before any code is woven.
 *
 * <p>The JDK reads jars through hooked methods. Were a class that these hooks need not loaded yet, the read that loads it
 * from the agent's jar would come by the same hook and need it again, until the stack is full.
 */
final class WarmUp {
    /** Of no meaning outside the registry made here. */
    private static final long NUMBER = 1000;

    private WarmUp() {}

    static void run(Tracking tracking, Explainer explainer) {
        HookTable hooks = tracking.hooks;
        FindingSink sink = tracking.selfTest;
        Tracker tracker = new Tracker(
                new Registry(1, Reachability.BY_GET),
                new Recorder(StackPolicy.AUTO),
                Witness.SILENT,
                tracking.numbers,
                sink,
                sink,
                false,
                tracking.journal == null ? null : new Journal());
        tracker.install(hooks);
        Object owner = new Object();
        int use = hooks.first(Role.USE);
        int close = hooks.first(Role.CLOSE);
        tracker.use(use, owner, NUMBER);
        tracker.use(use, owner, NUMBER + 1);
        tracker.after(hooks.first(Role.OPEN), owner, null, NUMBER);
        tracker.use(use, owner, NUMBER);
        tracker.use(use, tracker, NUMBER);
        Object closing = tracker.before(close, owner, NUMBER, -1);
        tracker.use(use, owner, NUMBER);
        if (closing != null) {
            tracker.done(close, closing, 0);
        }
        if (explainer != null) {
            explainer.begun("", owner); // a jar that is opened, and closed
            explainer.ends("", owner);
        }
    }
}
