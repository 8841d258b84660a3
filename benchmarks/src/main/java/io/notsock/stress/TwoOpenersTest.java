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
 * Two threads record an open of one number (a close in between went unseen): neither is lost, generations follow each other.
 *
 * <p>r1, r2: the generations. r3: length of the chain, and whether its order is that of the generations.
 */
@JCStressTest
@Outcome(
        id = {"1, 2, 2", "2, 1, 2"},
        expect = Expect.ACCEPTABLE,
        desc = "one after the other")
@Outcome(expect = Expect.FORBIDDEN, desc = "a life was lost, or two have one generation")
@State
public class TwoOpenersTest extends Slot {
    @Actor
    public void first(III_Result r) {
        r.r1 = open(NUMBER, null).generation();
    }

    @Actor
    public void second(III_Result r) {
        r.r2 = open(NUMBER, null).generation();
    }

    @Arbiter
    public void end(III_Result r) {
        Life newest = current();
        r.r3 = newest.generation() == 2 && newest.previous().generation() == 1 ? length(newest) : -1;
    }
}
