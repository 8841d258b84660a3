package io.notsock.agent.hook;

import io.notsock.catalog.Entry;
import io.notsock.catalog.Failure;
import io.notsock.catalog.Place;
import io.notsock.catalog.Role;
import io.notsock.track.Tracker;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The JDK's foreign-function API: gives a handle for one of the catalog's functions a wrapper that tells the tracker.
 *
 * <p>Design. Wrappers are made of method handle combinators only, so a handle in a {@code static final} field is compiled
 * into its caller as before. The type stays the same; what the function throws or returns passes through; a handle of any
 * other function is returned untouched. Functions are recognised by address. A handle that is bound to no address asks for
 * it at each call.
 */
final class Downcalls {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private final NativeFunctions functions;
    private final Tracker tracker;
    private final Consumer<Throwable> failures;
    private volatile Api api;

    Downcalls(NativeFunctions functions, Tracker tracker, Consumer<Throwable> failures) {
        this.functions = functions;
        this.tracker = tracker;
        this.failures = failures;
    }

    /** What is needed of {@code java.lang.foreign}; made when the first handle is. */
    private static final class Api {
        final Class<?> segment = Class.forName("java.lang.foreign.MemorySegment");
        final MethodHandle address =
                MethodHandles.publicLookup().findVirtual(segment, "address", MethodType.methodType(long.class));
        final MethodHandle layouts = MethodHandles.publicLookup()
                .findVirtual(
                        Class.forName("java.lang.foreign.FunctionDescriptor"),
                        "argumentLayouts",
                        MethodType.methodType(List.class));

        Api() throws ReflectiveOperationException {}

        /** Asks the default lookup for every function of the catalog; the hook of lookups learns the answers. */
        void learn(NativeFunctions functions) throws Throwable {
            Class<?> linkers = Class.forName("java.lang.foreign.Linker");
            Class<?> lookups = Class.forName("java.lang.foreign.SymbolLookup");
            Object linker = linkers.getMethod("nativeLinker").invoke(null);
            Object lookup = linkers.getMethod("defaultLookup").invoke(linker);
            MethodHandle find = MethodHandles.publicLookup()
                    .findVirtual(lookups, "find", MethodType.methodType(Optional.class, String.class))
                    .bindTo(lookup);
            for (String name : functions.names()) {
                Optional<?> found = (Optional<?>) find.invoke(name);
                if (found.isPresent()) {
                    functions.learn(name, "<process>", (long) address.invoke(found.get()));
                }
            }
        }
    }

    /**
     * The handle to be used instead.
     *
     * @param symbol the function's address as a segment, {@code null} where it is the handle's first argument
     */
    MethodHandle wrap(MethodHandle handle, Object symbol, Object descriptor) throws Throwable {
        Api known = api;
        if (known == null) {
            synchronized (this) {
                if (api == null) {
                    Api made = new Api();
                    made.learn(functions);
                    api = made;
                }
                known = api;
            }
        }
        int count = ((List<?>) known.layouts.invoke(descriptor)).size();
        int lead = handle.type().parameterCount() - count;
        boolean captures = lead > (symbol == null ? 1 : 0) && handle.type().parameterType(lead - 1) == known.segment;
        if (symbol == null) {
            return unbound(handle, known, lead, captures);
        }
        NativeFunction[] candidates = functions.at((long) known.address.invoke(symbol));
        return candidates.length == 0 ? handle : bound(handle, candidates, lead, captures);
    }

    private MethodHandle bound(MethodHandle handle, NativeFunction[] candidates, int lead, boolean captures)
            throws ReflectiveOperationException {
        if (candidates.length == 1 && isPlainUse(candidates[0].entry)) {
            MethodHandle quick = use(handle, candidates[0], lead, captures);
            if (quick != null) {
                return quick;
            }
        }
        return around(handle, new Around(candidates, lead, captures));
    }

    /** Before: all arguments; behind: the token and the result. */
    private MethodHandle around(MethodHandle handle, Around around) throws ReflectiveOperationException {
        MethodType type = handle.type();
        MethodHandle before = LOOKUP.bind(around, "before", MethodType.methodType(Object.class, Object[].class))
                .asCollector(Object[].class, type.parameterCount())
                .asType(type.changeReturnType(Object.class));
        MethodHandle inner = MethodHandles.dropArguments(handle, 0, Object.class);
        MethodHandle cleanup;
        if (type.returnType() == void.class) {
            cleanup =
                    LOOKUP.bind(around, "afterVoid", MethodType.methodType(void.class, Throwable.class, Object.class));
        } else {
            cleanup = LOOKUP.bind(
                            around,
                            "after",
                            MethodType.methodType(Object.class, Throwable.class, Object.class, Object.class))
                    .asType(MethodType.methodType(type.returnType(), Throwable.class, type.returnType(), Object.class));
        }
        return MethodHandles.foldArguments(MethodHandles.tryFinally(inner, cleanup), before);
    }

