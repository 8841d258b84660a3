package io.notsock.registry;

import io.notsock.evidence.Act;
import io.notsock.handle.Space;

/**
 * What is known about every number: its current life and a bounded past.
 *
 * <p>Design. A slot holds one reference, to the current life; the lives before it hang behind it. Beginning a life is one
 * CAS. Numbers are recycled at once and lives are short, so the past is pruned by the open that finds it too long: it keeps
 * the newest {@code history} lives, and beyond them only lives whose owner object is still reachable, because that object
 * may yet close "its" number again. The next prune comes after a few opens, or as many as there were such survivors, so its
 * cost is constant per open. Every number that was ever open keeps that past, so it has to be short.
 *
 * <p>Thread-safe and lock-free.
 */
public final class Registry {
    /** Opens of one number between two prunes of its past, at least: what a prune costs is shared by them. */
    public static final int BETWEEN_PRUNES = 8;

    private static final int MOST_UNPROVEN = 256;
    private static final int FEWEST_UNPROVEN = 8;

    private final SlotTable[] tables = new SlotTable[Space.values().length];
    /** The one that nearly every event of Linux is about: found without reading the space's ordinal. */
    private final SlotTable descriptors;

    private final int history;
    /** Past lives of one number that are kept beyond the history before a collection has told whether their owners live. */
    private final int unproven = unprovenIn(Runtime.getRuntime().maxMemory());

    private final Reachability reachability;
    private final CollectorWatch collections;

    /** Sees every number's current life. */
    public interface SlotVisitor {
        void visit(Life current);
    }

    /**
     * @param history past lives kept per number whether or not their owners are reachable
     * @param reachability how to ask whether an owner is gone
     */
    public Registry(int history, Reachability reachability) {
        this(history, reachability, LargeSlots.KEPT);
    }

    /** @param deadLarge numbers that are addresses, remembered although nothing of them is open and nobody holds them */
    public Registry(int history, Reachability reachability, int deadLarge) {
        this.history = history;
        this.reachability = reachability;
        this.collections = new CollectorWatch(reachability);
        for (Space space : Space.values()) {
            tables[space.ordinal()] = new SlotTable(space == Space.HANDLE ? 2 : 0, reachability, deadLarge);
        }
        this.descriptors = tables[Space.FD.ordinal()];
    }

    /**
     * They lie in the heap until the first tidying after a collection, up to twice as many of them for a busy number at 215
     * bytes each: so a thousand busy numbers take three per cent of a heap between 128 megabytes and 4 gigabytes.
     */
    static int unprovenIn(long heap) {
        return (int) Math.max(FEWEST_UNPROVEN, Math.min(heap >> 24, MOST_UNPROVEN));
    }

    int unproven() {
        return unproven;
    }

    private SlotTable table(Space space) {
        return space == Space.FD ? descriptors : tables[space.ordinal()];
    }

    /** Stands for no life at all, where something is told of an object that has no number any more: its number is -1. */
    public static Life noLife(Space space) {
        return new Life(Opening.unseen(space), -1, null, null, null, 0, 0);
    }

    /**
     * The current life of this number, whatever its state; {@code null} when none was ever recorded, or when the number is no
     * small integer and its lives were over long ago.
     */
    public Life current(Space space, long number) {
        SlotTable.Slot slot = table(space).find(number);
        Life life = slot == null ? null : slot.life;
        return life == SlotTable.Slot.GONE ? null : life;
    }

    /** This owner of a live life has been seen using its number: until that ends, its uses need not be looked at. */
    public void knowUser(Life life, OwnerRef owner) {
        KnownUsers.enter(this, life, owner);
    }

    /**
     * Begins a life. The OS has given out the number, so whatever the slot held is over; what that means is judged by the
     * caller, from {@link Life#previous()}.
     *
     * @param opened the act, or {@code null} where the opening was not seen
     * @param owners the first owners, or {@code null} for a raw number
     */
    public Life begin(Opening opening, long number, Act opened, OwnerRef owners) {
        SlotTable table = table(opening.space());
        SlotTable.Slot slot = table.at(number);
        for (; ; ) {
            Life before = slot.life;
            if (before == SlotTable.Slot.GONE) {
                slot = table.at(number);
                continue;
            }
            int unknown = slot.generationsBefore();
            Life life = new Life(opening, number, opened, owners, before, unknown, untilPrune(before));
            if (begins(slot, before, life)) {
                return life;
            }
        }
    }

