package java.io;

import java.lang.invoke.MethodHandle;
import java.lang.ref.Reference;
import java.lang.reflect.AccessibleObject;
import java.util.function.LongFunction;
import jdk.internal.access.JavaIOFileDescriptorAccess;
import jdk.internal.access.SharedSecrets;
import jdk.internal.misc.Unsafe;

/**
 * The one class of notsock that woven JDK and library code calls; the agent defines it into {@code java.base}.
 *
 * <p>It lives in {@code java.io} for two reasons: every class loader, OSGi's included, delegates {@code java.*} to the
 * boot loader, so woven code finds it wherever it is; and only a class of {@code java.base} can ask the JDK itself for
 * the number inside a {@link FileDescriptor}, whose fields are private, without reflection or method handles. On JDK 11
 * the package {@code jdk.internal.access} is still called {@code jdk.internal.misc}: the build writes a second class file
 * with that name for it.
 *
 * <p>Its static methods are what is woven. They catch everything, {@link StackOverflowError} and {@link
 * OutOfMemoryError} included: a failure of the agent must never become a failure of the application. Its instance
 * methods are implemented by the agent behind its own class loader.
 *
 * <p>Thread-safety: {@link #receiver} is written once, before the first class is woven, and read without a fence: a
 * thread that runs woven code got that code through a class transformation that came later.
 */
public abstract class NotsockHooks {
    private static final JavaIOFileDescriptorAccess NUMBERS = SharedSecrets.getJavaIOFileDescriptorAccess();
    private static NotsockHooks receiver;

    private static final int USER_BITS = 14;
    /** Of {@code io.notsock.registry.KnownUsers}, which writes it: the owner last seen using a number rightly. */
    private static final Reference<?>[] USERS = new Reference<?>[1 << USER_BITS];
    /** The same as there. */
    private static final int LOW_BITS = 4;

    /**
     * True in its one element: what a hook had to tell may have been lost, such as the mark of a close that was made all the same. Written
     * where there is no stack left to call anybody, by woven code too; read by the receiver.
     */
    @SuppressWarnings("MutablePublicArray")
    public static final boolean[] MISSED = new boolean[1];

    protected NotsockHooks() {}

    /**
     * Connects the woven code to the agent. Only the first caller wins, so that an agent loaded twice stays one agent.
     *
     * @return whether this receiver is the one in charge
     */
    public static synchronized boolean install(NotsockHooks candidate) {
        if (receiver == null) {
            receiver = candidate;
        }
        return receiver == candidate;
    }

    /** Whether an agent is in charge already. */
    public static synchronized boolean installed() {
        return receiver != null;
    }

    // --- what is woven ---------------------------------------------------------------------------------------------

    /**
     * The OS's number inside a descriptor: on Windows the HANDLE where there is one, else the SOCKET or POSIX fd.
     *
     * @param descriptor may be {@code null}
     * @return the number, or -1 for none
     */
    public static long number(FileDescriptor descriptor) {
        if (descriptor == null) {
            return -1L;
        }
        long handle = NUMBERS.getHandle(descriptor);
        return handle != -1L ? handle : NUMBERS.get(descriptor);
    }

    /**
     * A hooked call that gives out, adopts or hands over a number has returned normally.
     *
     * @param hook index of the hook
     * @param owner who will close it, or {@code null}
     * @param closer a second object that may close for the owner, or {@code null}
     * @param number the number; negative for none
     */
    public static void after(int hook, Object owner, Object closer, long number) {
        NotsockHooks r = receiver;
        if (r == null || number < 0) {
            return;
        }
        try {
            r.onAfter(hook, owner, closer, number);
        } catch (Throwable t) {
            failedInside(r, hook, number, t);
        }
    }

    /** {@link #after} for every number in an array that the call has filled ({@code pipe}, {@code socketpair}). */
    public static void afterElements(int hook, Object owner, Object closer, int[] numbers) {
        if (numbers == null) {
            return;
        }
        for (int i = 0; i < numbers.length; i++) {
            after(hook, owner, closer, numbers[i]);
        }
    }

    /** The number if the call's result is above zero, else -1: the JDK's accept methods tell by it that one was made. */
    public static long ifPositive(long result, long number) {
        return result > 0 ? number : -1L;
    }

