package io.notsock.memory;

import io.notsock.catalog.Catalog;
import io.notsock.catalog.CatalogParser;
import io.notsock.catalog.RuntimeCatalog;
import io.notsock.evidence.Recorder;
import io.notsock.evidence.StackPolicy;
import io.notsock.evidence.Witness;
import io.notsock.registry.Reachability;
import io.notsock.registry.Registry;
import io.notsock.track.HookTable;
import io.notsock.track.OwnerNumbers;
import io.notsock.track.Tracker;

/** A tracker as the agent wires it, with one hook to open a socket, with a closer as files have one or without, and one to close it. */
final class Bench {
    static final int OPEN = HookTable.ofEntry(0);
    static final int CLOSE = HookTable.ofEntry(1);
    static final int HISTORY = 4;

    private static final String CATALOG = String.join(
            "\n",
            "entry bench.open",
            "  role open",
            "  method bench.Thing.open(I)V",
            "  type socket",
            "  number arg0",
            "  owner this armed",
            "  closed-by bench.close",
            "entry bench.close",
            "  role close",
            "  method bench.Thing.close(I)V",
            "  number arg0",
            "  owner this",
            "");

    final Registry registry = new Registry(HISTORY, Reachability.BY_GET);
    final Tracker tracker;

    Bench(StackPolicy stacks) {
        Catalog catalog = new CatalogParser().read("bench.catalog", CATALOG).catalog();
        tracker = new Tracker(
                registry,
                new Recorder(stacks),
                Witness.SILENT,
                owner -> OwnerNumbers.CANNOT_ASK,
                finding -> {
                    throw new IllegalStateException("a healthy program: " + finding.verdict());
                },
                finding -> {},
                false,
                null);
        tracker.install(new HookTable(RuntimeCatalog.of(catalog, 17, "linux")));
    }

    void open(Object owner, Object closer, long number) {
        tracker.after(OPEN, owner, closer, number);
    }

    void close(Object owner, long number) {
        tracker.done(CLOSE, tracker.before(CLOSE, owner, number, -1), 0);
    }

    /** Bytes in use after collections that change nothing any more. */
    static long heap() {
        Runtime runtime = Runtime.getRuntime();
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 10; i++) {
            System.gc();
            long now = runtime.totalMemory() - runtime.freeMemory();
            if (now >= used) {
                break;
            }
            used = now;
        }
        return used;
    }
}
