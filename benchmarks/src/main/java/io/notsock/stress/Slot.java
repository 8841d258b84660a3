package io.notsock.stress;

import io.notsock.evidence.Act;
import io.notsock.evidence.Recorder;
import io.notsock.evidence.StackPolicy;
import io.notsock.handle.HandleType;
import io.notsock.handle.Space;
import io.notsock.registry.Life;
import io.notsock.registry.Opening;
import io.notsock.registry.OwnerRef;
import io.notsock.registry.Reachability;
import io.notsock.registry.Registry;

/** A fresh registry and the small words that the tests share; one for each state. */
class Slot {
    static final int NUMBER = 5;

    private static final Opening OPENING = new Opening(Space.FD, HandleType.SOCKET, "java:stress", true, false, false);
    private static final Recorder RECORDER = new Recorder(StackPolicy.OFF);

    final Registry registry = new Registry(2, Reachability.BY_GET);

    static Act act() {
        return RECORDER.record(Act.What.CLOSE, "java:stress", false);
    }

    static OwnerRef owner(Object owner) {
        return new OwnerRef(owner, OwnerRef.Part.OPENER, true, null);
    }

    final Life open(long number, Object owner) {
        return registry.begin(OPENING, number, act(), owner == null ? null : owner(owner));
    }

    final Life current() {
        return registry.current(Space.FD, NUMBER);
    }

    /** How many lives hang together, itself included. */
    static int length(Life life) {
        int length = 0;
        for (Life l = life; l != null; l = l.previous()) {
            length++;
        }
        return length;
    }
}
