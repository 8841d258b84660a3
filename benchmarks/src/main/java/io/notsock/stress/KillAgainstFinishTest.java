package io.notsock.stress;

import io.notsock.evidence.Act;
import io.notsock.registry.Life;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * The owner's close ends while a stranger's is recorded: a kill is never undone by the owner's return.
 *
 * <p>r1: state at the end. r2: whether the act is the stranger's.
 */
@JCStressTest
@Outcome(id = "4, 1", expect = Expect.ACCEPTABLE, desc = "killed, by the stranger's act")
@Outcome(expect = Expect.FORBIDDEN, desc = "the kill was lost")
@State
public class KillAgainstFinishTest extends Slot {
    private final Life life = open(NUMBER, this);
    private final Act stranger = act();

    public KillAgainstFinishTest() {
        life.beginClose(act());
    }

    @Actor
    public void owner() {
        life.finishClose();
    }

    @Actor
    public void rogue() {
        life.kill(stranger);
    }

    @Arbiter
    public void end(II_Result r) {
        r.r1 = life.state();
        r.r2 = life.closed() == stranger ? 1 : 0;
    }
}
