package io.notsock.agent.boot;

import java.io.File;
import java.lang.instrument.Instrumentation;

/**
 * The agent's entry points. They do almost nothing, and catch everything: an exception out of {@code premain} would end
 * the JVM (package {@code java.lang.instrument}), and a failure of the agent must never be a failure of the application.
 *
 * <p>No state, no logging; not used again after start.
 */
public final class NotsockAgent {
    private NotsockAgent() {}

    /** Called by the JVM before {@code main} for {@code -javaagent:}. */
    public static void premain(String argument, Instrumentation instrumentation) {
        start(argument, instrumentation, false);
    }

    /** Called by the JVM when the agent is attached to a running program. */
    public static void agentmain(String argument, Instrumentation instrumentation) {
        start(argument, instrumentation, true);
    }

    private static void start(String argument, Instrumentation instrumentation, boolean late) {
        try {
            if (argument != null && argument.startsWith(Question.MARK)) {
                Question.answer(argument);
                return;
            }
            IsolatedLoader loader = IsolatedLoader.open(jarFile());
            Throwable failure = loader.entryPoint("io.notsock.agent.start.EntryPoint")
                    .apply(new Object[] {argument, instrumentation, late});
            if (failure != null) {
                complain(failure);
            }
        } catch (Throwable t) {
            complain(t);
        }
    }

    /** The jar this class came from. */
    static File jarFile() throws Exception {
        return new File(NotsockAgent.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }

    private static void complain(Throwable t) {
        try {
            System.err.println("notsock: not started, the application runs without it: " + t);
        } catch (Throwable again) {
            // stderr is gone; the application matters more than our complaint
        }
    }
}
