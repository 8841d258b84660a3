package io.notsock.stress;

import io.notsock.registry.Life;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Two threads are the first to have something to note that only few lives have: both notes go to one place.
 *
 * <p>r1, r2: whether each thread's incident is the one that holds. r3: whether the cut is remembered.
 */
@JCStressTest
@Outcome(id = "1, 0, 1", expect = Expect.ACCEPTABLE, desc = "the first thread's incident holds, for both")
@Outcome(id = "0, 1, 1", expect = Expect.ACCEPTABLE, desc = "the second thread's incident holds, for both")
@Outcome(expect = Expect.FORBIDDEN, desc = "two incidents, or a note that was lost")
@State
public class ParticularsTest extends Slot {
    private final Life life = open(NUMBER, this);

    @Actor
    public void first(III_Result r) {
        Object mine = new Object();
        r.r1 = life.joinIncident(mine) == mine ? 1 : 0;
    }

    @Actor
    public void second(III_Result r) {
        Object mine = new Object();
        r.r2 = life.joinIncident(mine) == mine ? 1 : 0;
        life.noteCutDuring(life);
    }

    @Arbiter
    public void end(III_Result r) {
        r.r3 = life.cutDuring(life) && life.incident() != null ? 1 : 0;
    }
}
