package io.notsock.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.catalog.RuntimeCatalog;
import io.notsock.evidence.Recorder;
import io.notsock.evidence.StackPolicy;
import io.notsock.evidence.Witness;
import io.notsock.handle.Space;
import io.notsock.registry.Life;
import io.notsock.registry.Reachability;
import io.notsock.registry.Registry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Flows that need a race or a clock no real program can be made to keep: an OS of our own, event by event. */
class TrackerTest {
    private static final long N = 42;
    private static final long EBADF = -1;

    private final Set<Long> open = new HashSet<>();
    private final Map<Object, Long> fields = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    /** What another thread does just after the OS was asked. */
    private Runnable meanwhile = () -> {};

    private final HookTable hooks = new HookTable(RuntimeCatalog.builtIn(17, "linux"));
    private final Registry registry = new Registry(4, Reachability.BY_GET);
    private final Tracker tracker = tracker(false);

    private Tracker tracker(boolean late) {
        Witness os = new Witness() {
            @Override
            public Answer ask(Space space, long number) {
                Answer answer = open.contains(number) ? Answer.OPEN : Answer.CLOSED;
                Runnable next = meanwhile;
                meanwhile = () -> {};
                next.run();
                return answer;
            }

            @Override
            public String describe(Space space, long number) {
                return null;
            }
        };
        Tracker made = new Tracker(
                registry,
                new Recorder(StackPolicy.ALL),
                os,
                owner -> fields.getOrDefault(owner, N),
                findings::add,
                findings::add,
                late,
                null);
        made.install(hooks);
        return made;
    }

    private int hook(String id) {
        return HookTable.ofEntry(hooks.catalog().indexOf(id));
    }

    private Object opens(Object owner) {
        open.add(N);
        tracker.after(hook("nio.socket"), owner, null, N);
        return owner;
    }

    private void opensRaw() {
        open.add(N);
        tracker.after(hook("c.open"), null, null, N);
    }

    private Object marks(Object owner) {
        return tracker.before(hook("nio.close"), owner, N, -1);
    }

    /** The call of the OS, then the exit of the hook. */
    private void calls(Object token) {
        if (open.remove(N)) {
            tell(token, false);
        } else {
            tell(token, true);
        }
    }

    private void tell(Object token, boolean refused) {
        if (token != null && refused) {
            tracker.failed(hook("nio.close"), token);
        } else if (token != null) {
            tracker.done(hook("nio.close"), token, 0);
        }
    }

    private void closes(Object owner) {
        calls(marks(owner));
    }

    private void closesRaw() {
        Object token = tracker.before(hook("c.close"), null, N, -1);
        long result = open.remove(N) ? 0 : EBADF;
        if (token != null) {
            tracker.done(hook("c.close"), token, result);
        }
    }

    private void eventsAreLost() {
        tracker.missed(new boolean[] {true});
    }

    private List<String> verdicts() {
        List<String> all = new ArrayList<>();
        findings.forEach(finding -> all.add(finding.verdict().toString()));
        return all;
    }

    private Life now() {
        return registry.current(Space.FD, N);
    }

    /** A library's close is woven, and the function by which it closes is, too. */
    @Test
    void aWrongCloseWithinAWrongCloseIsOne() {
        Object owner = opens(new Object());
        closes(owner);

        Object outer = marks(owner);
        closesRaw();
        tell(outer, true);
        assertThat(verdicts()).containsExactly("ERROR DOUBLE_CLOSE CONFIRMED culprit ROGUE");

        closesRaw();
        assertThat(verdicts()).as("the call is over: this is another").hasSize(2);
    }

    @Test
    void aWrongCloseOfAnotherThreadIsAnother() throws Exception {
        Object owner = opens(new Object());
        closes(owner);

        Object outer = marks(owner);
        Thread other = new Thread(this::closesRaw);
        other.start();
        other.join();
        tell(outer, true);

        assertThat(verdicts()).hasSize(2);
    }

