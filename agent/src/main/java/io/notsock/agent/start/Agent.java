package io.notsock.agent.start;

import io.notsock.agent.hook.HookReceiver;
import io.notsock.agent.hook.JdkInsides;
import io.notsock.agent.options.Options;
import io.notsock.agent.weave.WeavePlan;
import io.notsock.agent.weave.Weaver;
import io.notsock.explain.Explainer;
import io.notsock.track.Tracker;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;

/** Wires the parts together, in the order in which they may exist; one instance for the life of the JVM. */
final class Agent {
    private Agent() {}

    static void start(Options options, Instrumentation instrumentation, boolean late) throws Exception {
        Tracking tracking = new Tracking(options, instrumentation, late);
        Tracker tracker = tracking.tracker;
        Explainer explainer = !options.explain() ? null : explainer(tracking);
        Backstage backstage = new Backstage(tracking, explainer);
        Exit exit = new Exit(tracking, backstage);
        WarmUp.run(tracking, explainer);
        HookReceiver receiver = new HookReceiver(
                tracker, tracking.functions, explainer, tracking.health, exit, backstage.readers(), backstage);
        if (!receiver.takeCharge()) {
            return;
        }
        WeavePlan plan = new WeavePlan(tracking.hooks);
        backstage.readers().plan(plan);
        instrumentation.addTransformer(new Weaver(plan, tracking.health, tracking.cache.classes()), true);
        retransformLoaded(instrumentation, plan, tracking.health, tracking.cache);
        if (late) {
            backstage.readers().joinWhatIsThere(instrumentation);
        }
        if (tracking.journal != null) {
            tracking.journal.ready();
        }
        exit.install(instrumentation);
        if (tracking.windows) {
            OsWitness.prepare(tracking.witness, instrumentation, tracker);
        }
        backstage.start();
    }

    private static Explainer explainer(Tracking tracking) {
        return new Explainer(
                tracking.descriptors(),
                tracking.registry,
                tracking.recorder,
                tracking.numbers,
                tracking.tracker.inside(),
                new JdkInsides(),
                tracking.clock,
                tracking.options.stackDepth());
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
}
