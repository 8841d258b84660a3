package io.notsock.junit;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.LongFunction;

/**
 * The agent in this JVM, reached through {@code java.io.NotsockHooks}, the one class of it that everybody sees. By method
 * handles: nothing of it is on this module's class path when it is compiled.
 */
final class Agent {
    private static final String HOOKS = "java.io.NotsockHooks";

    private final MethodHandle ask;

    private Agent(MethodHandle ask) {
        this.ask = ask;
    }

    /**
     * Connects to the agent.
     *
     * @param contexts gives the context for the id of a thread, as the agent wants it
     * @return {@code null} where there is none, or one that is too old for this
     */
    static Agent connect(LongFunction<String> contexts) {
        try {
            Class<?> hooks = Class.forName(HOOKS, false, null);
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            Agent agent = new Agent(lookup.findStatic(hooks, "ask", MethodType.methodType(String.class, String.class)));
            MethodHandle contextsFrom =
                    lookup.findStatic(hooks, "contextsFrom", MethodType.methodType(boolean.class, LongFunction.class));
            boolean there = (boolean) contextsFrom.invokeExact(contexts);
            return there && agent.ask("tests begin") != null ? agent : null;
        } catch (ClassNotFoundException | NoSuchMethodException | IllegalAccessException e) {
            return null;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether an agent is in this JVM, of whatever version. */
    static boolean present() {
        try {
            return Class.forName(HOOKS, false, null) != null;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /**
     * Every alert that was raised so far and not taken yet, those of this context at once, without waiting for what may
     * turn out later.
     *
     * @param context its first word, or {@code null} for all contexts
     * @return {@code null} where the agent did not answer
     */
    String take(String context) {
        return ask(context == null ? "tests take" : "tests take ".concat(context));
    }

    /**
     * Has the agent look for leaks now.
     *
     * @param since on the scale of {@link System#nanoTime()}
     * @return how many of the handles that were opened since then are open; with {@code undecided} behind it where another look
     *     will tell of more; {@code null} where it does not watch leaks
     */
    String lookForLeaks(long since) {
        return ask("tests leaks " + since);
    }

    /**
     * A report of all alerts so far.
     *
     * @param file where to; {@code -} for the text itself
     * @return the text, or {@code written} or {@code failed} and a text behind it; {@code null} where the agent did not answer
     */
    String report(String format, String file) {
        return ask("tests report " + format + "\n" + file);
    }

    /** A test may leave its thread interrupted, and whoever answers may have to wait. */
    private String ask(String question) {
        boolean interrupted = Thread.interrupted();
        try {
            return (String) ask.invokeExact(question);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
