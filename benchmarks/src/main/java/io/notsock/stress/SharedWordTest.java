package io.notsock.stress;

import io.notsock.handle.HandleType;
import io.notsock.registry.Life;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/**
 * One thread closes a life while another refines its type and marks it: state, type and flags share a word.
 *
 * <p>r1: its state at the end. r2: whether it has the refined type. r3: whether it bears the marks. r4: its generation.
 */
@JCStressTest
@Outcome(id = "3, 1, 1, 1", expect = Expect.ACCEPTABLE, desc = "closed, refined and marked")
@Outcome(expect = Expect.FORBIDDEN, desc = "a change of one was lost to a change of another")
@State
public class SharedWordTest extends Slot {
    private final Life life = open(NUMBER, this);

    @Actor
    public void closer() {
        life.beginClose(act());
        life.finishClose();
    }

    @Actor
    public void other() {
        life.refineType(HandleType.SERVER_SOCKET);
        life.noteReplacing(true);
        life.noteClosedByStranger();
    }

    @Arbiter
    public void end(IIII_Result r) {
        r.r1 = life.state();
        r.r2 = life.type() == HandleType.SERVER_SOCKET ? 1 : 0;
        r.r3 = life.replacing() && life.closedByStranger() && !life.released() ? 1 : 0;
        r.r4 = life.generation();
    }
}
