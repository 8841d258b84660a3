package io.notsock.stress;

import io.notsock.handle.HandleType;
import io.notsock.handle.Space;
import io.notsock.registry.Life;
import io.notsock.registry.Opening;
import io.notsock.registry.Reachability;
import io.notsock.registry.Registry;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * The slot of an address, dead for longest, is forgotten by the thread that opens one address too many, while another thread opens
 * that very address again.
 *
 * <p>r1: whether the address has the life that was begun. r2: whether all opens are counted.
 */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "the life is found, and nothing is lost from the count")
@Outcome(expect = Expect.FORBIDDEN, desc = "a life was begun in a slot that was let go")
@State
public class LargeSlotGoesTest extends Slot {
    private static final long ADDRESS = 1L << 40;
    private static final int KEPT = 2;
    private static final int SWEPT_ABOVE = 2 * KEPT;
    private static final Opening STREAM = new Opening(Space.CRT_FD, HandleType.FILE, "java:stress", true, false, false);

    private final Registry few = new Registry(2, Reachability.BY_GET, KEPT);
    private volatile Life again;

    public LargeSlotGoesTest() {
        for (int i = 0; i < SWEPT_ABOVE; i++) {
            Life life = begin(ADDRESS + 16L * i);
            life.beginClose(act());
            life.finishClose();
        }
    }

    private Life begin(long number) {
        return few.begin(STREAM, number, act(), null);
    }

    @Actor
    public void sweeper() {
        begin(ADDRESS - 16);
    }

    @Actor
    public void opener() {
        again = begin(ADDRESS);
    }

    @Arbiter
    public void end(II_Result r) {
        r.r1 = few.current(Space.CRT_FD, ADDRESS) == again ? 1 : 0;
        long[] opens = {few.forgottenOpens(Space.CRT_FD)};
        few.forEachCurrent(Space.CRT_FD, life -> opens[0] += life.opens());
        r.r2 = opens[0] == SWEPT_ABOVE + 2 ? 1 : 0;
    }
}
