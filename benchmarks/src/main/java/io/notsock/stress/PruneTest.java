package io.notsock.stress;

import io.notsock.registry.Life;
import io.notsock.registry.Registry;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Two threads prune one chain, and one of them looks for an owner's old life in it.
 *
 * <p>r1: whether it found the life whose owner lives. r2: whether it is there at the end. r3: whether the chain
 * is bounded and still falls.
 */
@JCStressTest
@Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "found at every moment, and the chain is bounded")
@Outcome(expect = Expect.FORBIDDEN, desc = "a life with a living owner was lost, or the chain grew or was knotted")
@State
public class PruneTest extends Slot {
    /** The history of two, and the opens between two prunes: the next open prunes. */
    private static final int UNPRUNED = 2 + Registry.BETWEEN_PRUNES;

    private final Object keeper = new Object();

    public PruneTest() {
        open(NUMBER, keeper);
        for (int i = 0; i < UNPRUNED - 1; i++) {
            open(NUMBER, null);
        }
    }

    @Actor
    public void first() {
        open(NUMBER, null);
    }

    @Actor
    public void second(III_Result r) {
        r.r1 = Registry.lifeOf(keeper, current()) != null ? 1 : 0;
        open(NUMBER, null);
    }

    @Arbiter
    public void end(III_Result r) {
        r.r2 = Registry.lifeOf(keeper, current()) != null ? 1 : 0;
        boolean falls = true;
        for (Life life = current(); life.previous() != null; life = life.previous()) {
            falls &= life.previous().generation() < life.generation();
        }
        r.r3 = falls && length(current()) <= UNPRUNED ? 1 : 0;
    }
}
