package io.notsock.agent.hook;

import io.notsock.catalog.Role;
import io.notsock.catalog.Target;
import io.notsock.explain.Explainer;
import io.notsock.registry.KnownUsers;
import io.notsock.registry.Life;
import io.notsock.track.Hook;
import io.notsock.track.Tracker;
import java.io.FileDescriptor;
import java.io.IOException;
import java.io.NotsockHooks;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.AccessibleObject;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** Takes the calls of woven code and hands them to the tracker. Thread-safe; holds no state of its own but what it makes late. */
public final class HookReceiver extends NotsockHooks {
    private static volatile HookReceiver inCharge;

    private final Tracker tracker;
    private final NativeFunctions functions;
    /** Made for the first library that uses it, as {@link #downcalls}. */
    private DirectMapping directMapping;

    private Downcalls downcalls;
    private final Explainer explainer;
    private final FailureListener failures;
    private final ExitListener exits;
    private final LandmarkListener landmarks;
    private final Inquiries inquiries;

    /** Is told that a hook failed, in the application's thread: counts, does nothing else. */
    public interface FailureListener {
        void hookFailed(Throwable failure);
    }

    /** Is told how the JVM is about to end. */
    public interface ExitListener {
        void exiting(int status);

        void uncaught(Thread thread);
    }

    /** Is told, in the application's thread and each time anew, that the JVM gives out something it has initialised. */
    public interface LandmarkListener {
        void reached(int landmark, Object what);
    }

    /** Takes what is asked from outside. */
    public interface Inquiries {
        /** The answer, or {@code null} for a question it does not know. */
        String answer(String question);

        /** See {@link NotsockHooks#contextsFrom}. */
        void contextsFrom(LongFunction<String> contexts);
    }

    public HookReceiver(
            Tracker tracker,
            NativeFunctions functions,
            Explainer explainer,
            FailureListener failures,
            ExitListener exits,
            LandmarkListener landmarks,
            Inquiries inquiries) {
        this.tracker = tracker;
        this.functions = functions;
        this.explainer = explainer;
        this.failures = failures;
        this.exits = exits;
        this.landmarks = landmarks;
        this.inquiries = inquiries;
    }

