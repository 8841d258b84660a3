package io.notsock.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.catalog.RuntimeCatalog;
import io.notsock.evidence.Identity;
import io.notsock.evidence.Recorder;
import io.notsock.evidence.StackPolicy;
import io.notsock.evidence.Witness;
import io.notsock.handle.Space;
import io.notsock.registry.Life;
import io.notsock.registry.Reachability;
import io.notsock.registry.Registry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The audit against an OS of our own, in which a program's steps fall between any two of the audit's looks: every open,
 * close, pre-close and {@code dup2} is three steps, marked, done by the OS, told to the tracker.
 */
class AuditTest {
    private static final int FIRST = 3;

    private final Map<Long, Long> os = new HashMap<>();
    private final Map<Object, Long> fields = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Registry registry = new Registry(4, Reachability.BY_GET);
    private final HookTable hooks = new HookTable(RuntimeCatalog.builtIn(17, "linux"));
    private final Tracker tracker = tracker();
    private final Audit audit = tracker.audit();
    private long inode;
    private long born = 1;
    /** What happens between two looks. */
    private Runnable meanwhile = () -> {};

    private Tracker tracker() {
        Tracker made = new Tracker(
                registry,
                new Recorder(StackPolicy.OFF),
                new FakeWitness(),
                owner -> fields.getOrDefault(owner, -1L),
                findings::add,
                finding -> {
                    throw new AssertionError("no thread of the agent here");
                },
                false,
                null);
        made.install(hooks);
        return made;
    }

    private final class FakeWitness implements Witness {
        @Override
        public Answer ask(Space space, long number) {
            meanwhile.run();
            return os.containsKey(number) ? Answer.OPEN : Answer.CLOSED;
        }

        @Override
        public String describe(Space space, long number) {
            return null;
        }

        @Override
        public Object born() {
            return born;
        }

        @Override
        public Identity identify(Space space, long number) {
            meanwhile.run();
            Long found = os.get(number);
            Identity identity = found == null ? null : new Identity(Identity.SOCKET, 0, found, null);
            meanwhile.run();
            return identity;
        }
    }

    private int hook(String id) {
        return HookTable.ofEntry(hooks.catalog().indexOf(id));
    }

    private long lowestFree() {
        long number = FIRST;
        while (os.containsKey(number)) {
            number++;
        }
        return number;
    }

    private Object opens() {
        Object owner = new Object();
        long number = lowestFree();
        os.put(number, ++inode);
        fields.put(owner, number);
        tracker.after(hook("nio.socket"), owner, null, number);
        return owner;
    }

    private void rounds(int count) {
        for (int i = 0; i < count; i++) {
            audit.visitAll(() -> {});
            audit.visitDoubted(() -> {});
        }
    }

