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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Windows event by event: what comes and goes unseen there, and who may be blamed for it. */
class WindowsTrackerTest {
    private static final long N = 1128;
    private static final long FD = 3;

    /** What Windows says of each open handle. */
    private final Map<Long, String> open = new HashMap<>();

    /** The witness is made by a thread of the agent, and takes its time. */
    private boolean ready = true;

    /** Somebody has shown that it is needed. */
    private boolean coming = true;

    /** So many times somebody else has the number when it is asked for, and no longer when it is asked what it is. */
    private int fleeting;

    private final List<Finding> findings = new ArrayList<>();
    private final HookTable hooks = new HookTable(RuntimeCatalog.builtIn(17, "windows"));
    private final Registry registry = new Registry(8, Reachability.BY_GET);
    private final Tracker tracker = tracker();

    private Tracker tracker() {
        Witness os = new Witness() {
            @Override
            public Answer ask(Space space, long number) {
                if (!ready) {
                    return Answer.UNKNOWN;
                }
                Answer answer = open.containsKey(number) || fleeting > 0 ? Answer.OPEN : Answer.CLOSED;
                fleeting--;
                return answer;
            }

            @Override
            public String describe(Space space, long number) {
                return ready ? open.get(number) : null;
            }

            @Override
            public boolean pending() {
                return coming && !ready;
            }
        };
        Tracker made = new Tracker(
                registry, new Recorder(StackPolicy.ALL), os, owner -> N, findings::add, findings::add, false, null);
        made.install(hooks);
        return made;
    }

    private void opens(String hook, Object owner, String type) {
        open.put(N, type);
        tracker.after(HookTable.ofEntry(hooks.catalog().indexOf(hook)), owner, null, N);
    }

    private void closes(String hook, Object owner) {
        int index = HookTable.ofEntry(hooks.catalog().indexOf(hook));
        Object token = tracker.before(index, owner, N, -1);
        boolean refused = open.remove(N) == null;
        if (token != null && refused && owner != null) {
            tracker.failed(index, token);
        } else if (token != null) {
            tracker.done(index, token, refused ? 0 : 1);
        }
    }

    private void uses(Object owner) {
        int index = HookTable.ofEntry(hooks.catalog().indexOf("nio.use"));
        Object token = tracker.use(index, owner, N);
        boolean refused = open.get(N) == null;
        if (token != null && refused) {
            tracker.failed(index, token);
        } else if (token != null) {
            tracker.done(index, token, 1);
        } else if (refused) {
            tracker.useFailed(index, owner, N);
        }
    }

    /** The call of an owner fails for a reason of its own. */
    private void usesInVain(Object owner) {
        int index = HookTable.ofEntry(hooks.catalog().indexOf("nio.use"));
        assertThat(tracker.use(index, owner, N)).isNull();
        tracker.useFailed(index, owner, N);
    }

    private List<String> verdicts() {
        List<String> all = new ArrayList<>();
        findings.forEach(finding -> all.add(finding.verdict().toString()));
        return all;
    }

    /** Windows makes an event for a read that waits; another thread's is given the number that has just been closed unseen. */
    @Test
    void aHandleThatIsThereForAMomentHidesNoHiddenClose() {
        Object owner = new Object();
        opens("nio.socket", owner, "file");
        open.remove(N);
        fleeting = 2;
        uses(owner);

        assertThat(verdicts()).containsExactly("WARN HIDDEN_CLOSE CONFIRMED culprit UNKNOWN");
    }

    @Test
    void norDoesItMakeADoubleCloseOneOfAStrangersHandle() {
        Object owner = new Object();
        opens("nio.socket", owner, "file");
        closes("nio.close", owner);
        fleeting = 2;
        closes("nio.close", owner);

        assertThat(verdicts()).containsExactly("ERROR DOUBLE_CLOSE CONFIRMED culprit ROGUE");
    }

    @Test
    void aThreadHandleClosedByHandIsForeign() {
        opens("crt.thread", null, "thread");
        closes("k32.close", null);

        assertThat(verdicts()).containsExactly("ERROR FOREIGN_CLOSE CERTAIN culprit ROGUE");
    }

    @Test
    void whatCameUnseenAfterAThreadHadEndedIsItsOwnersToClose() {
        opens("crt.thread", null, "thread");
        open.put(N, "token"); // by a function that the catalog does not know
        closes("k32.close", null);

        assertThat(findings).isEmpty();
    }

    @Test
    void whatTheJdkAdoptsAfterAThreadHadEndedIsTheJdks() {
        opens("crt.thread", null, "thread");
        opens("fd.set-handle", "pipe", "file");
        closes("fd.close", "pipe");

        assertThat(findings).isEmpty();
        assertThat(registry.current(Space.HANDLE, N).state()).isEqualTo(Life.CLOSED);
    }

    /** The thread has ended, and somebody has its number, before {@code _beginthread} has returned it. */
    @Test
    void aThreadThatEndedAtOnceTakesNothingFromWhoHasItsNumber() {
        opens("nio.socket", "socket", "file");
        tracker.after(HookTable.ofEntry(hooks.catalog().indexOf("crt.thread")), null, null, N);
        uses("socket");
        closes("nio.close", "socket");

        assertThat(findings).isEmpty();
        assertThat(registry.current(Space.HANDLE, N).state()).isEqualTo(Life.CLOSED);
    }