    @Test
    void whatAWrongCloseHitsIsHitOnce() {
        Object owner = opens(new Object());
        closes(owner);
        opens(new Object());

        Object outer = marks(owner);
        closesRaw();
        tell(outer, false);

        assertThat(verdicts()).containsExactly("ERROR CLOSE_OF_REUSED CERTAIN culprit ROGUE");
    }

    /** The outer call sees the refusal itself, so it is the one that tells. */
    @Test
    void aWrongCloseWithinOneThatRacesIsOne() throws Exception {
        Object owner = opens(new Object());
        Object rightful = marks(owner);
        open.remove(N);
        List<Object> outer = new ArrayList<>();
        Thread stranger = new Thread(() -> {
            Object token = tracker.before(hook("c.close"), null, N, -1);
            outer.add(token);
            closesRaw();
            tracker.done(hook("c.close"), token, EBADF);
        });
        stranger.start();
        stranger.join();
        tell(rightful, false);

        assertThat(outer).doesNotContainNull();
        assertThat(verdicts()).containsExactly("ERROR DOUBLE_CLOSE CONFIRMED culprit ROGUE");
    }

    /** A call that waits for data may wait for long. */
    @Test
    void aWrongUseIsToldAsItBegins() {
        Object stale = opens(new Object());
        closes(stale);
        opens(new Object());

        Object token = tracker.use(hook("use.socket"), stale, N);

        assertThat(verdicts()).containsExactly("ERROR USE_OF_REUSED CERTAIN culprit ROGUE");
        tracker.done(hook("use.socket"), token, 1);
        assertThat(verdicts()).hasSize(1);
    }

    /** What closes within an operation is no part of it: a stream that fails to write may close what it took for its own. */
    @Test
    void aWrongCloseWithinAWrongUseIsAnother() {
        Object stale = opens(new Object());
        closes(stale);
        opens(new Object());

        Object token = tracker.use(hook("use.socket"), stale, N);
        closes(stale);
        tracker.failed(hook("use.socket"), token);

        assertThat(verdicts())
                .containsExactly(
                        "ERROR USE_OF_REUSED CERTAIN culprit ROGUE", "ERROR CLOSE_OF_REUSED CERTAIN culprit ROGUE");
        assertThat(now().live()).isFalse();
    }

    @Test
    void openAndCloseIsSilentAndEndsTheLife() {
        closes(opens("a"));

        assertThat(findings).isEmpty();
        assertThat(now().state()).isEqualTo(Life.CLOSED);
    }

    /** One object that closes twice, and two that have one number, have to look different. */
    @Test
    void theFirstCloserIsNamedWhereItIsKnown() {
        closes(opens("a"));
        closes("a");
        assertThat(findings.get(0).firstOwner())
                .startsWith("java.lang.String@")
                .isEqualTo(findings.get(0).rogueOwner());

        opens("b");
        Object thief = new Object();
        fields.put(thief, N);
        closes(thief);
        opens("c");
        closes("b");
        assertThat(verdicts().get(1)).startsWith("ERROR FOREIGN_CLOSE");
        assertThat(verdicts().get(2)).isEqualTo("ERROR CLOSE_OF_REUSED CERTAIN culprit FIRST_CLOSE");
        assertThat(findings.get(2).firstOwner())
                .startsWith("java.lang.Object@")
                .isEqualTo(findings.get(1).rogueOwner());
    }

    @Test
    void redundantClosesAreToldOfOnlyWhereAskedFor() {
        tracker.count(hook("count.file"));
        assertThat(findings).isEmpty();

        tracker.tellRedundantCloses(Space.FD);
        tracker.count(hook("count.file"));

        assertThat(verdicts()).containsExactly("INFO REDUNDANT_CLOSE CERTAIN culprit UNKNOWN");
        assertThat(findings.get(0).rogue().api()).startsWith("java:java.io.");
        assertThat(findings.get(0).life().number()).isEqualTo(-1);
        assertThat(tracker.redundantCloses()).isEqualTo(2);
    }

    @Test
    void aPlainIntegerIsNoFirstCloser() {
        opens("a");
        closesRaw();
        opens("b");
        closes("a");

        assertThat(findings.get(1).firstClose().api()).isEqualTo("jna:close");
        assertThat(findings.get(1).firstOwner()).isNull();
    }

