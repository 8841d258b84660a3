package io.notsock.memory;

import io.notsock.bare.BareTracker;
import io.notsock.evidence.Act;
import io.notsock.evidence.StackPolicy;
import io.notsock.handle.Space;
import io.notsock.registry.Life;
import io.notsock.registry.OwnerRef;
import org.openjdk.jol.info.ClassLayout;
import org.openjdk.jol.info.GraphLayout;

/**
 * Bytes that the registry keeps for each open handle, by the layout of its objects (jol) and by the heap that a million of
 * them take; bytes for each number that was open and is not any more; and what an empty registry takes.
 */
public final class HandleMemory {
    private static final int SAMPLE = 4096;
    private static final int MANY = 1_000_000;
    private static final int FIRST = 1024;

    private HandleMemory() {}

    public static void main(String[] args) {
        System.out.printf(
                "Java %s, objects of %s%n",
                System.getProperty("java.version"),
                ClassLayout.parseClass(Object.class).instanceSize() + " bytes");
        for (Class<?> type : new Class<?>[] {Life.class, Act.class, OwnerRef.class}) {
            System.out.printf(
                    "%-36s %4d bytes%n",
                    type.getSimpleName(), ClassLayout.parseClass(type).instanceSize());
        }
        System.out.printf(
                "%-36s %4d bytes%n",
                "an empty registry",
                GraphLayout.parseInstance(new BareTracker(StackPolicy.OFF).registry)
                        .totalSize());
        layout("one owner (a channel)", false, 0);
        layout("owner and closer (a file)", true, 0);
        layout("a number that was open 100 times", true, 100);
        heap("one owner (a channel)", false, 0);
        heap("owner and closer (a file)", true, 0);
        heap("each number was open 20 times", true, 20);
    }

    /** By the layout: all share one owner, so that what belongs to the application is no part of the difference. */
    private static void layout(String what, boolean closer, int before) {
        Object owner = new Object();
        BareTracker bench = new BareTracker(StackPolicy.OFF);
        long empty = GraphLayout.parseInstance(bench.registry, owner).totalSize();
        fill(bench, SAMPLE, owner, closer, before);
        tidied(bench, before);
        long full = GraphLayout.parseInstance(bench.registry, owner).totalSize();
        System.out.printf("layout  %-36s %7.1f bytes a handle%n", what, (full - empty) / (double) SAMPLE);
    }

    private static void fill(BareTracker bench, int handles, Object owner, boolean closer, int before) {
        for (int n = FIRST; n < FIRST + handles; n++) {
            for (int i = 0; i < before; i++) {
                bench.open(new Object(), closer ? new Object() : null, n); // in its life an owner is not kept
                bench.close(ownerOf(bench, n), n);
            }
            bench.open(owner, closer ? owner : null, n);
        }
    }

    /** What the agent's thread does every few seconds, once a collection has told which owners are gone. */
    private static void tidied(BareTracker bench, int before) {
        if (before > 0) {
            Heap.used();
            bench.registry.tidy();
        }
    }

    private static Object ownerOf(BareTracker bench, int number) {
        return bench.registry.current(Space.FD, number).owners().get();
    }

    /** By the heap: a million handles, each with an owner of its own, which are there before. */
    private static void heap(String what, boolean closer, int before) {
        Object[] owners = new Object[MANY];
        Object[] closers = new Object[closer ? MANY : 0];
        for (int i = 0; i < MANY; i++) {
            owners[i] = new Object();
            if (closer) {
                closers[i] = new Object();
            }
        }
        BareTracker bench = new BareTracker(StackPolicy.OFF);
        long empty = Heap.used();
        long start = System.nanoTime();
        for (int i = 0; i < MANY; i++) {
            for (int past = 0; past < before; past++) {
                Object passing = new Object();
                bench.open(passing, null, FIRST + i);
                bench.close(passing, FIRST + i);
            }
            bench.open(owners[i], closer ? closers[i] : null, FIRST + i);
        }
        long opened = System.nanoTime();
        tidied(bench, before);
        long full = Heap.used();
        long[] seen = new long[1];
        long walk = System.nanoTime();
        bench.registry.forEachCurrent(Space.FD, life -> seen[0] += life.live() ? 1 : 0);
        walk = System.nanoTime() - walk;
        long collection = System.nanoTime();
        System.gc();
        collection = System.nanoTime() - collection;
        System.out.printf(
                "heap    %-36s %7.1f bytes a handle; %d tracked, made in %d ms, visited in %d ms, full collection %d ms%n",
                what,
                (full - empty) / (double) MANY,
                seen[0],
                (opened - start) / 1_000_000,
                walk / 1_000_000,
                collection / 1_000_000);
        if (seen[0] != MANY || owners[MANY - 1] == null || (closer && closers[MANY - 1] == null)) {
            throw new IllegalStateException("not all are tracked: " + seen[0]);
        }
    }
}