    /** Begins a life whose opening was not seen, unless somebody has begun another after {@code before} meanwhile. */
    public void beginUnseenAfter(Life before) {
        SlotTable.Slot slot = table(before.space()).at(before.number());
        Opening unseen = Opening.unseen(before.space());
        begins(slot, before, new Life(unseen, before.number(), null, null, before, 0, untilPrune(before)));
    }

    private int untilPrune(Life before) {
        return before == null ? history + BETWEEN_PRUNES : before.untilPrune() - 1;
    }

    private boolean begins(SlotTable.Slot slot, Life before, Life life) {
        if (!slot.compareAndSet(before, life)) {
            return false;
        }
        if (before != null && before.state() != Life.CLOSED) { // the read orders this behind a use's confirmation
            KnownUsers.takeOut(before.number());
        }
        if (life.untilPrune() == 0) {
            prune(life);
        }
        return true;
    }

    /**
     * The newest past or present life of this number that has this owner, or {@code null}.
     *
     * @param from where to begin, usually {@link #current}
     */
    public static Life lifeOf(Object owner, Life from) {
        for (Life life = from; life != null; life = life.previous) {
            if (life.ownerRef(owner) != null) {
                return life;
            }
        }
        return null;
    }

    /** Looks at every life that is remembered: not for the path of an event. */
    public OwnerSearch search(Space space, Object owner) {
        OwnerSearch search = new OwnerSearch(reachability, owner);
        table(space).forEach(search);
        return search;
    }

    /** What a search for an owner has found. */
    public static final class OwnerSearch implements SlotVisitor {
        private final Reachability reachability;
        private final Object owner;
        private Life found;
        private long looks;

        private OwnerSearch(Reachability reachability, Object owner) {
            this.reachability = reachability;
            this.owner = owner;
        }

        /** The newest life that has this owner, whatever its number, or {@code null}. */
        public Life found() {
            return found;
        }

        /** How many owners were compared. */
        public long looks() {
            return looks;
        }

        @Override
        public void visit(Life current) {
            for (Life life = current; life != null; life = life.previous) {
                for (OwnerRef ref = life.owners(); ref != null; ref = ref.next()) {
                    looks++;
                    if (reachability.is(ref, owner) && isNewer(life)) {
                        found = life;
                    }
                }
            }
        }

        private boolean isNewer(Life life) {
            Act opened = life.opened();
            Act before = found == null ? null : found.opened();
            return found == null || (opened != null && before != null && opened.nanos() > before.nanos());
        }
    }

    /** Visits the current life of every number that has one. */
    public void forEachCurrent(Space space, SlotVisitor visitor) {
        table(space).forEach(visitor);
    }

    /** {@link Life#opens()} of numbers that are not known any more, all together: what a sum over the current lives lacks. */
    public long forgottenOpens(Space space) {
        return table(space).forgottenOpens();
    }

    /**
     * Forgets what the last opens have left: owners that were collected since. Opens do the same by themselves, but a number
     * that is not given out any more would keep its past as it was. For the agent's own thread.
     */
    public void tidy() {
        for (SlotTable table : tables) {
            table.forEach(current -> {
                Life last = current;
                for (int length = 0; last != null && length <= history; length++) {
                    last = last.previous;
                }
                if (last != null) {
                    prune(current);
                }
            });
        }
    }

    /**
     * Cuts what need not be kept out of the chain behind {@code head}. Two threads may prune one chain at once: links are
     * only ever moved to a life further back, so the worst outcome is that something already cut out is linked once more.
     *
     * <p>Whether the owner of a life that just ended is still reachable nobody knows before the collector has looked. A number
     * that is opened a hundred thousand times between two collections would grow a chain as long, which the collection then
     * has to copy: so of these only the newest are kept. Lives whose owners have outlived a collection are all kept.
     */
    private void prune(Life head) {
        long collected = collections.collectedUpTo();
        Life kept = head;
        int distance = 0;
        int length = 0;
        int beforeIt = 0;
        for (Life past = head.previous; past != null; past = past.previous) {
            distance++;
            boolean keep = distance <= history;
            if (!keep && past.owned(reachability)) {
                keep = past.endedBefore(collected) || beforeIt++ < unproven;
            }
            if (keep) {
                if (kept.previous != past) {
                    kept.previous = past;
                }
                kept = past;
                length++;
            }
        }
        kept.previous = null;
        // Survivors beyond the history all have owners that may be alive: the next prune waits until there are twice as
        // many.
        head.pruneAfter(Math.max(BETWEEN_PRUNES, length - history));
    }
}
