package io.notsock.bare;

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

/**
 * A tracker as the agent wires it, without an agent around it: with one hook to open a socket, with a closer as files have one or
 * without, one to close it, and one for its use.
 */
public final class BareTracker {
    public static final int OPEN = HookTable.ofEntry(0);
    public static final int CLOSE = HookTable.ofEntry(1);
    public static final int USE = HookTable.ofEntry(2);
    public static final int HISTORY = 4;

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
            "entry bench.use",
            "  role use",
            "  method bench.Thing.use(I)V",
            "  number arg0",
            "  owner this",
            "");

    public final Registry registry = new Registry(HISTORY, Reachability.BY_GET);
    public final Tracker tracker;

    public BareTracker(StackPolicy stacks) {
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

    public void open(Object owner, Object closer, long number) {
        tracker.after(OPEN, owner, closer, number);
    }

    public void close(Object owner, long number) {
        tracker.done(CLOSE, tracker.before(CLOSE, owner, number, -1), 0);
    }
}
