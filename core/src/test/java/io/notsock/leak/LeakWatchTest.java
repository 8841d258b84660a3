package io.notsock.leak;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.catalog.RuntimeCatalog;
import io.notsock.evidence.Recorder;
import io.notsock.evidence.StackPolicy;
import io.notsock.evidence.Witness;
import io.notsock.handle.Space;
import io.notsock.leak.Leak.Fate;
import io.notsock.registry.Life;
import io.notsock.registry.OwnerRef;
import io.notsock.registry.Reachability;
import io.notsock.registry.Registry;
import io.notsock.track.HookTable;
import io.notsock.track.Rescues;
import io.notsock.track.Tracker;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What counts as a leak, with a collector and an OS of the test's own. */
class LeakWatchTest {
    private static final long NUMBER = 77;
    private static final int DEEP = 1000;

    private final Registry registry = new Registry(4, Reachability.BY_GET);
    private final HookTable hooks = new HookTable(RuntimeCatalog.builtIn(21, "linux"));
    private final List<Object> owners = new ArrayList<>();
    private final Set<Long> closedUnseen = new HashSet<>();
    private final Tracker tracker = tracker(StackPolicy.ALL);
    private boolean collected;

    private final Witness witness = new Witness() {
        @Override
        public Answer ask(Space space, long number) {
            return closedUnseen.contains(number) ? Answer.CLOSED : Answer.OPEN;
        }

        @Override
        public String describe(Space space, long number) {
            return "/tmp/x";
        }
    };

    private final class FakeCollector implements Reachability {
        @Override
        public boolean gone(OwnerRef owner) {
            return collected;
        }
    }

    private Tracker tracker(StackPolicy stacks) {
        Tracker made = new Tracker(
                registry,
                new Recorder(stacks),
                Witness.SILENT,
                owner -> -1L,
                finding -> {
                    throw new AssertionError("nothing is wrong here");
                },
                finding -> {},
                false,
                null);
        made.install(hooks);
        return made;
    }

    private LeakWatch watch(long tailMillis) {
        return watch(tailMillis, 0);
    }

    private LeakWatch watch(long tailMillis, long settleNanos) {
        return watch(tracker, tailMillis, settleNanos);
    }

    private LeakWatch watch(Tracker tracker, long tailMillis, long settleNanos) {
        return new LeakWatch(
                tracker,
                witness,
                new FakeCollector(),
                new Rescues(),
                TimeUnit.MILLISECONDS.toNanos(tailMillis),
                DEEP,
                settleNanos);
    }

    private Object opens(String hook, long number) {
        return opens(tracker, hook, number);
    }

    private Object opens(Tracker tracker, String hook, long number) {
        Object owner = new Object();
        owners.add(owner);
        tracker.after(HookTable.ofEntry(hooks.catalog().indexOf(hook)), owner, null, number);
        return owner;
    }

    private void closes(String hook, Object owner, long number) {
        int close = HookTable.ofEntry(hooks.catalog().indexOf(hook));
        tracker.done(close, tracker.before(close, owner, number, -1), 0);
    }

    private static List<Fate> fates(List<Leak> leaks) {
        return leaks.stream().map(Leak::fate).collect(Collectors.toList());
    }

    @Test
    void aHandleWithoutOwnerIsALeakAtTheSecondLookAndOnlyOnce() {
        LeakWatch watch = watch(0);
        opens("nio.socket", NUMBER);
        assertThat(watch.look()).as("its owner is there").isEmpty();
        collected = true;
        assertThat(watch.look()).as("a Cleaner may be about to run").isEmpty();
        assertThat(fates(watch.look())).containsExactly(Fate.LOST);
        assertThat(watch.look()).isEmpty();
        assertThat(watch.end(false)).as("told of before").isEmpty();
    }

    /** The end of a test looks out of turn: that must not cut short the time that a Cleaner has. */
    @Test
    void looksThatFollowAtOnceDecideNothing() {
        LeakWatch watch = watch(0, TimeUnit.HOURS.toNanos(1));
        opens("nio.socket", NUMBER);
        collected = true;
        watch.look();
        assertThat(watch.look()).isEmpty();
    }