    /**
     * A hooked call that ends or cuts a handle is about to run.
     *
     * @param source for {@code dup2} the number that is duplicated, otherwise -1
     * @return what {@link #done} and {@link #failed} want to see again; {@code null} when nothing is to be told
     */
    public static Object before(int hook, Object owner, long number, long source) {
        NotsockHooks r = receiver;
        if (r == null || number < 0) {
            return null;
        }
        try {
            return r.onBefore(hook, owner, number, source);
        } catch (Throwable t) {
            failedInside(r, hook, number, t);
            return null;
        }
    }

    /**
     * An object is about to operate on its number.
     *
     * @param owner who holds the number, or {@code null}
     * @return {@code null} in all healthy cases, else what {@link #done} or {@link #useFailed} wants to see again
     */
    public static Object use(int hook, Object owner, long number) {
        if (number >>> USER_BITS == 0) {
            int n = (int) number;
            Reference<?> user = USERS[((n << (USER_BITS - LOW_BITS)) | (n >>> LOW_BITS)) & (USERS.length - 1)];
            if (user != null && user.get() == owner) {
                return null; // as every read and write of a healthy program but each handle's first
            }
        }
        return useAnew(hook, owner, number);
    }

    private static Object useAnew(int hook, Object owner, long number) {
        NotsockHooks r = receiver;
        if (r == null || number < 0) {
            return null;
        }
        try {
            return r.onUse(hook, owner, number);
        } catch (Throwable t) {
            failedInside(r, hook, number, t);
            return null;
        }
    }

    /** The operation announced by {@link #use} threw. */
    public static void useFailed(int hook, Object token, Object owner, long number, Throwable thrown) {
        NotsockHooks r = receiver;
        if (r == null || (token == null && number < 0)) {
            return;
        }
        try {
            if (token != null) {
                r.onFailed(hook, token, thrown);
            } else {
                r.onUseFailed(hook, owner, number, thrown);
            }
        } catch (Throwable t) {
            failedInside(r, hook, number, t);
        }
    }

    /** The call announced by {@link #before} returned; {@code result} is its result widened to long, 0 for void. */
    public static void done(int hook, Object token, long result) {
        if (token == null) {
            return;
        }
        NotsockHooks r = receiver;
        try {
            r.onDone(hook, token, result);
        } catch (Throwable t) {
            failedInside(r, hook, -1L, t);
        }
    }

    /** The call announced by {@link #before} threw. */
    public static void failed(int hook, Object token, Throwable thrown) {
        if (token == null) {
            return;
        }
        NotsockHooks r = receiver;
        try {
            r.onFailed(hook, token, thrown);
        } catch (Throwable t) {
            failedInside(r, hook, -1L, t);
        }
    }

    /** A public, idempotent {@code close()} was entered on an object that says it is {@code closed} already. */
    public static void count(int hook, boolean closed) {
        if (!closed) {
            return;
        }
        NotsockHooks r = receiver;
        if (r == null) {
            return;
        }
        try {
            r.onCount(hook);
        } catch (Throwable t) {
            failedInside(r, hook, -1L, t);
        }
    }

    /** An object was made whose end the application may ask about. */
    public static void begun(Object object, int hook) {
        NotsockHooks r = receiver;
        if (r == null || object == null) {
            return;
        }
        try {
            r.onBegun(hook, object);
        } catch (Throwable t) {
            failedInside(r, hook, -1L, t);
        }
    }

    /**
     * An object is about to end.
     *
     * @param holder an object that ends with it and owns the handle, or {@code null}
     */
    public static void ends(Object object, Object holder, int hook) {
        NotsockHooks r = receiver;
        if (r == null || object == null) {
            return;
        }
        try {
            r.onEnds(hook, object, holder);
        } catch (Throwable t) {
            failedInside(r, hook, -1L, t);
        }
    }

    /** This exception, just made or on its way out of a method, is about this object. */
    public static void explain(Throwable thrown, Object object, int hook) {
        NotsockHooks r = receiver;
        if (r == null || object == null || thrown == null) {
            return;
        }
        try {
            r.onExplain(hook, object, thrown);
        } catch (Throwable t) {
            failedInside(r, hook, -1L, t);
        }
    }

    /**
     * JNA is about to call a native function.
     *
     * @param function JNA's object for it
     * @param name the function's name; where it is known by its address only, any text
     * @param library the library object; its {@code toString} names the file; {@code null} for a mere address
     * @param arguments the call's arguments
     */
    public static Object beforeNative(Object function, String name, Object library, long address, Object[] arguments) {
        NotsockHooks r = receiver;
        if (r == null || name == null || arguments == null) {
            return null;
        }
        try {
            return r.onBeforeNative(function, name, library, address, arguments);
        } catch (Throwable t) {
            failedInside(r, -1, -1L, t);
            return null;
        }
    }

