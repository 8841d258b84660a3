package io.notsock.registry;

import io.notsock.handle.Space;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * Maps a number to its slot: pages that grow with the highest number seen, and {@link LargeSlots} for very large values.
 *
 * <p>Design. Numbers are small and dense (POSIX gives the lowest free one, Windows hands out multiples of four), so a
 * slot is two array reads away. A page is published by one CAS on the directory, which is copied when it grows; these slots
 * are never removed or moved. No lock, no ceiling; wait-free for readers, lock-free for the thread that adds a page. What holds
 * the numbers above {@link #PAGED} is touched only by those (a handle value that is really a pointer, for instance).
 *
 * <p>Threads that open at the same time get neighbouring numbers, so neighbours should not share a cache line: within a page
 * a number's place is its two half-bytes exchanged, which is 16 slots (256 bytes, as a page's slots lie in the heap) apart.
 *
 * <p>Field updaters rather than VarHandles: they need no {@code java.lang.invoke}, which must not be woken inside a class
 * load (ClassCircularityError) nor at the start of a JVM.
 */
final class SlotTable {
    private static final int PAGE_BITS = 8;
    private static final int PAGE = 1 << PAGE_BITS;
    private static final int HALF_BITS = PAGE_BITS / 2;
    private static final int HALF = (1 << HALF_BITS) - 1;
    /** Numbers below this one live in pages: 16 million, far above any {@code ulimit -n} in use. */
    static final long PAGED = 1L << 24;

    private static final AtomicReferenceFieldUpdater<SlotTable, Slot[][]> DIRECTORY =
            AtomicReferenceFieldUpdater.newUpdater(SlotTable.class, Slot[][].class, "directory");

    private final int shift;
    private volatile Slot[][] directory = new Slot[4][];
    private final Reachability reachability;
    private final int deadLarge;
    private volatile LargeSlots large;

    /**
     * @param shift low bits that carry no information: 2 for Windows handles, else 0
     * @param deadLarge see {@link LargeSlots}
     */
    SlotTable(int shift, Reachability reachability, int deadLarge) {
        this.shift = shift;
        this.reachability = reachability;
        this.deadLarge = deadLarge;
    }

    /** The slot of this number, or {@code null} when nothing was ever recorded near it. */
    Slot find(long number) {
        long index = number >>> shift;
        if (index >= PAGED) {
            LargeSlots slots = large;
            return slots == null ? null : slots.find(number);
        }
        Slot[][] pages = directory;
        int page = (int) index >>> PAGE_BITS;
        return page < pages.length && pages[page] != null ? pages[page][place((int) index)] : null;
    }

    private static int place(int index) {
        return (index & HALF) << HALF_BITS | (index >>> HALF_BITS & HALF);
    }

    /** The slot of this number, made where there is none yet. It may be {@link Slot#GONE} later, but not for ever. */
    Slot at(long number) {
        Slot slot = find(number);
        return slot != null && slot.life != Slot.GONE ? slot : make(number);
    }

    private Slot make(long number) {
        long index = number >>> shift;
        if (index >= PAGED) {
            return large().at(number);
        }
        int page = (int) index >>> PAGE_BITS;
        Slot[] made = new Slot[PAGE];
        for (int i = 0; i < PAGE; i++) {
            made[i] = new Slot();
        }
        for (; ; ) {
            Slot[][] pages = directory;
            if (page < pages.length && pages[page] != null) {
                return pages[page][place((int) index)];
            }
            int length = pages.length;
            while (length <= page) {
                length *= 2;
            }
            Slot[][] grown = new Slot[length][];
            System.arraycopy(pages, 0, grown, 0, pages.length);
            grown[page] = made;
            if (DIRECTORY.compareAndSet(this, pages, grown)) {
                return made[place((int) index)];
            }
        }
    }

    private LargeSlots large() {
        LargeSlots slots = large;
        if (slots == null) {
            synchronized (this) { // once in the life of a table, and only for numbers that are no small integers
                slots = large;
                if (slots == null) {
                    slots = new LargeSlots(reachability, deadLarge);
                    large = slots;
                }
            }
        }
        return slots;
    }

    /** {@link Life#opens()} of numbers that are not known any more, all together. */
    long forgottenOpens() {
        LargeSlots slots = large;
        return slots == null ? 0 : slots.forgottenOpens();
    }

    /** Visits every slot; a slot made meanwhile may be missed. */
    void forEach(Registry.SlotVisitor visitor) {
        for (Slot[] page : directory) {
            if (page != null) {
                for (int i = 0; i < PAGE; i++) {
                    Life life = page[place(i)].life; // in the order of the numbers
                    if (life != null) {
                        visitor.visit(life);
                    }
                }
            }
        }
        LargeSlots slots = large;
        if (slots != null) {
            for (Slot slot : slots.all()) {
                Life life = slot.life;
                if (life != null && life != Slot.GONE) {
                    visitor.visit(life);
                }
            }
        }
    }

    /** The place of one number: its current life, the past behind it. */
    static class Slot {
        private static final AtomicReferenceFieldUpdater<Slot, Life> LIFE =
                AtomicReferenceFieldUpdater.newUpdater(Slot.class, Life.class, "life");

        /** In the place of the life: the slot is not the number's any more. */
        static final Life GONE = new Life(Opening.unseen(Space.FD), -1, null, null, null, 0, 0);

        volatile Life life;

        /** Lives of this number before the first one in this slot, as far as they are counted. */
        int generationsBefore() {
            return 0;
        }

        boolean compareAndSet(Life expected, Life next) {
            return LIFE.compareAndSet(this, expected, next);
        }
    }
}