    @Test
    void theRestIsWhatWasOpenedSinceThen() {
        LeakWatch watch = watch(0);
        opens("nio.socket", NUMBER);
        long after = System.nanoTime();
        watch.look();
        assertThat(watch.rest(after - TimeUnit.HOURS.toNanos(1)).open()).isEqualTo(1);
        assertThat(watch.rest(after).open()).as("opened before").isZero();
        assertThat(watch.rest(after).undecided()).isFalse();

        opens("nio.socket", NUMBER + 1);
        collected = true;
        watch.look();
        assertThat(watch.rest(after).open()).isZero();
        assertThat(watch.rest(after).undecided()).isTrue();
        assertThat(fates(watch.look())).containsExactly(Fate.LOST, Fate.LOST);
        assertThat(watch.rest(after).undecided()).as("told of").isFalse();
    }

    @Test
    void whatIsClosedBetweenTheLooksIsNoLeak() {
        LeakWatch watch = watch(0);
        Object owner = opens("nio.socket", NUMBER);
        collected = true;
        watch.look();
        closes("nio.close", owner, NUMBER);
        assertThat(watch.look()).isEmpty();
        assertThat(watch.end(false)).isEmpty();
    }

    @Test
    void aNumberThatIsSomebodyElsesNowBeginsAnew() {
        LeakWatch watch = watch(60_000);
        Object owner = opens("nio.socket", NUMBER);
        collected = true;
        watch.look();
        closes("nio.close", owner, NUMBER);
        opens("nio.socket", NUMBER);
        assertThat(watch.look()).isEmpty();
        assertThat(fates(watch.look())).containsExactly(Fate.LOST);
    }

    @Test
    void whatTheOsSaysIsClosedIsNoLeak() {
        LeakWatch watch = watch(0);
        opens("nio.socket", NUMBER);
        closedUnseen.add(NUMBER);
        collected = true;
        watch.look();
        assertThat(watch.look()).isEmpty();
        assertThat(watch.end(false)).isEmpty();
    }

    /** Only its stack tells that the JDK keeps it by design. */
    @Test
    void whatNobodyKnowsTheOpenerOfIsNoLeak() {
        Tracker blind = tracker(StackPolicy.OFF);
        LeakWatch watch = watch(blind, 0, 0);
        opens(blind, "nio.socket", NUMBER);
        assertThat(watch.rest(System.nanoTime() - TimeUnit.HOURS.toNanos(1)).open())
                .isZero();
        collected = true;
        watch.look();
        assertThat(watch.look()).isEmpty();
        opens(blind, "file.open", NUMBER + 1);
        assertThat(watch.end(false)).isEmpty();
    }

    @Test
    void openAtExitIsALeakOnceItIsOldEnough() {
        opens("nio.socket", NUMBER);
        opens("file.open", NUMBER + 1);
        assertThat(watch(60_000).end(false)).isEmpty();
        List<Leak> leaks = watch(0).end(false);
        assertThat(fates(leaks)).containsExactly(Fate.OPEN_AT_EXIT, Fate.OPEN_AT_EXIT);
        assertThat(leaks.get(0).age()).isPositive();
    }

    @Test
    void whoIsToldToEndMayStillNeedWhatIsOpen() {
        opens("nio.socket", NUMBER);
        assertThat(fates(watch(0).end(true))).containsExactly(Fate.IN_USE_AT_EXIT);
    }

    @Test
    void whatIsBeingClosedIsNoLeak() {
        Object owner = opens("nio.socket", NUMBER);
        tracker.before(HookTable.ofEntry(hooks.catalog().indexOf("nio.preclose")), owner, NUMBER, -1);
        assertThat(registry.current(Space.FD, NUMBER).state()).isEqualTo(Life.PRECLOSED);
        assertThat(watch(0).end(false)).isEmpty();
    }

    @Test
    void whatMayBeClosedUnseenOrBelongsToThePlatformIsNoLeak() {
        opens("epoll.poller", NUMBER); // lives as long as the VM
        opens("process.pipe", NUMBER + 1); // the reaper closes it
        opens("fd.new", NUMBER + 2); // opened by nobody knows whom
        opens("netty.received", NUMBER + 3); // not guarded
        tracker.after(HookTable.ofEntry(hooks.catalog().indexOf("netty.file")), null, null, NUMBER + 4);
        opens("netty.wrapper", NUMBER + 4); // bare: io_uring closes such ones unseen
        opens("nio.socket", 2); // standard error
        assertThat(watch(0).end(false)).isEmpty();
    }
}
