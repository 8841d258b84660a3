package io.notsock.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.evidence.Act;
import io.notsock.evidence.Recorder;
import io.notsock.evidence.StackPolicy;
import io.notsock.handle.HandleType;
import io.notsock.handle.Space;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KnownUsersTest {
    private static final int LENGTH = 1 << 14;
    private static final Opening SOCKET = new Opening(Space.FD, HandleType.SOCKET, "java:x", true, false, false);

    private final Registry registry = new Registry(4, Reachability.BY_GET);
    private final Recorder recorder = new Recorder(StackPolicy.OFF);
    private final Object owner = new Object();

    @BeforeEach
    void share() {
        KnownUsers.share(new Reference<?>[LENGTH]);
    }

    private Act act(Act.What what) {
        return recorder.record(what, "java:x", false);
    }

    private Life begin(long number, Object by) {
        OwnerRef ref = new OwnerRef(by, OwnerRef.Part.OPENER, true, null);
        return registry.begin(SOCKET, number, act(Act.What.OPEN), ref);
    }

    private Life known(long number) {
        Life life = begin(number, owner);
        registry.knowUser(life, life.ownerRef(owner));
        return life;
    }

    @Test
    void everyNumberHasAPlaceOfItsOwn() {
        for (long number = 0; number < LENGTH; number++) {
            known(number);
        }
        for (long number = 0; number < LENGTH; number++) {
            assertThat(KnownUsers.knows(owner, number)).as("%d", number).isTrue();
        }
        registry.current(Space.FD, 77).beginClose(act(Act.What.CLOSE));
        for (long number = 0; number < LENGTH; number++) {
            assertThat(KnownUsers.knows(owner, number)).as("%d", number).isEqualTo(number != 77);
        }
    }

    @Test
    void largeNumbersAreNeverKnown() {
        known(LENGTH);
        known(0x7f00_0000_1234L);

        assertThat(KnownUsers.knows(owner, LENGTH)).isFalse();
        assertThat(KnownUsers.knows(owner, 0x7f00_0000_1234L)).isFalse();
        assertThat(KnownUsers.knows(owner, 0)).isFalse();
        assertThat(KnownUsers.knows(owner, -1)).isFalse();
    }

    @Test
    void onlyTheOwnerIsKnown() {
        known(5);

        assertThat(KnownUsers.knows(new Object(), 5)).isFalse();
        assertThat(KnownUsers.knows(owner, 6)).isFalse();
    }

    @Test
    void aCloseEndsIt() {
        known(5).beginClose(act(Act.What.CLOSE));

        assertThat(KnownUsers.knows(owner, 5)).isFalse();
    }

    @Test
    void aKillEndsIt() {
        known(5).kill(act(Act.What.CLOSE));

        assertThat(KnownUsers.knows(owner, 5)).isFalse();
    }

    @Test
    void anotherLifeOfTheNumberEndsIt() {
        known(5);
        begin(5, new Object());

        assertThat(KnownUsers.knows(owner, 5)).isFalse();
    }

    @Test
    void anotherLifeEndsItWhereNoEndOfTheFirstWasKnown() {
        known(5).forget();
        begin(5, new Object());

        assertThat(KnownUsers.knows(owner, 5)).isFalse();
    }

    /** The two low bits of a Windows handle are free for a program to use, and mean the same handle. */
    @Test
    void anotherValueOfTheSameHandleEndsItToo() {
        Opening handle = new Opening(Space.HANDLE, HandleType.FILE, "java:x", true, false, false);
        OwnerRef ref = new OwnerRef(owner, OwnerRef.Part.OPENER, true, null);
        registry.knowUser(registry.begin(handle, 8, act(Act.What.OPEN), ref), ref);
        registry.begin(handle, 9, act(Act.What.OPEN), null);

        assertThat(KnownUsers.knows(owner, 8)).isFalse();
    }

    @Test
    void aLifeThatIsOverMakesNobodyKnown() {
        Life life = begin(5, owner);
        life.beginClose(act(Act.What.CLOSE));
        registry.knowUser(life, life.ownerRef(owner));

        assertThat(KnownUsers.knows(owner, 5)).isFalse();
    }

    @Test
    void aLifeThatIsNotTheNumbersCurrentOneMakesNobodyKnown() {
        Life life = begin(5, owner);
        begin(5, new Object()); // the close of the first was missed
        registry.knowUser(life, life.ownerRef(owner));

        assertThat(KnownUsers.knows(owner, 5)).isFalse();
    }

    @Test
    void anOwnerIsNotKeptAlive() throws InterruptedException {
        Object other = new Object();
        Life life = begin(5, other);
        registry.knowUser(life, life.ownerRef(other));
        WeakReference<Object> watched = new WeakReference<>(other);
        other = null;
        for (int i = 0; i < 100 && watched.get() != null; i++) {
            System.gc();
            Thread.sleep(10);
        }

        assertThat(watched.get()).isNull();
    }
}
