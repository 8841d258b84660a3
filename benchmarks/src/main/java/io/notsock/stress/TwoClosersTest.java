package io.notsock.stress;

import io.notsock.evidence.Act;
import io.notsock.registry.Life;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Two threads close one life at once: exactly one may, and the act that ended it is that one's. */
@JCStressTest
@Outcome(id = "1, 0, 1", expect = Expect.ACCEPTABLE, desc = "the first closes")
@Outcome(id = "0, 1, 1", expect = Expect.ACCEPTABLE, desc = "the second closes")
@Outcome(expect = Expect.FORBIDDEN, desc = "both or none, or an act of the other")
@State
public class TwoClosersTest extends Slot {
    private final Life life = open(NUMBER, this);
    private final Act one = act();
    private final Act two = act();

    @Actor
    public void first(III_Result r) {
        r.r1 = close(one);
    }

    @Actor
    public void second(III_Result r) {
        r.r2 = close(two);
    }

    private int close(Act act) {
        if (!life.beginClose(act)) {
            return 0;
        }
        life.finishClose();
        return 1;
    }

    @Arbiter
    public void end(III_Result r) {
        r.r3 = life.state() == Life.CLOSED && life.closed() == (r.r1 == 1 ? one : two) ? 1 : 0;
    }
}
