package io.notsock.leak;

import io.notsock.evidence.Act;
import io.notsock.evidence.Witness;
import io.notsock.evidence.Witness.Answer;
import io.notsock.handle.HandleType;
import io.notsock.handle.Space;
import io.notsock.registry.Life;
import io.notsock.registry.OwnerRef;
import io.notsock.registry.Reachability;
import io.notsock.registry.Registry;
import io.notsock.track.Rescues;
import io.notsock.track.Tracker;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Finds the handles that nobody closes.
 *
 * <p>Design. A Cleaner's close is told by the closing thread ({@link Rescues}). A handle without a Cleaner is found by
 * walking the registry: open, and no armed owner is left at two looks in a row, since a Cleaner may be about to run at the
 * first. What is open at exit is found by one walk more, and by asking the OS. Owners are never reached for: the {@link
 * Reachability} given must be one that does not.
 *
 * <p>Only lives are looked at whose opening was seen and whose every way of closing is hooked, which excludes what native
 * code may have closed unseen. Bounded by the number of open handles. Confined to the agent's thread.
 */
public final class LeakWatch {
    /** Closed by the platform with what they belong to: the Process object, the mapped buffer, the thread. */
    private static final Set<HandleType> NOT_THE_PROGRAMS =
            EnumSet.of(HandleType.PROCESS, HandleType.MAPPING, HandleType.THREAD);

    /** Of a child that is running; the JDK's reaper closes them when it has ended. */
    private static final String PROCESS = "java:java.lang.ProcessImpl";

    private static final long LAST_STANDARD_FD = 2;

    /** How long a Cleaner may take that is about to run; the looks of the agent itself are further apart. */
    private static final long SETTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** What a look leaves of the handles that were opened since a given time. Immutable. */
    public static final class Rest {
        private final int open;
        private final boolean undecided;

        Rest(int open, boolean undecided) {
            this.open = open;
            this.undecided = undecided;
        }

        /** So many are open, with owners as far as the collector has told. */
        public int open() {
            return open;
        }

        /** Others have lost their owner just now: a later look tells what becomes of them. */
        public boolean undecided() {
            return undecided;
        }
    }

    private final Tracker tracker;
    private final Registry registry;
    private final Witness witness;
    private final Reachability reachability;
    private final Rescues rescues;
    private final int depth;
    private Kept kept;
    private final OpenJars jars = new OpenJars();
    private final long tailNanos;
    private final long settleNanos;

    /** Open lives without an owner, with the time of the look that found them first. */
    private final Map<Life, Long> ownerless = new HashMap<>();
    /** Open lives that were told of. */
    private final Set<Life> told = new HashSet<>();

    /**
     * @param reachability must not reach for owners
     * @param tailNanos handles younger than this at exit are no leaks
     * @param depth frames kept of a stack
     */
    public LeakWatch(
            Tracker tracker, Witness witness, Reachability reachability, Rescues rescues, long tailNanos, int depth) {
        this(tracker, witness, reachability, rescues, tailNanos, depth, SETTLE_NANOS);
    }

    LeakWatch(
            Tracker tracker,
            Witness witness,
            Reachability reachability,
            Rescues rescues,
            long tailNanos,
            int depth,
            long settleNanos) {
        this.tracker = tracker;
        this.registry = tracker.registry();
        this.witness = witness;
        this.reachability = reachability;
        this.rescues = rescues;
        this.tailNanos = tailNanos;
        this.depth = depth;
        this.settleNanos = settleNanos;
    }

    /** What has come out since the last look. */
    public List<Leak> look() {
        List<Leak> leaks = rescued();
        reachability.refresh();
        told.removeIf(life -> !life.live());
        long now = System.nanoTime();
        List<Life> gone = ownerless();
        ownerless.keySet().retainAll(new HashSet<>(gone));
        for (Life life : gone) {
            Long first = ownerless.putIfAbsent(life, now);
            if (first != null && now - first >= settleNanos && !told.contains(life) && isOpen(life) && isLeak(life)) {
                told.add(life);
                leaks.add(new Leak(life, Leak.Fate.LOST, null, now));
            }
        }
        return leaks;
    }

    /**
     * What the last look has left of the handles opened since then.
     *
     * @param since on the scale of {@link System#nanoTime()}
     */
    public Rest rest(long since) {
        int open = 0;
        boolean undecided = !rescues.isEmpty();
        for (Life life : watched()) {
            if (life.opened().nanos() - since >= 0 && !told.contains(life) && isOpen(life) && isLeak(life)) {
                if (ownerless.containsKey(life)) {
                    undecided = true;
                } else {
                    open++;
                }
            }
        }
        return new Rest(open, undecided);
    }