    /** Scenario 35. */
    @Test
    void aStrangerWinsTheRaceAgainstAMarkedClose() {
        Object token = marks(opens("a"));
        Thread stranger = new Thread(this::closesRaw);
        run(stranger);
        calls(token);

        assertThat(verdicts()).containsExactly("ERROR FOREIGN_CLOSE CERTAIN culprit ROGUE");
        assertThat(findings.get(0).rogue().api()).isEqualTo("jna:close");
        assertThat(findings.get(0).victim()).isSameAs(now());
        assertThat(now().state()).isEqualTo(Life.KILLED);
    }

    /** The same race won by the rightful one: the stranger's close is refused. */
    @Test
    void aStrangerLosesTheRaceAgainstAMarkedClose() {
        Object token = marks(opens("a"));
        open.remove(N);
        run(new Thread(this::closesRaw));
        tell(token, false);

        assertThat(verdicts()).containsExactly("ERROR DOUBLE_CLOSE CONFIRMED culprit ROGUE");
    }

    /** And a third one gets the number between the two closes: both succeed, and the second one is its end. */
    @Test
    void aStrangerOvertakenByTheOwnerStrikesTheNext() {
        Object token = marks(opens("a"));
        Life first = now();
        Object[] raw = new Object[1];
        run(new Thread(() -> raw[0] = tracker.before(hook("c.close"), null, N, -1)));
        calls(token);
        opens("b");
        open.remove(N);
        tracker.done(hook("c.close"), raw[0], 0);

        assertThat(verdicts()).containsExactly("ERROR CLOSE_OF_REUSED CERTAIN culprit ROGUE");
        assertThat(findings.get(0).rogue().api()).isEqualTo("jna:close");
        assertThat(findings.get(0).firstClose()).isSameAs(first.closed());
        assertThat(findings.get(0).victim()).isSameAs(now()).isNotSameAs(first);
        assertThat(now().state()).isEqualTo(Life.KILLED);

        closes("b");
        assertThat(verdicts()).as("its own close fails for that").hasSize(1);
    }

    @Test
    void theNextMayRecordItsOpenAfterThat() {
        Object token = marks(opens("a"));
        Object[] raw = new Object[1];
        run(new Thread(() -> raw[0] = tracker.before(hook("c.close"), null, N, -1)));
        calls(token);
        tracker.done(hook("c.close"), raw[0], 0); // of what another thread has opened, and is about to tell
        assertThat(verdicts()).isEmpty();

        tracker.after(hook("nio.socket"), "b", null, N);
        assertThat(verdicts()).containsExactly("ERROR CLOSE_OF_REUSED CERTAIN culprit ROGUE");
        assertThat(findings.get(0).victim()).isSameAs(now());
    }

    /** The whole of the owner's close falls between the stranger's look and its call. */
    @Test
    void theOwnerMayCloseWhileTheStrangerIsJudged() {
        opens("a");
        Life first = now();
        meanwhile = () -> run(new Thread(() -> closes("a")));
        Object raw = tracker.before(hook("c.close"), null, N, -1);
        opens("b");
        open.remove(N);
        tracker.done(hook("c.close"), raw, 0);

        assertThat(first.state()).isEqualTo(Life.CLOSED);
        assertThat(verdicts()).containsExactly("ERROR CLOSE_OF_REUSED CERTAIN culprit ROGUE");
        assertThat(findings.get(0).victim()).isSameAs(now());
    }

    @Test
    void aStrangerThatCameTooLateIsADoubleClose() {
        opens("a");
        meanwhile = () -> run(new Thread(() -> closes("a")));
        Object raw = tracker.before(hook("c.close"), null, N, -1);
        tracker.done(hook("c.close"), raw, EBADF);

        assertThat(verdicts()).containsExactly("ERROR DOUBLE_CLOSE CONFIRMED culprit ROGUE");
    }