    /**
     * Connects the woven code to this receiver; before anything is woven.
     *
     * @return false where another agent is in charge, and this one has to stand aside
     */
    public boolean takeCharge() {
        if (!install(this)) {
            return false;
        }
        KnownUsers.share(users());
        tracker.missed(MISSED);
        inCharge = this;
        return true;
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
            ((NativeCall) token).failed(thrown);
        } else {
            tracker.failed(hook, token);
            Hook failed = tracker.hook(hook);
            if (failed.entry().role() == Role.USE) {
                explainUse(failed, Tracker.lifeUsed(token), thrown);
            }
        }
    }

    @Override
    protected Object onUse(int hook, Object owner, long number) {
        return tracker.use(hook, owner, number);
    }

    @Override
    protected void onUseFailed(int hook, Object owner, long number, Throwable thrown) {
        explainUse(tracker.hook(hook), tracker.useFailed(hook, owner, number), thrown);
    }

    /** The JDK makes an exception anew each time; a library may throw one that it shares, which has to stay as it is. */
    private void explainUse(Hook hook, Life life, Throwable thrown) {
        boolean library = hook.entry().targets().get(0).owner().startsWith("*");
        if (explainer != null && life != null && !library) {
            explainer.explain(life, thrown);
        }
    }

    @Override
    protected void onBegun(int hook, Object object) {
        if (explainer != null) {
            explainer.begun(tracker.hook(hook).api(), object);
        }
    }

    @Override
    protected void onEnds(int hook, Object object, Object holder) {
        if (explainer == null) {
            return;
        }
        Hook entry = tracker.hook(hook);
        if (entry.entry().source() != null) {
            explainer.endsWith(object, holder);
        } else {
            explainer.ends(entry.api(), object);
        }
    }

    @Override
    protected void onExplain(int hook, Object object, Throwable thrown) {
        if (explainer != null) {
            boolean made = tracker.hook(hook).entry().targets().get(0).kind() == Target.Kind.CALL;
            explainer.explain(object, thrown, made);
        }
    }

    @Override
    protected void onCount(int hook) {
        tracker.count(hook);
    }

    @Override
    protected Object onBeforeNative(Object function, String name, Object library, long address, Object[] arguments) {
        NativeFunction[] candidates = functions.find(name, library, address);
        return candidates.length == 0
                ? null
                : NativeCall.before(tracker, candidates, false, arguments, Errno.ofJna(function.getClass()));
    }

    @Override
    protected void onDoneNative(Object token, Object result) {
        ((NativeCall) token).done(result);
    }

    @Override
    protected void onSymbol(long address, Object library, String name) {
        if (functions.names().contains(name)) {
            functions.learn(
                    name,
                    library == null
                            ? null
                            : library instanceof String
                                    ? Libraries.withoutFolder((String) library)
                                    : Libraries.fileName(library),
                    address);
        }
    }

    @Override
    protected Object onDirectMapping(
            Class<?> type,
            String signature,
            int[] conversions,
            int resultConversion,
            long address,
            Object[] toNative,
            Object fromNative,
            int mapper)
            throws ReflectiveOperationException {
        return directMapping()
                .bind(type, signature, conversions, resultConversion, address, toNative, fromNative, mapper);
    }

    @Override
    protected MethodHandle onDowncall(MethodHandle handle, Object symbol, Object descriptor) throws Throwable {
        return downcalls().wrap(handle, symbol, descriptor);
    }

    private synchronized DirectMapping directMapping() {
        if (directMapping == null) {
            directMapping = new DirectMapping(functions, tracker, new OutsideHooks());
        }
        return directMapping;
    }

    private synchronized Downcalls downcalls() {
        if (downcalls == null) {
            downcalls = new Downcalls(functions, tracker, new OutsideHooks());
        }
        return downcalls;
    }

    /** A failure for which no hook can be named. No lambda: method handles must not be made inside a class load. */
    private final class OutsideHooks implements Consumer<Throwable> {
        @Override
        public void accept(Throwable failure) {
            MISSED[0] = true;
            onHookFailure(-1, -1, failure);
        }
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
    protected void onReached(int landmark, Object what) {
        landmarks.reached(landmark, what);
    }

    @Override
    protected String onAsk(String question) {
        return inquiries.answer(question);
    }

    @Override
    protected void onContexts(LongFunction<String> contexts) {
        inquiries.contextsFrom(contexts);
    }

    @Override
    protected void onHookFailure(int hook, long number, Throwable t) {
        tracker.hookFailed(hook, number);
        failures.hookFailed(t);
    }

    private static HookReceiver inCharge() {
        HookReceiver receiver = inCharge;
        if (receiver == null) {
            throw new IllegalStateException("not started yet");
        }
        return receiver;
    }

    /**
     * Makes a private member of {@code java.base} accessible.
     *
     * @throws IllegalStateException before this agent is in charge, as all that follow
     */
    public static void open(AccessibleObject member) {
        inCharge().access(member);
    }

    /** Eight bytes of the process's memory, which must be readable: what a system call has read or written a moment ago. */
    static long memory(long address) {
        return inCharge().peek(address);
    }

    /**
     * Has this run when the JVM ends, after all hooks of the application.
     *
     * @throws Error if the place is taken
     */
    public static void runAtShutdown(int slot, Runnable last) {
        inCharge().atShutdown(slot, last);
    }

    /** A second descriptor object around the file that this one holds. */
    public static FileDescriptor copyOf(FileDescriptor descriptor) {
        return inCharge().copy(descriptor);
    }

    /** Closes through the hooked method, as a second owner would. */
    public static void closeAsOwner(FileDescriptor descriptor) throws IOException {
        inCharge().close(descriptor);
    }

    /** Lets go of the number without closing it. */
    public static void letGo(FileDescriptor descriptor) {
        inCharge().reset(descriptor);
    }
}