    /** A handle without an address: one look at it, and only for the catalog's functions more. */
    private MethodHandle unbound(MethodHandle handle, Api known, int lead, boolean captures)
            throws ReflectiveOperationException {
        MethodHandle test = LOOKUP.bind(this, "isKnown", MethodType.methodType(boolean.class, long.class));
        MethodHandle bySegment = MethodHandles.filterArguments(
                test,
                0,
                known.address.asType(
                        MethodType.methodType(long.class, handle.type().parameterType(0))));
        return MethodHandles.guardWithTest(bySegment, around(handle, new Around(null, lead, captures)), handle);
    }

    boolean isKnown(long address) {
        return functions.at(address).length > 0;
    }

    /** Functions that only use a number are the ones that must be fast: nothing is done unless they fail. */
    private static boolean isPlainUse(Entry entry) {
        return entry.role() == Role.USE
                && entry.failure() == Failure.EBADF
                && entry.condition() == null
                && entry.numbers().size() == 1
                && entry.numbers().get(0).kind() == Place.Kind.ARGUMENT;
    }

    private MethodHandle use(MethodHandle handle, NativeFunction function, int lead, boolean captures)
            throws ReflectiveOperationException {
        MethodType type = handle.type();
        int at = lead + function.entry.numbers().get(0).argument();
        Class<?> result = type.returnType();
        boolean fits = captures
                && at < type.parameterCount()
                && type.parameterType(at) == int.class
                && (result == int.class || result == long.class);
        if (!fits) {
            return captures ? null : handle; // without errno a failure says nothing
        }
        Used used = new Used(function.ffm);
        MethodHandle cleanup = LOOKUP.bind(
                used, "after", MethodType.methodType(result, Throwable.class, result, Object.class, int.class));
        // (thrown, result, lead arguments but the last, captured state, arguments before the number, number)
        cleanup = cleanup.asType(cleanup.type().changeParameterType(2, type.parameterType(lead - 1)));
        cleanup = MethodHandles.dropArguments(cleanup, 3, type.parameterList().subList(lead, at));
        cleanup = MethodHandles.dropArguments(cleanup, 2, type.parameterList().subList(0, lead - 1));
        return MethodHandles.tryFinally(handle, cleanup);
    }

    private Errno captured(Object state) {
        return state == null
                ? Errno.NONE
                : () -> {
                    long[] read = Values.stored(state, 1, Integer.BYTES);
                    return read.length == 0 ? Errno.UNKNOWN : (int) read[0];
                };
    }

    /** The exit of a function that uses a number. */
    @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // found by name; tryFinally passes what was thrown
    private final class Used {
        private final int hook;

        Used(int hook) {
            this.hook = hook;
        }

        int after(Throwable thrown, int result, Object state, int number) {
            if (result == -1) {
                refused(state, number);
            }
            return result;
        }

        long after(Throwable thrown, long result, Object state, int number) {
            if (result == -1) {
                refused(state, number);
            }
            return result;
        }

        private void refused(Object state, int number) {
            try {
                if (captured(state).get() == Errno.EBADF) {
                    tracker.useRefused(hook, number);
                }
            } catch (Throwable t) {
                failures.accept(t);
            }
        }
    }

    /** Entry and exit of every other function; all values boxed. */
    @SuppressWarnings("UnusedMethod") // found by name
    private final class Around {
        /** {@code null}: by the address that is the first argument. */
        private final NativeFunction[] candidates;

        private final int lead;
        private final boolean captures;

        Around(NativeFunction[] candidates, int lead, boolean captures) {
            this.candidates = candidates;
            this.lead = lead;
            this.captures = captures;
        }

        Object before(Object[] all) {
            try {
                NativeFunction[] named =
                        candidates != null ? candidates : functions.at((long) api.address.invoke(all[0]));
                Object[] arguments = new Object[all.length - lead];
                System.arraycopy(all, lead, arguments, 0, arguments.length);
                return NativeCall.before(tracker, named, true, arguments, captured(captures ? all[lead - 1] : null));
            } catch (Throwable t) {
                failures.accept(t);
                return null;
            }
        }

        Object after(Throwable thrown, Object result, Object token) {
            if (token != null) {
                try {
                    if (thrown != null) {
                        ((NativeCall) token).failed(thrown);
                    } else {
                        ((NativeCall) token).done(result);
                    }
                } catch (Throwable t) {
                    failures.accept(t);
                }
            }
            return result;
        }

        void afterVoid(Throwable thrown, Object token) {
            after(thrown, null, token);
        }
    }
}
