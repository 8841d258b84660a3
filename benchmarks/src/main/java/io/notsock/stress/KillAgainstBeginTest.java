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

/**
 * A stranger kills a life whose owner begins to close it.
 *
 * <p>r1: whether the owner's close was let through. r2: state at the end. r3: 1 the stranger's act, 2 the owner's.
 */
@JCStressTest
@Outcome(id = "[01], 4, 1", expect = Expect.ACCEPTABLE, desc = "killed, and the stranger is the one who did it")
@Outcome(expect = Expect.FORBIDDEN, desc = "the kill was lost, or blamed on the owner")
@State
public class KillAgainstBeginTest extends Slot {
    private final Life life = open(NUMBER, this);
    private final Act stranger = act();
    private final Act own = act();

    @Actor
    public void owner(III_Result r) {
        if (life.beginClose(own)) {
            r.r1 = 1;
            life.finishClose();
        }
    }

    @Actor
    public void rogue() {
        life.kill(stranger);
    }

    @Arbiter
    public void end(III_Result r) {
        r.r2 = life.state();
        r.r3 = life.closed() == stranger ? 1 : life.closed() == own ? 2 : 0;
    }
}