    /** The call announced by {@link #beforeNative} returned. */
    public static void doneNative(Object token, Object result) {
        if (token == null) {
            return;
        }
        NotsockHooks r = receiver;
        try {
            r.onDoneNative(token, result);
        } catch (Throwable t) {
            failedInside(r, -1, -1L, t);
        }
    }

    /**
     * A library was asked for the address of a function.
     *
     * @param address 0 where it has none of that name
     * @param library JNA's object for it, its path, or {@code null} for any library that a class loader has loaded
     */
    public static void symbol(long address, Object library, String name) {
        NotsockHooks r = receiver;
        if (r == null || address == 0 || name == null) {
            return;
        }
        try {
            r.onSymbol(address, library, name);
        } catch (Throwable t) {
            failedInside(r, -1, -1L, t);
        }
    }

    /**
     * JNA is about to bind a native method to a function.
     *
     * @param type the class whose method it is
     * @param conversions how JNA treats each argument; may be changed
     * @param address the function's
     * @param toNative converters of the arguments; may be added to
     * @param fromNative the converter that the result has already, or {@code null}
     * @param mapper JNA's code for "has a converter"
     * @return a converter for the result, or {@code null} to leave everything as it is
     */
    public static Object directMapping(
            Class<?> type,
            String signature,
            int[] conversions,
            int resultConversion,
            long address,
            Object[] toNative,
            Object fromNative,
            int mapper) {
        NotsockHooks r = receiver;
        if (r == null || conversions == null || toNative == null || signature == null) {
            return null;
        }
        try {
            return r.onDirectMapping(
                    type, signature, conversions, resultConversion, address, toNative, fromNative, mapper);
        } catch (Throwable t) {
            failedInside(r, -1, -1L, t);
            return null;
        }
    }

    /** The second where there is a first, else the third: woven code without a branch needs no stack map. */
    public static int choose(Object first, int second, int third) {
        return first != null ? second : third;
    }

    /** The first where there is one, else the second. */
    public static Object choose(Object first, Object second) {
        return first != null ? first : second;
    }

    /**
     * The JDK has made a handle for a native function.
     *
     * @param symbol the function's address as a segment, {@code null} where it will be the handle's first argument
     * @return the handle to be given out
     */
    public static MethodHandle downcall(MethodHandle handle, Object symbol, Object descriptor) {
        NotsockHooks r = receiver;
        if (r == null) {
            return handle;
        }
        try {
            MethodHandle wrapped = r.onDowncall(handle, symbol, descriptor);
            return wrapped != null && wrapped.type().equals(handle.type()) ? wrapped : handle;
        } catch (Throwable t) {
            failedInside(r, -1, -1L, t);
            return handle;
        }
    }

    /** {@code System.exit} was called with this status. Woven only where the option {@code exitcode} needs to know. */
    public static void exiting(int status) {
        NotsockHooks r = receiver;
        if (r != null) {
            try {
                r.onExit(status);
            } catch (Throwable t) {
                failedInside(r, -1, -1L, t);
            }
        }
    }

    /** This thread ends by an uncaught exception. Woven only where the option {@code exitcode} needs to know. */
    public static void uncaught(Thread thread) {
        NotsockHooks r = receiver;
        if (r != null) {
            try {
                r.onUncaught(thread);
            } catch (Throwable t) {
                failedInside(r, -1, -1L, t);
            }
        }
    }

    /**
     * The JVM has initialised something that the agent joins only then: it is about to be given out, as every time it is
     * asked for.
     *
     * @param landmark index of what it is
     */
    public static void reached(int landmark, Object what) {
        NotsockHooks r = receiver;
        if (r != null && what != null) {
            try {
                r.onReached(landmark, what);
            } catch (Throwable t) {
                failedInside(r, -1, -1L, t);
            }
        }
    }

    /**
     * A question to the running agent, from a tool that was attached to this JVM or from a test inside it.
     *
     * @return the answer as text, or {@code null} where there is no agent or no such question
     */
    public static String ask(String question) {
        NotsockHooks r = receiver;
        return r == null ? null : r.onAsk(question);
    }

    /**
     * Has every finding say in which context, such as a test, whoever raised it was running. Asked on suspicion only.
     *
     * @param contexts gives the context for the id of the thread that raised it, -1 where it is not known; called in the
     *     thread that found it, which is mostly the same; its first word names the context, further words are the alert
     *     kinds that are expected there, {@code *} for all
     * @return whether there is an agent
     */
    public static boolean contextsFrom(LongFunction<String> contexts) {
        NotsockHooks r = receiver;
        if (r == null) {
            return false;
        }
        r.onContexts(contexts);
        return true;
    }

