package io.notsock.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.notsock.evidence.Act;
import io.notsock.evidence.Recorder;
import io.notsock.evidence.StackPolicy;
import io.notsock.handle.HandleType;
import io.notsock.handle.Space;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How much of a number's past is kept, and for whom. */
class RegistryPastTest {
    private static final int NUMBER = 7;
    private static final int HISTORY = 4;
    private static final Opening OPENING = new Opening(Space.FD, HandleType.FILE, "java:x", true, false, false);

    private final Registry registry = new Registry(HISTORY, Reachability.BY_GET);
    private final Recorder recorder = new Recorder(StackPolicy.OFF);

    @Test
    void ofRawNumbersTheHistoryIsKept() {
        for (int i = 0; i < 1000; i++) {
            openAndClose(null);
        }

        assertThat(pastLength()).isBetween(HISTORY, HISTORY + Registry.BETWEEN_PRUNES);
    }

    @Test
    void aNumberThatIsOpenedOftenBetweenTwoCollectionsDoesNotGrowAChainAsLong() {
        List<Object> reachable = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            Object owner = new Object();
            reachable.add(owner);
            openAndClose(owner);
        }

        assertThat(pastLength()).isLessThanOrEqualTo(2 * registry.unproven() + HISTORY + Registry.BETWEEN_PRUNES);
        assertThat(Registry.lifeOf(reachable.get(reachable.size() - registry.unproven()), current()))
                .isNotNull();
    }

    @Test
    void howManyOfThoseDependsOnTheHeap() {
        assertThat(Registry.unprovenIn(32L << 20)).isEqualTo(8);
        assertThat(Registry.unprovenIn(1L << 30)).isEqualTo(64);
        assertThat(Registry.unprovenIn(Long.MAX_VALUE)).isEqualTo(256);
    }

    @Test
    void anOwnerThatHasOutlivedACollectionIsFoundHoweverOftenItsNumberIsReused() {
        Object owner = new Object();
        openAndClose(owner);
        awaitCollection(); // one that began before the owner's close proves nothing
        awaitCollection();

        List<Object> reachable = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            Object other = new Object();
            reachable.add(other);
            openAndClose(other);
        }

        assertThat(reachable).hasSize(20_000);
        assertThat(Registry.lifeOf(owner, current())).isNotNull();
    }

    @Test
    void whatWasCollectedIsForgottenThoughTheNumberIsNotOpenedAgain() {
        for (int i = 0; i < 100; i++) {
            openAndClose(new Object());
        }

        await().untilAsserted(() -> {
            System.gc();
            registry.tidy();
            assertThat(pastLength()).isEqualTo(HISTORY);
        });
    }

    /** Also of lives that ended after the registry was last told of a collection: else a busy number keeps hundreds of dead ones. */
    @Test
    void whatOneCollectionTookIsForgottenByTheNextTidying() {
        for (int i = 0; i < 200; i++) {
            openAndClose(new Object());
        }
        WeakReference<Object> last = new WeakReference<>(new Object());
        await().until(() -> {
            System.gc();
            return last.get() == null;
        });

        registry.tidy();

        assertThat(pastLength()).isEqualTo(HISTORY);
    }

    /** Until the registry knows of it as well: it asks when it prunes. */
    private void awaitCollection() {
        CollectorWatch watch = new CollectorWatch(Reachability.BY_GET);
        long now = System.nanoTime();
        await().until(() -> {
            System.gc();
            return watch.collectedUpTo() - now >= 0;
        });
        for (int i = 0; i < 3 * Registry.BETWEEN_PRUNES; i++) {
            openAndClose(null);
        }
    }

    private void openAndClose(Object owner) {
        OwnerRef ref = owner == null ? null : new OwnerRef(owner, OwnerRef.Part.OPENER, true, null);
        Life life = registry.begin(OPENING, NUMBER, recorder.record(Act.What.OPEN, "java:x", false), ref);
        life.beginClose(recorder.record(Act.What.CLOSE, "java:x", false));
        life.finishClose();
    }

    private Life current() {
        return registry.current(Space.FD, NUMBER);
    }

    private int pastLength() {
        int length = 0;
        for (Life life = current().previous(); life != null; life = life.previous()) {
            length++;
        }
        return length;
    }
}
