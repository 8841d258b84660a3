package io.notsock.jmh;

import io.notsock.catalog.Catalog;
import io.notsock.catalog.CatalogParser;
import io.notsock.catalog.RuntimeCatalog;
import io.notsock.evidence.Recorder;
import io.notsock.evidence.StackPolicy;
import io.notsock.evidence.Witness;
import io.notsock.registry.KnownUsers;
import io.notsock.registry.Reachability;
import io.notsock.registry.Registry;
import io.notsock.track.HookTable;
import io.notsock.track.OwnerNumbers;
import io.notsock.track.Tracker;
import java.lang.ref.Reference;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One open and one close, and one use, as the tracker sees them, without the system calls. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class TrackerBenchmark {
    private static final int NUMBER = 42;
    private static final int USED = 43;
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

    @Param({"AUTO", "ALL", "OFF"})
    StackPolicy stacks;

    @Param({"5", "50"})
    int frames;

    private static final int OPEN = HookTable.ofEntry(0);
    private static final int CLOSE = HookTable.ofEntry(1);
    private static final int USE = HookTable.ofEntry(2);

    private final Object user = new Object();
    private Tracker tracker;

    @Setup
    public void wire() {
        Catalog catalog = new CatalogParser().read("bench.catalog", CATALOG).catalog();
        tracker = new Tracker(
                new Registry(4, Reachability.BY_GET),
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
        KnownUsers.share(new Reference<?>[1 << 14]);
        tracker.after(OPEN, user, null, USED);
        tracker.use(USE, user, USED);
    }

    /** A read or write of a handle that is all right: all that {@code java.io.NotsockHooks} does. */
    @Benchmark
    public boolean use() {
        return KnownUsers.knows(user, USED);
    }

    /** The same where another owner of the number was the last. */
    @Benchmark
    public Object useAnew() {
        return tracker.use(USE, user, USED);
    }

    @Benchmark
    public Object openAndClose() throws Exception {
        return Depth.at(frames, () -> {
            Object owner = new Object();
            tracker.after(OPEN, owner, null, NUMBER);
            Object token = tracker.before(CLOSE, owner, NUMBER, -1);
            tracker.done(CLOSE, token, 0);
            return token;
        });
    }
}