    private static void failedInside(NotsockHooks r, int hook, long number, Throwable t) {
        MISSED[0] = true;
        try {
            r.onHookFailure(hook, number, t);
        } catch (Throwable again) {
            // Nothing is left to do that could not fail too; the application goes on.
        }
    }

    // --- what the agent needs from inside java.io --------------------------------------------------------------------
    // For the receiver in charge and nobody else: an application can extend this class, too.

    private void onlyInCharge() {
        if (this != receiver) {
            throw new IllegalStateException("not in charge");
        }
    }

    /** What {@link #use} looks at first; to be written. */
    protected final Reference<?>[] users() {
        onlyInCharge();
        return USERS;
    }

    /**
     * Makes a private member of the JDK's accessible, for which this class asks as one of the same module: nothing has to be
     * opened, which would make lambdas, mostly the first of the JVM.
     */
    protected final void access(AccessibleObject member) {
        onlyInCharge();
        member.setAccessible(true);
    }

    /** Eight bytes of the process's memory, which must be readable. */
    protected final long peek(long address) {
        onlyInCharge();
        return Unsafe.getUnsafe().getLong(address);
    }

    /**
     * Has this run at the JVM's shutdown, after all hooks of the application.
     *
     * @param slot the place in the order of {@code java.lang.Shutdown}
     * @throws Error if the place is taken
     */
    protected final void atShutdown(int slot, Runnable hook) {
        onlyInCharge();
        SharedSecrets.getJavaLangAccess().registerShutdownHook(slot, false, hook);
    }

    /** For the self-test: a second descriptor object around the file that this one holds. */
    protected final FileDescriptor copy(FileDescriptor of) {
        onlyInCharge();
        FileDescriptor d = new FileDescriptor();
        long handle = NUMBERS.getHandle(of);
        if (handle == -1L) {
            NUMBERS.set(d, NUMBERS.get(of));
        } else {
            NUMBERS.setHandle(d, handle); // Windows
        }
        return d;
    }

    /** For the self-test: closes through the hooked method, as a second owner would. */
    protected final void close(FileDescriptor descriptor) throws IOException {
        onlyInCharge();
        descriptor.close();
    }

    /** For the self-test: lets go of the number without closing it, cleaner included. */
    protected final void reset(FileDescriptor descriptor) {
        onlyInCharge();
        descriptor.unregisterCleanup();
        NUMBERS.set(descriptor, -1);
        if (NUMBERS.getHandle(descriptor) != -1L) {
            NUMBERS.setHandle(descriptor, -1L);
        }
    }

    // --- what the agent implements
    // -------------------------------------------------------------------------------------

    protected abstract void onAfter(int hook, Object owner, Object closer, long number);

    protected abstract Object onBefore(int hook, Object owner, long number, long source);

    protected abstract Object onUse(int hook, Object owner, long number);

    protected abstract void onUseFailed(int hook, Object owner, long number, Throwable thrown);

    protected abstract void onDone(int hook, Object token, long result);

    protected abstract void onFailed(int hook, Object token, Throwable thrown);

    protected abstract void onCount(int hook);

    protected abstract void onBegun(int hook, Object object);

    protected abstract void onEnds(int hook, Object object, Object holder);

    protected abstract void onExplain(int hook, Object object, Throwable thrown);

    protected abstract Object onBeforeNative(
            Object function, String name, Object library, long address, Object[] arguments);

    protected abstract void onDoneNative(Object token, Object result);

    protected abstract void onSymbol(long address, Object library, String name);

    protected abstract Object onDirectMapping(
            Class<?> type,
            String signature,
            int[] conversions,
            int resultConversion,
            long address,
            Object[] toNative,
            Object fromNative,
            int mapper)
            throws ReflectiveOperationException;

    protected abstract MethodHandle onDowncall(MethodHandle handle, Object symbol, Object descriptor) throws Throwable;

    protected abstract void onExit(int status);

    protected abstract void onUncaught(Thread thread);

    protected abstract void onReached(int landmark, Object what);

    protected abstract String onAsk(String question);

    protected abstract void onContexts(LongFunction<String> contexts);

    /** The agent failed in a hook; {@code number} is -1 where it is not known. */
    protected abstract void onHookFailure(int hook, long number, Throwable t);
}
