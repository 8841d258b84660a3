package io.notsock.agent.hook;

import io.notsock.track.Tracker;
import java.io.NotsockHooks;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** Takes the calls of woven code and hands them to the tracker. Thread-safe; holds no state of its own but a failure. */
public final class HookReceiver extends NotsockHooks {
    private final Tracker tracker;
    private final NativeFunctions functions;
    private final FailureListener failures;
    private final ExitListener exits;
    private final UnaryOperator<String> answers;
    private final AtomicReference<Throwable> lastFailure = new AtomicReference<>();

    /** Is told that a hook failed, in the application's thread: counts, does nothing else. */
    public interface FailureListener {
        void hookFailed(Throwable failure);
    }

    /** Is told how the JVM is about to end. */
    public interface ExitListener {
        void exiting(int status);

        void uncaught(Thread thread);
    }

    /** @param answers answers questions asked from outside, {@code null} for one it does not know */
    public HookReceiver(
            Tracker tracker,
            NativeFunctions functions,
            FailureListener failures,
            ExitListener exits,
            UnaryOperator<String> answers) {
        this.tracker = tracker;
        this.functions = functions;
        this.failures = failures;
        this.exits = exits;
        this.answers = answers;
    }

    @Override
    protected void onAfter(int hook, Object owner, Object closer, long number) {
        tracker.after(hook, owner, closer, number);
    }

    @Override
    protected Object onBefore(int hook, Object owner, long number, long source) {
        return tracker.before(hook, owner, number, source);
    }

    @Override
    protected void onDone(int hook, Object token, long result) {
        tracker.done(hook, token, result);
    }

    @Override
    protected void onFailed(int hook, Object token, Throwable thrown) {
        if (token instanceof NativeCall) {
            ((NativeCall) token).failed(tracker);
        } else {
            tracker.failed(hook, token);
        }
    }

    @Override
    protected void onCount(int hook) {
        tracker.count(hook);
    }

    @Override
    protected Object onBeforeNative(int hook, String function, Object library, Object[] arguments) {
        int index = functions.find(function, library);
        return index < 0 ? null : NativeCall.before(tracker, index, arguments);
    }

    @Override
    protected void onDoneNative(int hook, Object token, Object result) {
        ((NativeCall) token).done(tracker, result);
    }

    @Override
    protected void onExit(int status) {
        exits.exiting(status);
    }

    @Override
    protected void onUncaught(Thread thread) {
        exits.uncaught(thread);
    }

    @Override
    protected String onAsk(String question) {
        return answers.apply(question);
    }

    @Override
    protected void onHookFailure(int hook, long number, Throwable t) {
        lastFailure.compareAndSet(null, t);
        tracker.hookFailed(hook, number);
        failures.hookFailed(t);
    }

    /** The first failure of a hook in this JVM, or {@code null}. */
    public Throwable firstFailure() {
        return lastFailure.get();
    }
}
