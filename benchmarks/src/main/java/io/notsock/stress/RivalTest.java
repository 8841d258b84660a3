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

/** Two raw closes arrive while the owner's is under way: one of them is the rival, and one incident holds them together. */
@JCStressTest
@Outcome(
        id = {"1, 0, 1", "0, 1, 1"},
        expect = Expect.ACCEPTABLE,
        desc = "one rival, one incident")
@Outcome(expect = Expect.FORBIDDEN, desc = "two rivals or none, or two incidents")
@State
public class RivalTest extends Slot {
    private final Life life = open(NUMBER, this);
    private final Act one = act();
    private final Act two = act();
    private volatile Object incidentOfOne;
    private volatile Object incidentOfTwo;

    public RivalTest() {
        life.beginClose(act());
    }

    @Actor
    public void first(III_Result r) {
        r.r1 = life.noteRival(one) ? 1 : 0;
        incidentOfOne = life.joinIncident(new Object());
    }

    @Actor
    public void second(III_Result r) {
        r.r2 = life.noteRival(two) ? 1 : 0;
        incidentOfTwo = life.joinIncident(new Object());
    }

    @Arbiter
    public void end(III_Result r) {
        boolean rival = life.rival() == (r.r1 == 1 ? one : two);
        r.r3 = rival && incidentOfOne == incidentOfTwo ? 1 : 0;
    }
}