    /** It closed what native code had opened unseen; the number's next life is nobody's victim. */
    @Test
    void whoOpensAfterBothIsNoVictim() {
        Object token = marks(opens("a"));
        Object[] raw = new Object[1];
        run(new Thread(() -> raw[0] = tracker.before(hook("c.close"), null, N, -1)));
        calls(token);
        tracker.done(hook("c.close"), raw[0], 0);
        opens("b");
        closes("b");

        assertThat(verdicts()).isEmpty();
    }

    private static void run(Thread thread) {
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Scenario 36. */
    @Test
    void theVictimRecordsItsOpenAfterItsNumberWasClosed() {
        Object a = opens("a");
        closes(a);
        open.add(N); // given to a thread that has not recorded it yet
        closes(a);
        assertThat(verdicts()).containsExactly("WARN CLOSE_OF_REUSED SUSPECTED culprit ROGUE");
        assertThat(findings.get(0).victim()).isNull();

        tracker.after(hook("nio.socket"), "b", null, N);

        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).victim()).isSameAs(now());
        closes("b");
        assertThat(findings).as("its own close is a consequence").hasSize(1);
    }

    @Test
    void aLaterOpenThatIsHealthyIsNoVictim() {
        Object a = opens("a");
        closes(a);
        open.add(N);
        closes(a);
        opens("b"); // the OS says it is open: somebody else's tenure than the one that was hit
        closes("b");

        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).victim()).isNull();
    }

    @Test
    void aForeignCloseThenTheOwnersCloseIsOneAlert() {
        opens("a");
        closesRaw();
        closes("a");

        assertThat(verdicts()).containsExactly("ERROR FOREIGN_CLOSE CERTAIN culprit ROGUE");
        assertThat(findings.get(0).holder()).isEqualTo("a");
        assertThat(findings.get(0).incident().ownerActed()).isTrue();
    }

    @Test
    void aKilledOwnersCloseThatKillsTheNextOneIsTheFirstClosersFault() {
        opens("a");
        closesRaw();
        opens("b");
        closes("a");

        assertThat(verdicts())
                .containsExactly(
                        "ERROR FOREIGN_CLOSE CERTAIN culprit ROGUE",
                        "ERROR CLOSE_OF_REUSED CERTAIN culprit FIRST_CLOSE");
        assertThat(findings.get(1).incident()).isSameAs(findings.get(0).incident());
        assertThat(findings.get(1).firstClose()).isSameAs(findings.get(0).rogue());
    }

    @Test
    void bystandersAreNeverBlamed() {
        Object a = opens("a");
        closes(a);
        Life first = now();
        List<Object> bystanders = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            bystanders.add(opens("bystander" + i));
            closes(bystanders.get(i));
        }
        opens("b");
        closes(a);

        assertThat(verdicts()).containsExactly("ERROR CLOSE_OF_REUSED CERTAIN culprit ROGUE");
        assertThat(findings.get(0).firstLife()).isSameAs(first);
        assertThat(findings.get(0).victim()).isSameAs(now());
    }

    @Test
    void aHiddenCloseShowsWhenTheOsGivesTheNumberOutAgain() {
        opens("a");
        open.remove(N);
        opens("b");
        closes("b");

        assertThat(verdicts()).containsExactly("WARN HIDDEN_CLOSE CERTAIN culprit UNKNOWN");
    }

    @Test
    void aCloseWhoseMarkMayBeLostIsNotHidden() {
        opens("a");
        open.remove(N); // by its owner, whose thread had no stack left for the hook
        eventsAreLost();
        opens("b");
        closes("b");
        assertThat(verdicts()).isEmpty();

        opens("c");
        open.remove(N);
        opens("d");
        assertThat(verdicts()).containsExactly("WARN HIDDEN_CLOSE CERTAIN culprit UNKNOWN");
    }

    @Test
    void whoseOpenMayBeLostMayUseAndCloseWhatIsHisOwn() {
        opens("a");
        eventsAreLost(); // its close, and the open of whoever got the number then
        closes("b");
        assertThat(verdicts()).isEmpty();

        opens("a");
        eventsAreLost();
        tracker.use(hook("use.socket"), "b", N);
        closes("b");
        assertThat(verdicts()).isEmpty();

        opens("c");
        closes("stranger");
        assertThat(verdicts()).containsExactly("ERROR FOREIGN_CLOSE CERTAIN culprit ROGUE");
    }

    @Test
    void aPlainIntegerOpenedByWhoKnowsWhoMayBeClosedAndReplacedThen() {
        opens("a");
        eventsAreLost(); // its close; native code has got the number
        closesRaw();

        opens("b");
        eventsAreLost();
        tracker.done(hook("c.dup2"), tracker.before(hook("c.dup2"), null, N, 50), N);
        assertThat(verdicts()).isEmpty();
    }

    @Test
    void aHiddenCloseShowsInTheOwnersOwnError() {
        opens("a");
        open.remove(N);
        closes("a");

        assertThat(verdicts()).containsExactly("WARN HIDDEN_CLOSE CONFIRMED culprit UNKNOWN");
        assertThat(now().state()).isEqualTo(Life.KILLED);
    }

    /** A full disk or a lost server fails the close of a file, and frees its number. */
    @Test
    void aFilesFailingCloseIsNoEvidence() {
        open.add(N);
        tracker.after(hook("file.open"), "a", null, N);
        Object token = tracker.before(hook("fd.close"), "a", N, -1);
        open.remove(N);
        tracker.failed(hook("fd.close"), token);

        assertThat(findings).isEmpty();
    }

    /** A close that failed before it reached the OS (a stack overflow) leaves the number open. */
    @Test
    void aCloseThatFailedWithTheNumberOpenIsNoEvidence() {
        Object token = marks(opens("a"));
        tell(token, true);

        assertThat(findings).isEmpty();
    }

    @Test
    void anOwnerThatLetGoIsNotHeldUp() {
        opens("a");
        fields.put("a", -1L);
        closesRaw();

        assertThat(findings).isEmpty();
    }

    @Test
    void aRefusedRawCloseIsNoEarlierClose() {
        closesRaw(); // EBADF
        opens("a");
        closesRaw();

        assertThat(verdicts()).containsExactly("ERROR FOREIGN_CLOSE CERTAIN culprit ROGUE");
        assertThat(findings.get(0).firstClose()).isNull();
    }

    @Test
    void aRefusedRawCloseSaysNothingAboutALibrarysDescriptor() {
        closesRaw(); // EBADF
        opensRaw();
        closes("stranger");

        assertThat(findings).isEmpty();
    }

    @Test
    void rawCallersHaveNoIdentity() {
        opensRaw();
        run(new Thread(this::closesRaw));
        opensRaw();
        closesRaw();

        assertThat(findings).isEmpty();
    }

    @Test
    void aRawNumberClosedTwiceIsNobodysFaultForCertain() {
        opensRaw();
        closesRaw();
        closesRaw();

        assertThat(verdicts()).containsExactly("ERROR DOUBLE_CLOSE CONFIRMED culprit UNKNOWN");
    }

    @Test
    void aRawCallerThatClosedTheNumberBeforeIsStale() {
        opensRaw();
        closesRaw();
        opens("a");
        closesRaw();

        assertThat(verdicts()).containsExactly("ERROR CLOSE_OF_REUSED CERTAIN culprit ROGUE");
        assertThat(findings.get(0).holder()).as("may still be a hand-over").isEqualTo("a");
    }

    @Test
    void aRedirectIsSuspectedHoweverOftenItIsDone() {
        opens("a");
        redirects();
        closes("a");
        opens("b");
        redirects();
        closes("b");

        assertThat(verdicts())
                .containsExactly(
                        "WARN FOREIGN_CLOSE SUSPECTED culprit ROGUE", "WARN FOREIGN_CLOSE SUSPECTED culprit ROGUE");
    }

    @Test
    void aRedirectByWhoClosedTheNumberBeforeIsNone() {
        opensRaw();
        closesRaw();
        opens("a");
        redirects();

        assertThat(verdicts()).containsExactly("ERROR FOREIGN_CLOSE CERTAIN culprit ROGUE");
    }

    private void redirects() {
        Object token = tracker.before(hook("c.dup2"), null, N, 7);
        tracker.done(hook("c.dup2"), token, N);
    }

    /** Scenario 39: the pre-close harms, the close that follows belongs to it. */
    @Test
    void preCloseAndCloseOfAKilledOwnerAreOneEvent() {
        opens("a");
        closesRaw();
        opens("b");
        Object cut = tracker.before(hook("nio.preclose"), "a", N, -1);
        if (cut != null) {
            tracker.done(hook("nio.preclose"), cut, 0);
        }
        closes("a");
        closes("b");

        assertThat(verdicts())
                .containsExactly(
                        "ERROR FOREIGN_CLOSE CERTAIN culprit ROGUE",
                        "ERROR CLOSE_OF_REUSED CERTAIN culprit FIRST_CLOSE");
    }

    /** Scenario 23 after a pre-close that allocated the freed number: the close succeeds, and is a consequence. */
    @Test
    void aPreCloseOntoAFreedNumberIsAConsequence() {
        opens("a");
        closesRaw();
        Object cut = tracker.before(hook("nio.preclose"), "a", N, -1);
        open.add(N);
        if (cut != null) {
            tracker.done(hook("nio.preclose"), cut, 0);
        }
        closes("a");

        assertThat(verdicts()).containsExactly("ERROR FOREIGN_CLOSE CERTAIN culprit ROGUE");
    }

    /** {@code freopen} by hand: another file is put behind the stream's descriptor, and closed with the stream. */
    @Test
    void aStreamClosesWhatItsDescriptorWasRedirectedTo() {
        long stream = 0x7f00_0000_1000L;
        opensRaw();
        tracker.after(hook("c.stream"), null, null, stream);
        tracker.wraps(hook("c.stream"), stream, N);
        for (int i = 0; i < 2; i++) {
            Object token = tracker.before(hook("c.dup2"), null, N, 50);
            tracker.done(hook("c.dup2"), token, N);
        }
        Object token = tracker.before(hook("c.stream-close"), null, stream, -1);
        open.remove(N);
        tracker.done(hook("c.stream-close"), token, 0);

        assertThat(verdicts()).isEmpty();
        assertThat(now().state()).isEqualTo(Life.CLOSED);
        opens("b");
        closesRaw();
        assertThat(verdicts()).containsExactly("ERROR FOREIGN_CLOSE CERTAIN culprit ROGUE");
    }

    @Test
    void aSweepDownwardsIsOneToo() {
        for (int pass = 0; pass < 2; pass++) {
            for (long number = N + 8; number > N; number--) {
                Object token = tracker.before(hook("c.close"), null, number, -1);
                if (token != null) {
                    tracker.done(hook("c.close"), token, EBADF);
                }
            }
        }

        assertThat(findings).allMatch(Finding::inSweep);
    }

    /** Scenario 34. */
    @Test
    void aSweepIsKnownByItsLength() {
        opens("a");
        for (long number = N; number < N + 8; number++) {
            Object token = tracker.before(hook("c.close"), null, number, -1);
            if (token != null) {
                tracker.done(hook("c.close"), token, open.remove(number) ? 0 : EBADF);
            }
        }

        assertThat(verdicts()).containsExactly("ERROR FOREIGN_CLOSE CERTAIN culprit ROGUE");
        assertThat(findings.get(0).inSweep()).isTrue();
    }

    @Test
    void anOwnerFromBeforeTheAttachIsNeverAccused() {
        Tracker late = tracker(true);
        open.add(N);
        closeRaw(late);
        late.after(hook("nio.socket"), "b", null, N);
        open.add(N);
        Object token = late.before(hook("nio.close"), "old", N, -1);
        open.remove(N);
        late.done(hook("nio.close"), token, 0);

        assertThat(verdicts()).containsExactly("WARN CLOSE_OF_REUSED SUSPECTED culprit UNKNOWN");
        assertThat(findings.get(0).firstClose().api()).isEqualTo("jna:close");
    }

    private void closeRaw(Tracker to) {
        Object token = to.before(hook("c.close"), null, N, -1);
        to.done(hook("c.close"), token, open.remove(N) ? 0 : EBADF);
    }
}
