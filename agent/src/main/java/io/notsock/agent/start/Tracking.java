package io.notsock.agent.start;

import io.notsock.agent.coverage.Coverage;
import io.notsock.agent.hook.DescriptorNumbers;
import io.notsock.agent.hook.NativeFunctions;
import io.notsock.agent.hook.ReachabilityByRefersTo;
import io.notsock.agent.options.Options;
import io.notsock.agent.options.Stacks;
import io.notsock.catalog.RuntimeCatalog;
import io.notsock.evidence.Recorder;
import io.notsock.evidence.StackPolicy;
import io.notsock.evidence.Witness;
import io.notsock.handle.Space;
import io.notsock.leak.LeakWatch;
import io.notsock.pipeline.FindingQueue;
import io.notsock.pipeline.WallClock;
import io.notsock.registry.CollectedOwners;
import io.notsock.registry.Reachability;
import io.notsock.registry.Registry;
import io.notsock.track.HookTable;
import io.notsock.track.Journal;
import io.notsock.track.OwnerNumbers;
import io.notsock.track.Rescues;
import io.notsock.track.Tracker;
import java.lang.instrument.Instrumentation;
import java.util.concurrent.TimeUnit;

/**
 * The half of the agent that the application's threads go through: it has to stand before {@code main} begins, and nothing
 * else has ({@link Reporting}).
 */
final class Tracking {
    /** More suspicions than this in the time of one write are a flood; the rest is counted. */
    private static final int QUEUE = 10_000;

    final Options options;
    final Instrumentation instrumentation;
    final boolean windows;
    /** The agent came to a running JVM. */
    final boolean late;

    final Witness witness;
    final Coverage coverage;
    final Registry registry;
    final OwnerNumbers numbers = new DescriptorNumbers();
    final FindingQueue queue = new FindingQueue(QUEUE);
    final SelfTest selfTest = new SelfTest();
    /** {@code null} unless somebody asks for it. */
    final Journal journal;

    final Recorder recorder;
    final Tracker tracker;
    final HookTable hooks;
    final Health health;
    final NativeFunctions functions;
    final KeptClasses cache;
    final WallClock clock = new WallClock();
    /** {@code null} unless somebody asks for it. */
    final LeakWatch leaks;

    Tracking(Options options, Instrumentation instrumentation, boolean late) {
        int feature = Runtime.version().feature();
        this.options = options;
        this.instrumentation = instrumentation;
        this.windows = System.getProperty("os.name").startsWith("Windows");
        this.late = late;
        String os = windows ? "windows" : "linux";
        witness = OsWitness.of(options, windows);
        coverage = Coverage.beforeHooks(os, witness);
        RuntimeCatalog catalog = Catalogs.load(options, feature, os);
        registry = new Registry(options.history(), reachability(feature));
        journal = options.journal() == null ? null : new Journal();
        recorder = new Recorder(policy(options.stacks()));
        tracker = new Tracker(registry, recorder, witness, numbers, queue, selfTest, late, journal);
        hooks = new HookTable(catalog);
        tracker.install(hooks);
        if (options.level().equals("INFO")) {
            tracker.tellRedundantCloses(descriptors());
        }
        health = new Health(hooks);
        functions = new NativeFunctions(hooks, tracker.inside());
        cache = KeptClasses.of(options, catalog, windows);
        leaks = options.leaks() ? leaks(feature) : null;
    }

    /** Where the numbers of descriptors are on this OS. */
    Space descriptors() {
        return windows ? Space.HANDLE : Space.FD;
    }

    private static Reachability reachability(int feature) {
        return feature >= 16 ? new ReachabilityByRefersTo() : Reachability.BY_GET;
    }

    /** Owners are never reached for in the background: before 16 the collector has to tell of those that are gone. */
    private LeakWatch leaks(int feature) {
        if (options.stacks() == Stacks.OFF) {
            AgentStart.complain(
                    "leaks=on finds nothing with stacks=off: only the stack of its opening tells whether a handle"
                            + " is meant to stay open");
            return null;
        }
        Rescues rescues = new Rescues();
        CollectedOwners collected = feature >= 16 ? null : new CollectedOwners();
        tracker.watchLeaks(rescues, collected == null ? null : collected.queue());
        return new LeakWatch(
                tracker,
                witness,
                collected == null ? new ReachabilityByRefersTo() : collected,
                rescues,
                TimeUnit.MILLISECONDS.toNanos(options.leaksTailMillis()),
                options.stackDepth());
    }

    private static StackPolicy policy(Stacks stacks) {
        // No switch: javac makes a class for one over an enum, and this is a start.
        return stacks == Stacks.ALL ? StackPolicy.ALL : stacks == Stacks.OFF ? StackPolicy.OFF : StackPolicy.AUTO;
    }
}