    @Test
    void aThreadEndsOnce() {
        opens("crt.thread", null, "thread");
        closes("k32.close", null);
        opens("nio.socket", "victim", "file");
        open.remove(N); // by the C runtime
        uses("victim");
        opens("nio.socket", "next", "file");
        open.remove(N); // by somebody else
        uses("next");

        assertThat(verdicts())
                .containsExactly(
                        "ERROR FOREIGN_CLOSE CERTAIN culprit ROGUE",
                        "ERROR CLOSE_OF_REUSED CONFIRMED culprit FIRST_CLOSE",
                        "WARN HIDDEN_CLOSE CONFIRMED culprit UNKNOWN");
    }

    /** A descriptor of the C runtime around N. */
    private void wraps() {
        int wrap = HookTable.ofEntry(hooks.catalog().indexOf("crt.wrap"));
        tracker.after(wrap, null, null, FD);
        tracker.wraps(wrap, FD, N);
    }

    /** {@code _close}, which closes N with it or not. */
    private void closesDescriptor(boolean handleToo) {
        int index = HookTable.ofEntry(hooks.catalog().indexOf("crt.close"));
        Object token = tracker.before(index, null, FD, -1);
        boolean refused = handleToo && open.remove(N) == null;
        if (token != null) {
            tracker.done(index, token, refused ? -1 : 0);
        }
    }

    @Test
    void aDescriptorClosesTheHandleBehindIt() {
        opens("k32.file", null, "file");
        wraps();
        closesDescriptor(true);
        assertThat(findings).isEmpty();
        assertThat(registry.current(Space.HANDLE, N).state()).isEqualTo(Life.CLOSED);

        closes("k32.close", null);

        assertThat(verdicts()).containsExactly("ERROR DOUBLE_CLOSE CONFIRMED culprit UNKNOWN");
    }

    @Test
    void aDescriptorClosesAStreamsHandle() {
        opens("file.open", "stream", "file");
        wraps();
        closesDescriptor(true);

        assertThat(verdicts()).containsExactly("ERROR FOREIGN_CLOSE CERTAIN culprit ROGUE");
    }

    @Test
    void whoClosedByHandWhatADescriptorWrapsIsGuiltyOfItsVictim() {
        opens("k32.file", null, "file");
        wraps();
        closes("k32.close", null);
        assertThat(findings).isEmpty();
        opens("nio.socket", "victim", "file");
        closesDescriptor(true);

        assertThat(verdicts()).containsExactly("ERROR CLOSE_OF_REUSED CERTAIN culprit FIRST_CLOSE");
        assertThat(findings.get(0).victim().owners().get()).isEqualTo("victim");
    }

    @Test
    void aDescriptorThatNativeCodeClosedAndGotAgainAccusesNobody() {
        opens("k32.file", null, "file");
        wraps();
        closes("k32.close", null);
        opens("nio.socket", "healthy", "file");
        closesDescriptor(false);

        assertThat(findings).isEmpty();
    }

    /** JDK 11: nothing waits for a thread that was about to read. */
    @Test
    void aReaderOvertakenByTheCloseIsHealthy() throws InterruptedException {
        opens("nio.socket", "channel", "file");
        Thread closer = new Thread(() -> closes("nio.close", "channel"));
        closer.start();
        closer.join();
        uses("channel");

        assertThat(findings).isEmpty();
    }

    @Test
    void theThreadsSecondCloseIsToldOnceWindowsCanBeAsked() {
        ready = false;
        opens("crt.thread", null, "thread");
        closes("k32.close", null);
        opens("nio.socket", "victim", "file");
        open.remove(N); // by the C runtime
        uses("victim");
        assertThat(verdicts()).containsExactly("WARN FOREIGN_CLOSE SUSPECTED culprit ROGUE");

        ready = true;
        tracker.witnessReady();
        tracker.witnessReady();

        assertThat(verdicts())
                .containsExactly(
                        "WARN FOREIGN_CLOSE SUSPECTED culprit ROGUE",
                        "ERROR CLOSE_OF_REUSED CONFIRMED culprit FIRST_CLOSE");
    }

    @Test
    void aCloseThatWasRefusedIsLookedAtOnceWindowsCanBeAsked() {
        ready = false;
        opens("nio.socket", "owner", "file");
        open.remove(N); // unseen
        closes("nio.close", "owner");
        ready = true;
        tracker.witnessReady();

        // It may have failed for another reason, and the number been closed since.
        assertThat(verdicts()).containsExactly("WARN HIDDEN_CLOSE SUSPECTED culprit UNKNOWN");
    }

    @Test
    void nothingIsKeptForAWitnessThatNobodyIsMaking() {
        ready = false;
        coming = false;
        opens("nio.socket", "owner", "file");
        usesInVain("owner"); // the peer has gone
        open.remove(N); // much later, and unseen
        closes("nio.close", "owner");
        ready = true;
        tracker.witnessReady();

        assertThat(findings).isEmpty();
    }

    @Test
    void aWitnessThatCannotBeMadeLeavesNothingBehind() {
        ready = false;
        opens("nio.socket", "owner", "file");
        open.remove(N);
        closes("nio.close", "owner");
        coming = false;
        tracker.witnessReady();
        ready = true;
        tracker.witnessReady();

        assertThat(findings).isEmpty();
    }

    @Test
    void aRefusedCallOfAHandleThatIsOpenIsNobodysFault() {
        ready = false;
        opens("nio.socket", "owner", "file");
        usesInVain("owner"); // the peer has gone
        closes("nio.close", "owner");
        ready = true;
        tracker.witnessReady();

        assertThat(findings).isEmpty();
    }
}
