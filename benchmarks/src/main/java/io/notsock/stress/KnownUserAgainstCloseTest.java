package io.notsock.stress;

import io.notsock.registry.KnownUsers;
import io.notsock.registry.Life;
import io.notsock.registry.OwnerRef;
import java.lang.ref.Reference;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/**
 * A use finds its owner's life live and has it known, while that life is closed, or the number begins another one.
 *
 * <p>r1: whether the old owner is known as the number's user when both are done.
 */
public final class KnownUserAgainstCloseTest {
    private KnownUserAgainstCloseTest() {}

    /** All states share the process's one table: each has a number of its own, and a stride of them fits. */
    static class Used extends Slot {
        private static final int NUMBERS = 1 << 17;
        private static final AtomicInteger NEXT = new AtomicInteger();

        static {
            KnownUsers.share(new Reference<?>[NUMBERS]);
        }

        final int number = NEXT.getAndIncrement() & (NUMBERS - 1);
        final Life life = open(number, this);
        final OwnerRef owner = life.ownerRef(this);

        final void use() {
            registry.knowUser(life, owner);
        }

        final boolean known() {
            return KnownUsers.knows(this, number);
        }
    }

    /** The owner closes; a stranger's close goes the same way. */
    @JCStressTest
    @Outcome(id = "false", expect = Expect.ACCEPTABLE, desc = "the close had the last word")
    @Outcome(id = "true", expect = Expect.FORBIDDEN, desc = "a stale owner passes for a user")
    @State
    public static class Closed extends Used {
        @Actor
        public void user() {
            use();
        }

        @Actor
        public void closer() {
            life.beginClose(act());
        }

        @Arbiter
        public void end(Z_Result r) {
            r.r1 = known();
        }
    }

    /** Somebody is given the number, whose close nobody saw. */
    @JCStressTest
    @Outcome(id = "false", expect = Expect.ACCEPTABLE, desc = "the open had the last word")
    @Outcome(id = "true", expect = Expect.FORBIDDEN, desc = "the owner before passes for a user")
    @State
    public static class Reopened extends Used {
        @Actor
        public void user() {
            use();
        }

        @Actor
        public void opener() {
            open(number, new Object());
        }

        @Arbiter
        public void end(Z_Result r) {
            r.r1 = known();
        }
    }
}
