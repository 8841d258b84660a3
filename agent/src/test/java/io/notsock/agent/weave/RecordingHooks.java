package io.notsock.agent.weave;

import io.notsock.registry.KnownUsers;
import io.notsock.track.HookTable;
import java.io.NotsockHooks;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/** Writes down what woven classes tell. One for all tests: the first receiver stays in charge. */
final class RecordingHooks extends NotsockHooks {
    /** The one in charge. */
    static final RecordingHooks HOOKS = new RecordingHooks();

    static {
        if (!install(HOOKS)) {
            throw new AssertionError("another receiver is in charge");
        }
    }

    final List<String> told = new ArrayList<>();
    boolean failing;

    void shareUsers() {
        KnownUsers.share(users());
    }

    void readMemory() {
        peek(0);
    }

    @Override
    protected void onAfter(int hook, Object owner, Object closer, long number) {
        told.add("after " + HookTable.entryOf(hook) + " " + name(owner) + " " + number);
        fail();
    }

    @Override
    protected Object onBefore(int hook, Object owner, long number, long source) {
        told.add("before " + HookTable.entryOf(hook) + " " + name(owner) + " " + number);
        fail();
        return "token";
    }

    @Override
    protected Object onUse(int hook, Object owner, long number) {
        told.add("use " + HookTable.entryOf(hook) + " " + name(owner) + " " + number);
        fail();
        return number == 8 ? "suspicion" : null;
    }

    @Override
    protected void onUseFailed(int hook, Object owner, long number, Throwable thrown) {
        told.add(
                "use failed " + HookTable.entryOf(hook) + " " + name(owner) + " " + number + " " + thrown.getMessage());
        fail();
    }

    @Override
    protected void onDone(int hook, Object token, long result) {
        told.add("done " + HookTable.entryOf(hook) + " " + token + " " + result);
        fail();
    }

    @Override
    protected void onFailed(int hook, Object token, Throwable thrown) {
        told.add("failed " + HookTable.entryOf(hook) + " " + token + " " + thrown.getMessage());
        fail();
    }

    @Override
    protected void onCount(int hook) {
        told.add("count " + HookTable.entryOf(hook));
        fail();
    }

    @Override
    protected void onBegun(int hook, Object object) {
        told.add("begun " + hook + " " + object);
        fail();
    }

    @Override
    protected void onEnds(int hook, Object object, Object holder) {
        told.add("ends " + hook + " " + object + " " + holder);
        fail();
    }

    @Override
    protected void onExplain(int hook, Object object, Throwable thrown) {
        told.add("explain " + hook + " " + object + " " + thrown.getMessage());
        fail();
    }

    @Override
    protected Object onBeforeNative(Object function, String name, Object library, long address, Object[] arguments) {
        return null;
    }

    @Override
    protected void onDoneNative(Object token, Object result) {}

    @Override
    protected void onSymbol(long address, Object library, String name) {}

    @Override
    protected Object onDirectMapping(
            Class<?> type,
            String signature,
            int[] conversions,
            int resultConversion,
            long address,
            Object[] toNative,
            Object fromNative,
            int mapper) {
        return null;
    }

    @Override
    protected MethodHandle onDowncall(MethodHandle handle, Object symbol, Object descriptor) {
        return handle;
    }

    @Override
    protected void onExit(int status) {}

    @Override
    protected void onUncaught(Thread thread) {}

    @Override
    protected void onReached(int landmark, Object what) {}

    @Override
    protected void onContexts(LongFunction<String> contexts) {
        throw new AssertionError("no test asks");
    }

    @Override
    protected String onAsk(String question) {
        return null;
    }

    @Override
    protected void onHookFailure(int hook, long number, Throwable t) {
        throw new OutOfMemoryError("and again");
    }

    private void fail() {
        if (failing) {
            throw new OutOfMemoryError("in a hook");
        }
    }

    private static String name(Object owner) {
        return owner == null || owner instanceof String
                ? String.valueOf(owner)
                : owner.getClass().getSimpleName();
    }
}
