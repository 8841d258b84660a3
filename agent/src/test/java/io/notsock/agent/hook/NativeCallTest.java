package io.notsock.agent.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.catalog.RuntimeCatalog;
import io.notsock.evidence.Recorder;
import io.notsock.evidence.StackPolicy;
import io.notsock.evidence.Witness;
import io.notsock.handle.Space;
import io.notsock.registry.Life;
import io.notsock.registry.Reachability;
import io.notsock.registry.Registry;
import io.notsock.track.Finding;
import io.notsock.track.HookTable;
import io.notsock.track.Inside;
import io.notsock.track.Tracker;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What return codes and errno of the C library mean, by the built-in catalog and an OS of the test's own. */
class NativeCallTest {
    private static final int EINTR = 4;
    private static final int EIO = 5;
    private static final int EBADF = 9;

    private final Set<Long> open = new HashSet<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Registry registry = new Registry(4, Reachability.BY_GET);
    private final HookTable hooks = new HookTable(RuntimeCatalog.builtIn(17, "linux"));
    private final NativeFunctions functions = new NativeFunctions(hooks, new Inside());
    private final Tracker tracker = tracker();
    private int errno;

    private Tracker tracker() {
        Witness witness = new Witness() {
            @Override
            public Answer ask(Space space, long number) {
                return open.contains(number) ? Answer.OPEN : Answer.CLOSED;
            }

            @Override
            public String describe(Space space, long number) {
                return null;
            }
        };
        Tracker made = new Tracker(
                registry,
                new Recorder(StackPolicy.OFF),
                witness,
                owner -> io.notsock.track.OwnerNumbers.CANNOT_ASK,
                findings::add,
                findings::add,
                false,
                null);
        made.install(hooks);
        return made;
    }

    private void call(String name, Object result, Object... arguments) {
        NativeFunction[] candidates = functions.find(name, "Native Library </lib/libc.so.6@7>", name.hashCode());
        NativeCall call = NativeCall.before(tracker, candidates, false, arguments, () -> errno);
        if (call != null) {
            call.done(result);
        }
    }

    private int state(int number) {
        return registry.current(Space.FD, number).state();
    }

    private void opens(int number) {
        open.add((long) number);
        call("dup", number, 0);
    }

    private List<String> verdicts() {
        List<String> all = new ArrayList<>();
        findings.forEach(finding -> all.add(finding.verdict().toString()));
        return all;
    }

    @Test
    void aCloseThatIsInterruptedHasClosed() {
        for (int error : new int[] {EINTR, EIO}) {
            opens(30);
            errno = error;
            open.clear();
            call("close", -1, 30);
            assertThat(state(30)).isEqualTo(Life.CLOSED);
        }
        errno = EBADF;
        call("close", -1, 30);
        assertThat(verdicts()).containsExactly("ERROR DOUBLE_CLOSE CONFIRMED culprit UNKNOWN");
    }

    @Test
    void aCloseOfWhatIsNotOpenEndsNothing() {
        opens(30);
        errno = EBADF;
        call("close", -1, 30); // closed where nobody saw it
        assertThat(state(30)).isEqualTo(Life.UNKNOWN);
        assertThat(findings).isEmpty();
    }

    @Test
    void onlyTwoCommandsOfFcntlOpen() {
        call("fcntl", 31, 0, 0, 10);
        assertThat(state(31)).isEqualTo(Life.OPEN);
        call("fcntl", 32, 0, 1030, 10);
        assertThat(state(32)).isEqualTo(Life.OPEN);
        call("fcntl", 1, 0, 1, 0);
        call("fcntl", 33, 0, 1031, 10);
        assertThat(registry.current(Space.FD, 33)).isNull();
        call("fcntl", -1, 0, 0, 10);
    }

    @Test
    void closeRangeClosesWhatIsOpenInItUnlessItOnlyMarks() {
        opens(40);
        opens(42);
        call("close_range", 0, 40, 60, 4);
        call("close_range", -1, 40, 60, 0);
        assertThat(state(40)).isNotEqualTo(Life.CLOSED);
        opens(40);
        opens(42);
        call("close_range", 0, 40, -1, 0); // ~0U
        assertThat(state(40)).isEqualTo(Life.CLOSED);
        assertThat(state(42)).isEqualTo(Life.CLOSED);
        assertThat(registry.current(Space.FD, 41)).isNull();
    }

