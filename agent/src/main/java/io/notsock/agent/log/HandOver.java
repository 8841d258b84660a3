package io.notsock.agent.log;

import io.notsock.alert.Alert;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One alert on its way to the application's logger. Run by a thread that counts as the application's; the agent's thread only
 * looks at the state.
 */
final class HandOver implements Runnable {
    private static final String JVM_IS_ENDING = "the JVM is ending";

    private enum State {
        WAITING,
        RUNNING,
        LOGGED,
        FAILED,
        TAKEN_BACK
    }

    private final Alert alert;
    private final String message;
    private final ApplicationLoggers.Choice choice;
    /** What that thread runs next is its first. */
    private final Deque<Runnable> work;

    private final long since = System.nanoTime();
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    /** Written before the state. No exception, which would hold the application's classes. */
    private String failure;

    HandOver(Alert alert, String message, ApplicationLoggers.Choice choice, Deque<Runnable> work) {
        this.alert = alert;
        this.message = message;
        this.choice = choice;
        this.work = work;
    }

    Alert alert() {
        return alert;
    }

    long nanos() {
        return System.nanoTime() - since;
    }

    boolean logged() {
        return state.get() == State.LOGGED;
    }

    /** Why it was not logged; {@code null} unless it has failed. */
    String failure() {
        return state.get() == State.FAILED ? failure : null;
    }

    /** It was not tried, because it came too late: no failure that has to be told. */
    boolean returned() {
        return JVM_IS_ENDING.equals(failure());
    }

    /** The application's code has it and has not come back. */
    boolean running() {
        return state.get() == State.RUNNING;
    }

    /** Sees to it that it is not begun any more. */
    void takeBack() {
        state.compareAndSet(State.WAITING, State.TAKEN_BACK);
    }

    /**
     * Whether the JVM is ending. Then applications stop their logging in shutdown hooks, and after that Logback swallows
     * events and Log4j 2 would be configured anew.
     */
    static boolean jvmIsEnding() {
        try {
            Runtime.getRuntime().removeShutdownHook(Thread.currentThread()); // which is none
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    @Override
    public void run() {
        if (!state.compareAndSet(State.WAITING, State.RUNNING)) {
            return;
        }
        try {
            Class<?> factory = choice.factory();
            ClassLoader context = choice.context();
            if (factory == null || context == null) {
                fail("the application has gone");
            } else if (jvmIsEnding()) {
                fail(JVM_IS_ENDING);
            } else {
                Logging logging = new Logging(factory);
                Thread.currentThread().setContextClassLoader(context);
                work.addFirst(logging);
            }
        } catch (Throwable t) {
            fail(t);
        }
    }

    private void fail(Throwable thrown) {
        String text;
        try {
            text = UserConfiguration.oneLine(thrown.toString());
        } catch (Throwable t) { // the application's own exception may do anything
            text = thrown.getClass().getName();
        }
        fail(text);
    }

    private void fail(String why) {
        failure = why;
        end(State.FAILED);
    }

    private void end(State how) {
        Thread.currentThread().setContextClassLoader(null); // nothing of the application is kept alive
        state.set(how);
    }

    /**
     * Gets the logger, and then logs.
     *
     * <p>The logger has to be got with no class of ours on the stack: Log4j 2 makes a context of its own, with its own
     * appenders on the same files, for the class loader of whoever calls. Where it finds nobody but the JDK it takes the
     * thread's context class loader.
     */
    private final class Logging extends FutureTask<Object> {
        private final Class<?> factory;
        private final Class<?> loggerType;

        Logging(Class<?> factory) throws ReflectiveOperationException {
            this(factory, factory.getMethod("getLogger", String.class));
        }

        private Logging(Class<?> factory, Method getLogger) throws ReflectiveOperationException {
            super(call(MethodHandles.publicLookup().unreflect(getLogger)));
            this.factory = factory;
            this.loggerType = getLogger.getReturnType();
        }

        @Override
        protected void done() {
            try {
                log(get());
                end(State.LOGGED);
            } catch (ExecutionException | InvocationTargetException e) {
                fail(e.getCause());
            } catch (NoBinding e) {
                fail("its SLF4J has no logging behind it");
            } catch (Throwable t) {
                fail(t);
            }
        }

        private void log(Object logger) throws ReflectiveOperationException, NoBinding {
            if (logger.getClass().getName().endsWith(".NOPLogger")) {
                throw new NoBinding();
            }
            ClassLoader loader = factory.getClassLoader();
            Class<?> markerType = Class.forName(Slf4jNames.MARKER, false, loader);
            Object marker = Class.forName(Slf4jNames.MARKER_FACTORY, true, loader)
                    .getMethod("getMarker", String.class)
                    .invoke(null, AlertFacts.MARKER);
            String level = alert.level().name().toLowerCase(Locale.ROOT);
            Method at = fluent("at" + level.substring(0, 1).toUpperCase(Locale.ROOT) + level.substring(1));
            if (at == null) {
                loggerType.getMethod(level, markerType, String.class).invoke(logger, marker, message);
                return;
            }
            Class<?> builder = at.getReturnType();
            Object event = builder.getMethod("addMarker", markerType).invoke(at.invoke(logger), marker);
            Method addKeyValue = builder.getMethod("addKeyValue", String.class, Object.class);
            for (Map.Entry<String, Object> fact : AlertFacts.of(alert).entrySet()) {
                event = addKeyValue.invoke(event, fact.getKey(), fact.getValue());
            }
            builder.getMethod("log", String.class).invoke(event, message);
        }

        /** Since SLF4J 2.0; {@code null} before. */
        private Method fluent(String name) {
            try {
                return loggerType.getMethod(name);
            } catch (NoSuchMethodException e) {
                return null;
            }
        }
    }

    /** A call by the JDK's own classes alone. */
    @SuppressWarnings("unchecked")
    private static Callable<Object> call(MethodHandle getLogger) {
        MethodHandle call = MethodHandles.insertArguments(getLogger, 0, AlertFacts.LOGGER);
        return MethodHandleProxies.asInterfaceInstance(
                Callable.class, call.asType(MethodType.methodType(Object.class)));
    }

    /** Nobody would see what is logged. */
    private static final class NoBinding extends Exception {
        private static final long serialVersionUID = 1;
    }
}
