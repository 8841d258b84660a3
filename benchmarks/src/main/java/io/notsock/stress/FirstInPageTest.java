package io.notsock.stress;

import io.notsock.handle.Space;
import io.notsock.registry.Life;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two threads record the first numbers of one page, and one of them a number that makes the directory grow. */
@JCStressTest
@Outcome(id = "2, 1", expect = Expect.ACCEPTABLE, desc = "all three are found again")
@Outcome(expect = Expect.FORBIDDEN, desc = "a life was lost with its page")
@State
public class FirstInPageTest extends Slot {
    private static final int FAR = 5000;

    private volatile Life one;
    private volatile Life two;
    private volatile Life far;

    @Actor
    public void first() {
        one = open(NUMBER, null);
    }

    @Actor
    public void second() {
        two = open(NUMBER + 1, null);
        far = open(FAR, null);
    }

    @Arbiter
    public void end(II_Result r) {
        r.r1 = (current() == one ? 1 : 0) + (registry.current(Space.FD, NUMBER + 1) == two ? 1 : 0);
        r.r2 = registry.current(Space.FD, FAR) == far ? 1 : 0;
    }
}
