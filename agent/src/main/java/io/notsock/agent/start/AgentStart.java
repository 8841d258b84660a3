package io.notsock.agent.start;

import io.notsock.agent.log.StderrTarget;
import io.notsock.agent.options.Options;
import io.notsock.agent.options.OptionsParser;
import io.notsock.report.HandleGuard;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.Properties;

/**
 * The agent's start behind its own loader: reads the options, claims the JVM, and hands over to {@link Agent}, which may
 * only be loaded once {@code java.io.NotsockHooks} exists.
 */
final class AgentStart {
    /** Exit status for a bad configuration ({@code EX_CONFIG}, sysexits.h). */
    private static final int BAD_CONFIGURATION = 78;

    private static volatile HandleGuard stderr = HandleGuard.NONE;

    private AgentStart() {}

    /**
     * @param argument the text behind {@code -javaagent:notsock-agent.jar=}, or {@code null}
     * @param late attached to a running JVM
     */
    static void start(String argument, Instrumentation instrumentation, boolean late) throws Exception {
        Options options = OptionsParser.parse(argument, systemProperties(), Environment.variables());
        for (String problem : options.problems()) {
            complain(problem);
        }
        if (!options.problems().isEmpty() && options.exitOnProblem()) {
            if (late) {
                complain("onerror=exit: not started; the program, which runs already, goes on");
                return;
            }
            Runtime.getRuntime().halt(BAD_CONFIGURATION); // nothing of the application has run yet
        }
        if (!HooksClass.define(instrumentation)) {
            return; // loaded twice: the first one is in charge
        }
        Agent.start(options, instrumentation, late);
    }

    /** A copy: the application may change or even replace the real ones at any time. */
    private static Properties systemProperties() {
        Properties copy = new Properties();
        Properties live = System.getProperties();
        for (String name : live.stringPropertyNames()) {
            if (name.startsWith("notsock.")) {
                copy.setProperty(name, live.getProperty(name));
            }
        }
        return copy;
    }

    /** From now on nothing is said into what the application's own bug has put in the place of stderr. */
    static void guardedBy(HandleGuard guard) {
        stderr = guard;
    }

    static void complain(String line) {
        try {
            new StderrTarget(stderr).write("notsock: ".concat(line));
        } catch (IOException e) {
            return; // there is nowhere to say it
        }
    }
}
