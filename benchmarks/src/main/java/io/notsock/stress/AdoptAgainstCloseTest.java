package io.notsock.stress;

import io.notsock.registry.Life;
import io.notsock.registry.OwnerRef;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Two objects adopt a number that is closed at the same time.
 *
 * <p>r1: state at the end. r2: how many of the two are owners. r3: how many are its first owner.
 */
@JCStressTest
@Outcome(id = "3, 2, 1", expect = Expect.ACCEPTABLE, desc = "closed, both bound, exactly one of them as the first")
@Outcome(expect = Expect.FORBIDDEN, desc = "an adoption was lost, or two are the first, or the close was")
@State
public class AdoptAgainstCloseTest extends Slot {
    private final Life life = open(NUMBER, null);
    private final Object one = new Object();
    private final Object two = new Object();

    @Actor
    public void first() {
        life.adopt(one, true);
    }

    @Actor
    public void second() {
        life.adopt(two, true);
        if (life.beginClose(act())) {
            life.finishClose();
        }
    }

    @Arbiter
    public void end(III_Result r) {
        r.r1 = life.state();
        for (OwnerRef ref = life.owners(); ref != null; ref = ref.next()) {
            r.r2++;
            r.r3 += ref.part() == OwnerRef.Part.OPENER ? 1 : 0;
        }
    }
}
