package io.notsock.stress;

import io.notsock.evidence.Act;
import io.notsock.registry.Life;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/**
 * {@link OpenCloseReuseTest} for two cores: who looks on is the one who gets the number next.
 *
 * <p>r1: what it saw (0 open, 1 closing with the act that did it, 2 closed with it; 9 a close
 * without its act). r2: state of the first life at the end. r3: whether the slot is the next life's. r4: its state.
 */
@JCStressTest
@Outcome(id = "[012], 3, 1, 0", expect = Expect.ACCEPTABLE, desc = "first life closed, the next one open")
@Outcome(expect = Expect.FORBIDDEN, desc = "a close without its act, or a life that the close of another one touched")
@State
public class OnlookerOpensTest extends Slot {
    private final Life first = open(NUMBER, this);
    private volatile boolean freed;
    private volatile Life next;

    @Actor
    public void closer() {
        first.beginClose(act());
        freed = true; // the system call: from here on the number may be given out
        first.finishClose();
    }

    @Actor
    public void opener(IIII_Result r) {
        look(r);
        while (!freed) {
            Thread.onSpinWait();
        }
        next = open(NUMBER, this);
    }

    private void look(IIII_Result r) {
        Life seen = current();
        int state = seen.state();
        Act closed = seen.closed();
        if (state == Life.OPEN) {
            r.r1 = 0;
        } else if (closed == null) {
            r.r1 = 9;
        } else {
            r.r1 = state == Life.CLOSING ? 1 : 2;
        }
    }

    @Arbiter
    public void end(IIII_Result r) {
        r.r2 = first.state();
        r.r3 = current() == next && next.previous() == first ? 1 : 0;
        r.r4 = next.state();
    }
}
