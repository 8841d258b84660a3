package io.notsock.registry;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * Maps a number to its slot: pages that grow with the highest number seen, and a hash for very large values.
 *
 * <p>Design. Numbers are small and dense (POSIX gives the lowest free one, Windows hands out multiples of four), so a
 * slot is two array reads away. A page is published by one CAS on the directory, which is copied when it grows; slots are
 * never removed or moved. No lock, no ceiling; wait-free for readers, lock-free for the thread that adds a page. The hash
 * for numbers above {@link #PAGED} is touched only by those (a handle value that is really a pointer, for instance).
 *
 * <p>Field updaters rather than VarHandles: they need no {@code java.lang.invoke}, which must not be woken inside a class
 * load (ClassCircularityError) nor at the start of a JVM.
 */
final class SlotTable {
    private static final int PAGE_BITS = 8;
    private static final int PAGE = 1 << PAGE_BITS;
    /** Numbers below this one live in pages: 16 million, far above any {@code ulimit -n} in use. */
    static final long PAGED = 1L << 24;

    private static final AtomicReferenceFieldUpdater<SlotTable, Slot[][]> DIRECTORY =
            AtomicReferenceFieldUpdater.newUpdater(SlotTable.class, Slot[][].class, "directory");

    private final int shift;
    private volatile Slot[][] directory = new Slot[4][];
    private volatile ConcurrentHashMap<Long, Slot> large;

    /** @param shift low bits that carry no information: 2 for Windows handles, else 0 */
    SlotTable(int shift) {
        this.shift = shift;
    }

    /** The slot of this number, or {@code null} when nothing was ever recorded near it. */
    Slot find(long number) {
        long index = number >>> shift;
        if (index >= PAGED) {
            ConcurrentHashMap<Long, Slot> map = large;
            return map == null ? null : map.get(number);
        }
        Slot[][] pages = directory;
        int page = (int) index >>> PAGE_BITS;
        return page < pages.length && pages[page] != null ? pages[page][(int) index & (PAGE - 1)] : null;
    }

    /** The slot of this number, made where there is none yet. */
    Slot at(long number) {
        Slot slot = find(number);
        return slot != null ? slot : make(number);
    }

    private Slot make(long number) {
        long index = number >>> shift;
        if (index >= PAGED) {
            return large().computeIfAbsent(number, n -> new Slot());
        }
        int page = (int) index >>> PAGE_BITS;
        Slot[] made = new Slot[PAGE];
        for (int i = 0; i < PAGE; i++) {
            made[i] = new Slot();
        }
        for (; ; ) {
            Slot[][] pages = directory;
            if (page < pages.length && pages[page] != null) {
                return pages[page][(int) index & (PAGE - 1)];
            }
            int length = pages.length;
            while (length <= page) {
                length *= 2;
            }
            Slot[][] grown = new Slot[length][];
            System.arraycopy(pages, 0, grown, 0, pages.length);
            grown[page] = made;
            if (DIRECTORY.compareAndSet(this, pages, grown)) {
                return made[(int) index & (PAGE - 1)];
            }
        }
    }

    private ConcurrentHashMap<Long, Slot> large() {
        ConcurrentHashMap<Long, Slot> map = large;
        if (map == null) {
            synchronized (this) { // once in the life of a table, and only for numbers that are no small integers
                map = large;
                if (map == null) {
                    map = new ConcurrentHashMap<>();
                    large = map;
                }
            }
        }
        return map;
    }

    /** Visits every slot; a slot made meanwhile may be missed. */
    void forEach(Registry.SlotVisitor visitor) {
        for (Slot[] page : directory) {
            if (page != null) {
                for (Slot slot : page) {
                    Life life = slot.life;
                    if (life != null) {
                        visitor.visit(life);
                    }
                }
            }
        }
        ConcurrentHashMap<Long, Slot> map = large;
        if (map != null) {
            for (Slot slot : map.values()) {
                Life life = slot.life;
                if (life != null) {
                    visitor.visit(life);
                }
            }
        }
    }

    /** The place of one number: its current life, the past behind it. */
    static final class Slot {
        private static final AtomicReferenceFieldUpdater<Slot, Life> LIFE =
                AtomicReferenceFieldUpdater.newUpdater(Slot.class, Life.class, "life");

        volatile Life life;

        boolean compareAndSet(Life expected, Life next) {
            return LIFE.compareAndSet(this, expected, next);
        }
    }
}
