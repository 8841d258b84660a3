package io.notsock.agent.start;

import java.lang.instrument.Instrumentation;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What the class that the JVM calls knows of the agent behind its own loader: a function that starts it. Initializing this
 * class hands the function to the loader.
 */
final class EntryPoint implements Function<Object[], Throwable> {
    static {
        handTo(EntryPoint.class.getClassLoader());
    }

    private EntryPoint() {}

    @SuppressWarnings("unchecked")
    private static void handTo(ClassLoader loader) {
        if (loader instanceof Consumer) {
            ((Consumer<Function<Object[], Throwable>>) loader).accept(new EntryPoint());
        }
    }

    /** Has the loader give back the memory that loading needs. */
    static void releaseMemory() {
        ClassLoader loader = EntryPoint.class.getClassLoader();
        if (loader instanceof Runnable) {
            ((Runnable) loader).run();
        }
    }

    /**
     * Starts the agent.
     *
     * @param start the agent's argument, the {@link Instrumentation}, whether it was attached to a running JVM
     * @return why it could not be started, or {@code null}
     */
    @Override
    public Throwable apply(Object[] start) {
        try {
            AgentStart.start((String) start[0], (Instrumentation) start[1], (Boolean) start[2]);
            return null;
        } catch (Throwable t) {
            return t;
        }
    }
}