    /**
     * What is left when nothing of the program runs any more, shutdown hooks included.
     *
     * @param interrupted the JVM was told to end by a signal
     */
    public List<Leak> end(boolean interrupted) {
        List<Leak> leaks = look();
        Leak.Fate fate = interrupted ? Leak.Fate.IN_USE_AT_EXIT : Leak.Fate.OPEN_AT_EXIT;
        long now = System.nanoTime();
        for (Life life : watched()) {
            boolean old = now - life.opened().nanos() >= tailNanos;
            if (old && !told.contains(life) && isOpen(life) && isLeak(life) && !keptOpen(life)) {
                told.add(life);
                leaks.add(new Leak(life, fate, null, now));
            }
        }
        return leaks;
    }

    /** What is behind the number of a leak, or {@code null}; an owner is asked only where the JVM ends anyway. */
    public String describe(Leak leak) {
        switch (leak.fate()) {
            case RESCUED:
                return null;
            case LOST:
                return witness.describe(leak.life().space(), leak.life().number());
            default:
                return tracker.describe(leak.life());
        }
    }

    /** Rescues that could not be taken down, since this was asked last. */
    public long takeDropped() {
        return rescues.takeDropped();
    }

    private List<Leak> rescued() {
        List<Leak> leaks = new ArrayList<>();
        for (Rescues.Rescue rescue = rescues.poll(); rescue != null; rescue = rescues.poll()) {
            Life life = rescue.life();
            if (mayLeak(life) && rescue.forTheDead() && isLeak(life) && !told.contains(life)) {
                leaks.add(new Leak(
                        life, Leak.Fate.RESCUED, rescue.close(), rescue.close().nanos()));
            }
        }
        return leaks;
    }

    private List<Life> watched() {
        List<Life> lives = new ArrayList<>();
        for (Space space : Space.values()) {
            registry.forEachCurrent(space, life -> {
                if (life.state() == Life.OPEN && mayLeak(life)) {
                    lives.add(life);
                }
            });
        }
        return lives;
    }

    private List<Life> ownerless() {
        List<Life> lives = watched();
        lives.removeIf(life -> !ownersGone(life));
        return lives;
    }

    private static boolean mayLeak(Life life) {
        Act opened = life.opened();
        return opened != null
                && opened.what() == Act.What.OPEN
                && !opened.foreignFunction()
                && life.opening().guarded()
                && !life.opening().agentOwned()
                && !life.opening().forVmLife()
                && !life.opening().endsWithThread()
                && !NOT_THE_PROGRAMS.contains(life.type())
                && !opened.api().startsWith(PROCESS)
                && (life.space() != Space.FD || life.number() > LAST_STANDARD_FD)
                && (life.owners() == null || armed(life));
    }

    /** A bare owner does not say who is to close it, and may have let native code do so. */
    private static boolean armed(Life life) {
        for (OwnerRef ref = life.owners(); ref != null; ref = ref.next()) {
            if (ref.armed() && ref.part() != OwnerRef.Part.DELEGATE) {
                return true;
            }
        }
        return false;
    }

    private boolean ownersGone(Life life) {
        boolean any = false;
        for (OwnerRef ref = life.owners(); ref != null; ref = ref.next()) {
            if (ref.armed() && ref.part() != OwnerRef.Part.DELEGATE) {
                if (!reachability.gone(ref)) {
                    return false;
                }
                any = true;
            }
        }
        return any;
    }

    /** Whether the OS agrees; where it cannot be asked the registry is right. */
    private boolean isOpen(Life life) {
        return life.state() == Life.OPEN
                && !tracker.closeMayBeLost(life)
                && registry.current(life.space(), life.number()) == life
                && witness.ask(life.space(), life.number()) != Answer.CLOSED;
    }

    private boolean isLeak(Life life) {
        StackTraceElement[] stack = life.opened().frames();
        return !kept().nobodys(stack) && !Kept.byClassLoader(stack);
    }

    /** Read when first needed, not at start. */
    private Kept kept() {
        if (kept == null) {
            kept = new Kept(depth);
        }
        return kept;
    }

    private boolean keptOpen(Life life) {
        return kept().untilTheEnd(life.opened().frames())
                || (life.type() == HandleType.FILE && jars.ofClassPath(witness.describe(life.space(), life.number())));
    }
}
