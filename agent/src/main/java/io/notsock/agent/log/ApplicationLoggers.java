package io.notsock.agent.log;

import io.notsock.alert.Alert;
import io.notsock.alert.Culprit;
import io.notsock.alert.Party;
import java.lang.instrument.Instrumentation;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds whose SLF4J an alert belongs to, among those that are in use: that of the classes on its stacks, the culprit's first;
 * if they say nothing that of the class path, or the only one. Nothing is loaded or initialised by that, no code of the
 * application runs, and nothing of it is held. Confined to the agent's thread.
 */
public final class ApplicationLoggers {
    /** A logger factory and the class loader that it was found by, both weakly; or why there is none. */
    static final class Choice {
        private final WeakReference<Class<?>> factory;
        private final WeakReference<ClassLoader> context;
        private final String problem;

        private Choice(Class<?> factory, ClassLoader context, String problem) {
            this.factory = new WeakReference<>(factory);
            this.context = new WeakReference<>(context);
            this.problem = problem;
        }

        static Choice of(Class<?> factory, ClassLoader context) {
            return new Choice(factory, context, null);
        }

        static Choice none(String problem) {
            return new Choice(null, null, problem);
        }

        /** {@code null} where there is one. */
        String problem() {
            return problem;
        }

        /** {@code null} where it has gone. */
        Class<?> factory() {
            return factory.get();
        }

        /** What the thread that logs is to have as its context class loader; {@code null} where that has gone. */
        ClassLoader context() {
            return context.get();
        }
    }

    private final Instrumentation instrumentation;
    /** Made when it is needed first. */
    private Predicate<Class<?>> bound;

    public ApplicationLoggers(Instrumentation instrumentation) {
        this(instrumentation, null);
    }

    /** @param bound whether a logger factory is in use */
    ApplicationLoggers(Instrumentation instrumentation, Predicate<Class<?>> bound) {
        this.instrumentation = instrumentation;
        this.bound = bound;
    }

    Choice choose(Alert alert) throws ReflectiveOperationException {
        if (bound == null) {
            bound = new BindingState();
        }
        Map<String, Set<ClassLoader>> loaders = new HashMap<>();
        Set<String> names = classesOnStacks(alert);
        Map<Class<?>, Boolean> factories = new HashMap<>();
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            String name = type.getName();
            if (name.equals(Slf4jNames.LOGGER_FACTORY)) {
                factories.put(type, bound.test(type));
            } else if (type.getClassLoader() != null && names.contains(name)) {
                loaders.computeIfAbsent(name, n -> Collections.newSetFromMap(new IdentityHashMap<>()))
                        .add(type.getClassLoader());
            }
        }
        if (!factories.containsValue(true)) {
            return Choice.none("no SLF4J of the application is in use");
        }
        Sight sight = new Sight(factories);
        for (String name : names) {
            Choice of = loaders.containsKey(name) ? sight.ofAll(loaders.get(name)) : null;
            if (of != null) {
                return of;
            }
        }
        Choice classPath = sight.of(ClassLoader.getSystemClassLoader());
        return classPath != null ? classPath : onlyOne(factories);
    }

    private static Choice onlyOne(Map<Class<?>, Boolean> factories) {
        List<Class<?>> inUse = new ArrayList<>();
        factories.forEach((factory, isBound) -> {
            if (isBound) {
                inUse.add(factory);
            }
        });
        if (inUse.size() > 1) {
            return Choice.none("several SLF4Js are in use, and an alert's stacks do not tell whose it is");
        }
        ClassLoader own = inUse.get(0).getClassLoader();
        return Choice.of(inUse.get(0), own == null ? ClassLoader.getSystemClassLoader() : own);
    }

    /** Whose code has to change first, and of a stack the innermost frame. */
    private static Set<String> classesOnStacks(Alert alert) {
        Set<String> names = new LinkedHashSet<>();
        boolean firstCloser = alert.culprit() == Culprit.FIRST_CLOSE;
        add(names, firstCloser ? alert.firstClose() : alert.rogue());
        add(names, firstCloser ? alert.rogue() : alert.firstClose());
        add(names, alert.victim());
        return names;
    }

    private static void add(Set<String> names, Party party) {
        if (party != null) {
            for (StackTraceElement frame : party.frames()) {
                names.add(frame.getClassName());
            }
        }
    }

    /** What class loaders see, as far as the JVM knows it without asking them. */
    private final class Sight {
        private final Map<Class<?>, Boolean> factories;
        private final IdentityHashMap<ClassLoader, Class<?>> seen = new IdentityHashMap<>();

        Sight(Map<Class<?>, Boolean> factories) {
            this.factories = factories;
        }

        /** What all of them see; {@code null} if one sees nothing or something else: then a name says nothing. */
        Choice ofAll(Set<ClassLoader> loaders) {
            Choice all = null;
            for (ClassLoader loader : loaders) {
                Choice one = of(loader);
                if (one == null || (all != null && all.factory() != one.factory())) {
                    return null;
                }
                all = one;
            }
            return all;
        }

        Choice of(ClassLoader loader) {
            Class<?> factory = seen.computeIfAbsent(loader, this::look);
            return factory == null ? null : Choice.of(factory, loader);
        }

        private Class<?> look(ClassLoader from) {
            for (ClassLoader loader = from; loader != null; loader = loader.getParent()) {
                for (Class<?> type : instrumentation.getInitiatedClasses(loader)) {
                    Boolean isBound = factories.get(type);
                    if (isBound != null) {
                        return isBound ? type : null;
                    }
                }
            }
            return null;
        }
    }
}
