package io.notsock.agent.start;

import io.notsock.agent.coverage.Coverage;
import io.notsock.agent.hook.DescriptorNumbers;
import io.notsock.agent.hook.HookReceiver;
import io.notsock.agent.hook.JdkInsides;
import io.notsock.agent.hook.NativeFunctions;
import io.notsock.agent.hook.ReachabilityByRefersTo;
import io.notsock.agent.options.Options;
import io.notsock.agent.options.Stacks;
import io.notsock.agent.weave.WeavePlan;
import io.notsock.agent.weave.Weaver;
import io.notsock.catalog.RuntimeCatalog;
import io.notsock.evidence.Recorder;
import io.notsock.evidence.StackPolicy;
import io.notsock.evidence.Witness;
import io.notsock.explain.Explainer;
import io.notsock.handle.Space;
import io.notsock.leak.LeakWatch;
import io.notsock.pipeline.AlertPipeline;
import io.notsock.pipeline.AuditLoop;
import io.notsock.pipeline.FindingQueue;
import io.notsock.pipeline.WallClock;
import io.notsock.registry.CollectedOwners;
import io.notsock.registry.Reachability;
import io.notsock.registry.Registry;
import io.notsock.track.AgentThread;
import io.notsock.track.HookTable;
import io.notsock.track.Journal;
import io.notsock.track.OwnerNumbers;
import io.notsock.track.Rescues;
import io.notsock.track.Tracker;
import java.io.NotsockHooks;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Wires the parts together, in the order in which they may exist; one instance for the life of the JVM. */
final class Agent {
    /** More suspicions than this in the time of one write are a flood; the rest is counted. */
    private static final int QUEUE = 10_000;

    private Agent() {}

    static void start(Options options, Instrumentation instrumentation, boolean late) throws Exception {
        int feature = Runtime.version().feature();
        String os = System.getProperty("os.name").startsWith("Windows") ? "windows" : "linux";
        boolean windows = os.equals("windows");
        Witness witness = OsWitness.of(options, windows);
        Coverage coverage = Coverage.beforeHooks(os, witness);

        RuntimeCatalog catalog = Catalogs.load(options, feature, os);
        Registry registry = new Registry(options.history(), reachability(feature));
        OwnerNumbers numbers = new DescriptorNumbers();
        FindingQueue queue = new FindingQueue(QUEUE);
        SelfTest selfTest = new SelfTest();
        Journal journal = options.journal() == null ? null : new Journal();
        Recorder recorder = new Recorder(policy(options.stacks()));
        Tracker tracker = new Tracker(registry, recorder, witness, numbers, queue, selfTest, late, journal);
        HookTable hooks = new HookTable(catalog);
        tracker.install(hooks);
        if (options.level().equals("INFO")) {
            tracker.tellRedundantCloses(windows ? Space.HANDLE : Space.FD);
        }
        Health health = new Health(hooks);
        NativeFunctions functions = new NativeFunctions(hooks);

        WallClock clock = new WallClock();
        KeptClasses cache = KeptClasses.of(options, catalog, windows);
        Outputs outputs = Outputs.of(options, registry, witness, windows);
        LeakWatch leaks = options.leaks() ? leaks(options, tracker, witness, feature) : null;
        AlertPipeline pipeline =
                new AlertPipeline(queue, registry, numbers, outputs.desk(), clock, options.stackDepth(), cache, leaks);
        pipeline.payFrom(recorder);
        Exit exit =
                new Exit(options.exitCode(), pipeline, outputs, journalFile(options, outputs), journal, cache, late);
        Answers answers = new Answers(
                registry,
                tracker,
                health,
                coverage,
                outputs.desk(),
                queue,
                pipeline,
                witness,
                clock,
                outputs.process(),
                late);
        answers.alertsFile(outputs.alertsFile());
        if (options.report() != null) {
            Path path = outputs.path("report", options.report());
            if (path != null) {
                ReportFile report = new ReportFile(path, outputs, answers);
                exit.report(report);
                answers.reportFile(report);
            }
        }
        AgentThread thread = new AgentThread("notsock", new Duties(selfTest, health, outputs, cache, pipeline));

        Explainer explainer = !options.explain()
                ? null
                : new Explainer(
                        windows ? Space.HANDLE : Space.FD,
                        registry,
                        recorder,
                        numbers,
                        tracker.inside(),
                        new JdkInsides(),
                        clock,
                        options.stackDepth());

        pipeline.renderToo(explainer);
        WarmUp.run(hooks, numbers, selfTest, explainer, journal != null);
        Readers readers = new Readers(options, answers, outputs.desk(), tracker);
        if (!NotsockHooks.install(new HookReceiver(tracker, functions, explainer, health, exit, readers, answers))) {
            return;
        }
        WeavePlan plan = new WeavePlan(hooks);
        readers.plan(plan);
        instrumentation.addTransformer(new Weaver(plan, health, cache.classes()), true);
        retransformLoaded(instrumentation, plan, health, cache);
        if (late) {
            readers.joinWhatIsThere(instrumentation);
        }
        if (journal != null) {
            journal.ready();
        }
        exit.install(instrumentation);
        OsWitness.prepare(witness, instrumentation, tracker);
        thread.start();
        readers.serve(options, windows ? Space.HANDLE : Space.FD);
        if (options.auditMillis() > 0 && witness != Witness.SILENT) {
            new AgentThread("notsock-audit", new AuditLoop(tracker.audit(), options.auditMillis())).start();
        }
    }

    private static void retransformLoaded(
            Instrumentation instrumentation, WeavePlan plan, Health health, KeptClasses cache) {
        List<Class<?>> loaded = new ArrayList<>();
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (plan.names(type) && instrumentation.isModifiableClass(type)) {
                loaded.add(type);
            }
        }
        if (loaded.isEmpty()) {
            return;
        }
        try {
            instrumentation.retransformClasses(loaded.toArray(new Class<?>[0]));
        } catch (Exception | LinkageError all) {
            cache.distrust();
            // One class that cannot be retransformed must not cost the others their hooks.
            for (Class<?> type : loaded) {
                try {
                    instrumentation.retransformClasses(type);
                } catch (Exception | LinkageError one) {
                    health.failed(type.getName().replace('.', '/'), one);
                }
            }
        }
    }

    private static Path journalFile(Options options, Outputs outputs) {
        return options.journal() == null ? null : outputs.path("journal", options.journal());
    }

    private static Reachability reachability(int feature) {
        return feature >= 16 ? new ReachabilityByRefersTo() : Reachability.BY_GET;
    }

    /** Owners are never reached for in the background: before 16 the collector has to tell of those that are gone. */
    private static LeakWatch leaks(Options options, Tracker tracker, Witness witness, int feature) {
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
        switch (stacks) {
            case ALL:
                return StackPolicy.ALL;
            case OFF:
                return StackPolicy.OFF;
            default:
                return StackPolicy.AUTO;
        }
    }
}