    @Test
    void aFailingDup2ChangesNothing() {
        opens(30);
        call("dup2", -1, 9999, 30);
        assertThat(registry.current(Space.FD, 30).generation()).isEqualTo(1);
        call("dup2", 30, 0, 30);
        assertThat(registry.current(Space.FD, 30).generation()).isEqualTo(2);
        assertThat(findings).isEmpty();
    }

    @Test
    void signalfdOpensOnlyWithoutANumber() {
        call("signalfd", 30, -1, null, 0);
        call("signalfd", 30, 30, null, 0);
        assertThat(registry.current(Space.FD, 30).generation()).isEqualTo(1);
    }

    @Test
    void pairsAreReadFromArraysAndBuffers() {
        call("pipe", 0, (Object) new int[] {30, 31});
        call(
                "pipe2",
                0,
                ByteBuffer.allocateDirect(8)
                        .order(ByteOrder.nativeOrder())
                        .putInt(0, 32)
                        .putInt(4, 33),
                0);
        call("socketpair", -1, 1, 1, 0, new int[] {34, 35});
        assertThat(state(30) + state(31) + state(32) + state(33)).isEqualTo(4 * Life.OPEN);
        assertThat(registry.current(Space.FD, 34)).isNull();
    }

    @Test
    void aThreadsHandleIsKnownUntilItIsJoined() {
        call("pthread_create", 0, new long[] {0x7f0000001000L}, null, null, null);
        assertThat(registry.current(Space.PTHREAD, 0x7f0000001000L).state()).isEqualTo(Life.OPEN);
        call("pthread_join", 3, 0x7f0000001000L, null);
        call("pthread_create", 11, new long[] {0x7f0000002000L}, null, null, null);
        assertThat(registry.current(Space.PTHREAD, 0x7f0000002000L)).isNull();
        call("pthread_create", 0, new long[] {0x7f0000003000L}, null, null, null);
        call("pthread_join", 0, 0x7f0000003000L, null);
        assertThat(registry.current(Space.PTHREAD, 0x7f0000003000L).state()).isEqualTo(Life.CLOSED);
        assertThat(findings).isEmpty();
    }

    @Test
    void aRefusedUseTellsOnTheThreadThatHadClosedTheNumber() throws InterruptedException {
        opens(30);
        open.clear();
        call("close", 0, 30);
        errno = EIO;
        call("write", -1L, 30, null, 1L);
        errno = EBADF;
        Thread other = new Thread(() -> call("write", -1L, 30, null, 1L));
        other.start();
        other.join();
        assertThat(findings).isEmpty();
        call("write", -1L, 30, null, 1L);
        assertThat(verdicts()).containsExactly("ERROR USE_AFTER_CLOSE CONFIRMED culprit UNKNOWN");
    }

    @Test
    void aRefusedUseOfWhatIsOpenToOthersAccusesNobody() {
        opens(30);
        errno = EBADF; // a descriptor that is open for reading only
        call("write", -1L, 30, null, 1L);
        assertThat(state(30)).isEqualTo(Life.OPEN);
        open.clear();
        call("write", -1L, 30, null, 1L); // closed unseen; nobody held it
        assertThat(state(30)).isEqualTo(Life.UNKNOWN);
        assertThat(findings).isEmpty();
    }

    @Test
    void functionsOfOtherLibrariesAreNotMeant() {
        assertThat(functions.find("close", "Native Library </opt/libmine.so@7>", 1))
                .isEmpty();
        for (String file : List.of("libc.so.6", "libc-2.28.so", "libpthread.so.0", "libc.musl-x86_64.so.1")) {
            assertThat(functions.find("close", "Native Library </lib/" + file + "@7>", file.hashCode()))
                    .hasSize(1);
        }
        assertThat(functions.find("close", "Native Library <null@0>", 2)).hasSize(1);
        assertThat(functions.find("close", "Native Library <libcurl.so.4@7>", 3))
                .isEmpty();
    }
}