    @Test
    void findsAnotherObjectBehindANumberAndMakesTheRegistryTrueAgain() {
        Object owner = opens();
        long number = fields.get(owner);
        rounds(1);
        os.put(number, ++inode);

        assertThat(audit.visitAll(() -> {})).as("a doubt").isTrue();
        assertThat(findings).isEmpty();
        audit.visitDoubted(() -> {});

        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).verdict().toString()).startsWith("WARN HIDDEN_CLOSE CERTAIN culprit UNKNOWN");
        assertThat(findings.get(0).victim().ownerRef(owner)).isNotNull();
        assertThat(registry.current(Space.FD, number).live()).isTrue();
        assertThat(registry.current(Space.FD, number).ownerRef(owner)).isNull();
        rounds(3);
        assertThat(findings).hasSize(1);
    }

    /** CRIU makes new sockets and puts them under the old numbers: nobody has closed anything. */
    @Test
    void aProcessThatWasRestoredFromACheckpointHasOtherSockets() {
        List<Object> owners = List.of(opens(), opens(), opens());
        rounds(1);
        owners.forEach(owner -> os.put(fields.get(owner), ++inode));
        born++;
        rounds(3);

        assertThat(findings).isEmpty();
        os.put(fields.get(owners.get(1)), ++inode);
        rounds(2);
        assertThat(findings).as("and is watched as before").hasSize(1);
    }

    @Test
    void findsANumberThatIsNotOpenAnyMore() {
        Object owner = opens();
        long number = fields.get(owner);
        os.remove(number);
        rounds(1);

        assertThat(findings).hasSize(1);
        assertThat(registry.current(Space.FD, number).state()).isEqualTo(Life.KILLED);
    }

    @Test
    void takesItsBaselineAtTheFirstVisit() {
        Object owner = opens();
        os.put(fields.get(owner), ++inode);
        rounds(3);
        assertThat(findings).isEmpty();
    }

    @Test
    void doubtsNothingThatIsOnlySeenOnce() {
        Object owner = opens();
        long number = fields.get(owner);
        long own = os.get(number);
        rounds(1);
        os.put(number, ++inode);
        audit.visitAll(() -> {});
        os.put(number, own);
        rounds(2);
        os.put(number, ++inode);
        audit.visitAll(() -> {});
        assertThat(findings).isEmpty();
    }

    @Test
    void accusesNobodyWhereTheOwnerHasLetGo() {
        Object owner = opens();
        long number = fields.get(owner);
        rounds(1);
        fields.put(owner, -1L);
        os.put(number, ++inode);
        rounds(2);
        assertThat(findings).isEmpty();
        assertThat(registry.current(Space.FD, number).owners()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"standard", "unguarded", "preclosed", "unseen"})
    void looksOnlyAtWhatNobodyMayChange(String which) {
        long number = which.equals("standard") ? 1 : 7;
        Object owner = new Object();
        fields.put(owner, number);
        os.put(number, ++inode);
        if (which.equals("unguarded")) {
            tracker.after(hook("c.open"), null, null, number);
            tracker.after(hook("fd.new"), owner, null, number);
        } else if (!which.equals("unseen")) {
            tracker.after(hook("nio.socket"), owner, null, number);
        }
        rounds(1);
        if (which.equals("preclosed")) {
            tracker.before(hook("nio.preclose"), owner, number, -1);
        }
        os.put(number, ++inode);
        rounds(3);
        assertThat(findings).isEmpty();
    }

    /** A healthy program whose every step may fall between any two looks. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void neverAlarmsWhileNumbersChurn(long seed) {
        Program program = new Program(new Random(seed));
        meanwhile = program::someSteps;
        for (int i = 0; i < 3_000; i++) {
            rounds(1);
            program.someSteps();
        }
        assertThat(findings).isEmpty();
        assertThat(program.closed).isGreaterThan(1_000);

        meanwhile = () -> {};
        program.finishAll();
        rounds(1);
        Object victim = opens();
        rounds(1);
        os.put(fields.get(victim), ++inode);
        rounds(1);
        assertThat(findings).as("the alarm works").hasSize(1);
    }

    /** Several threads, each in the middle of something; one step of one of them at a time. */
    private final class Program {
        private final Random random;
        private final List<Object> open = new ArrayList<>();
        private final List<Deque<Runnable>> threads = new ArrayList<>();
        private int closed;

        Program(Random random) {
            this.random = random;
            for (int i = 0; i < 4; i++) {
                threads.add(new ArrayDeque<>());
            }
        }

        void someSteps() {
            for (int i = random.nextInt(4); i > 0; i--) {
                Deque<Runnable> thread = threads.get(random.nextInt(threads.size()));
                if (thread.isEmpty()) {
                    begin(thread);
                }
                thread.poll().run();
            }
        }

        void finishAll() {
            for (Deque<Runnable> thread : threads) {
                while (!thread.isEmpty()) {
                    thread.poll().run();
                }
            }
        }

        private void begin(Deque<Runnable> thread) {
            if (open.size() < 3 || (open.size() < 12 && random.nextInt(3) == 0)) {
                beginOpen(thread);
                return;
            }
            Object owner = open.remove(random.nextInt(open.size()));
            int what = random.nextInt(3);
            if (what == 0) {
                beginRedirect(thread, owner);
                return;
            }
            if (what == 1) {
                beginPreClose(thread, owner);
            }
            beginClose(thread, owner);
        }

        private void beginOpen(Deque<Runnable> thread) {
            Object owner = new Object();
            thread.add(() -> {
                long number = lowestFree();
                os.put(number, ++inode);
                fields.put(owner, number);
            });
            thread.add(() -> {
                tracker.after(hook("nio.socket"), owner, null, fields.get(owner));
                open.add(owner);
            });
        }

        private void beginPreClose(Deque<Runnable> thread, Object owner) {
            thread.add(() -> tracker.before(hook("nio.preclose"), owner, fields.get(owner), -1));
            thread.add(() -> os.put(fields.get(owner), ++inode));
        }

        private void beginClose(Deque<Runnable> thread, Object owner) {
            Object[] token = new Object[1];
            thread.add(() -> token[0] = tracker.before(hook("nio.close"), owner, fields.get(owner), -1));
            thread.add(() -> os.remove(fields.get(owner)));
            thread.add(() -> {
                if (token[0] != null) {
                    tracker.done(hook("nio.close"), token[0], 0);
                }
                closed++;
            });
        }

        /** {@code dup2} over one's own number, by the descriptor's owner. */
        private void beginRedirect(Deque<Runnable> thread, Object owner) {
            thread.add(() -> tracker.before(hook("nio.datagram.dup"), owner, fields.get(owner), 9_999));
            thread.add(() -> {
                os.put(fields.get(owner), ++inode);
                open.add(owner);
            });
        }
    }
}
