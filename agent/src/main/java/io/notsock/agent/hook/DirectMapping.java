package io.notsock.agent.hook;

import io.notsock.catalog.Condition;
import io.notsock.catalog.Entry;
import io.notsock.catalog.Place;
import io.notsock.catalog.Role;
import io.notsock.track.Tracker;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * JNA's direct mapping ({@code Native.register}): native methods of the user's own class, bound by libffi to a function.
 *
 * <p>Design. No Java code runs between such a method and the function, its class cannot be changed any more when it is
 * bound, and its callers may be anywhere. But JNA lets converters, Java objects, look at arguments and results of a direct
 * mapping, and binds each method on its own: for the few functions that the catalog names, converters that change nothing
 * are put in for the arguments that hold the number and for the result. So the call is seen whoever makes it.
 *
 * <p>What JNA would have done itself to a handle's object, to a {@code boolean} or to what a type mapper of the program
 * converts is done by the same converters. JNA (4.0 to 5.19, {@code dispatch.c}) converts the arguments in their order and
 * gives up at the first that throws, before the function runs; once it has run, the result is converted always, also where
 * {@code LastErrorException} or "Invalid memory access" follows. So a call is begun at the last argument whose conversion is code
 * of the program, and its thread's state ends with that converter's exception or with the result.
 *
 * <p>Limits: arrays, structures and strings cannot pass a converter, so {@code pipe(int[])} and {@code socketpair} are not
 * seen. Of functions that only use a number those are seen that take nothing but numbers ({@code shutdown}, {@code fsync}):
 * what moves data ({@code write}) is called all the time, by who chose direct mapping for its speed.
 */
final class DirectMapping {
    private final NativeFunctions functions;
    private final Tracker tracker;
    private final Consumer<Throwable> failures;
    private static final ThreadLocal<Running> RUNNING = new ThreadLocal<>();

    /** A call whose arguments are being looked at, or whose function is running. */
    private static final class Running {
        final Binding binding;
        final Object[] arguments;
        NativeCall call;

        Running(Binding binding, int arguments) {
            this.binding = binding;
            this.arguments = new Object[arguments];
        }
    }

    /** Whether this thread is in a call, as far as is known. */
    static boolean callsNow() {
        return RUNNING.get() != null;
    }

    DirectMapping(NativeFunctions functions, Tracker tracker, Consumer<Throwable> failures) {
        this.functions = functions;
        this.tracker = tracker;
        this.failures = failures;
    }

    /**
     * A method is about to be bound.
     *
     * @param type the class whose method it is
     * @param conversions how JNA treats each argument; changed where a converter is put in
     * @param toNative the converters of the arguments; added to
     * @param fromNative the converter of the result, {@code null} where it has none
     * @param mapper JNA's code for "has a converter"
     * @return the converter of the result, {@code null} to leave all as it is
     */
    Object bind(
            Class<?> type,
            String signature,
            int[] conversions,
            int resultConversion,
            long address,
            Object[] toNative,
            Object fromNative,
            int mapper)
            throws ReflectiveOperationException {
        NativeFunction[] candidates = functions.at(address);
        if (candidates.length == 0) {
            return null;
        }
        Class<?>[] types = Signature.types(signature, type.getClassLoader());
        Class<?> in = toNative.getClass().getComponentType();
        Conversions jna = new Conversions(in, mapper);
        Converters.Conversion ofResult = jna.ofResult(types[types.length - 1], resultConversion, fromNative);
        if (ofResult == null) {
            return null; // what the OS answers cannot be seen: nothing could be said for certain
        }
        Set<Integer> wanted = new TreeSet<>();
        for (NativeFunction candidate : candidates) {
            boolean moved = candidate.entry.role() == Role.USE && !takesOnlyNumbers(types);
            if (moved || !wants(candidate.entry, wanted)) {
                return null;
            }
        }
        Converters.Conversion[] ofArguments = new Converters.Conversion[conversions.length];
        for (int i : wanted) {
            ofArguments[i] = i >= conversions.length ? null : jna.ofArgument(types[i], conversions[i], toNative[i]);
            if (ofArguments[i] == null) {
                return null;
            }
        }
        Class<?> out = Class.forName(
                in.getName().replace("ToNativeConverter", "FromNativeConverter"), false, in.getClassLoader());
        Binding binding = new Binding(candidates, conversions.length, Errno.ofJna(in));
        int last = -1;
        for (int i : wanted) {
            last = i;
        }
        for (int i = last + 1; i > 0 && i < conversions.length; i++) {
            // Not wanted, but the program's converter may throw, and then nothing has been closed.
            Converters.Conversion later =
                    conversions[i] == mapper ? jna.ofArgument(types[i], conversions[i], toNative[i]) : null;
            if (later != null) {
                ofArguments[i] = later;
                wanted.add(i);
            }
        }
        for (int i : wanted) {
            last = i;
        }
        for (int i : wanted) {
            boolean complete = i == last;
            conversions[i] = mapper;
            toNative[i] = Converters.toNative(in, type, ofArguments[i], binding.argument(i, complete));
        }
        boolean noArguments = wanted.isEmpty();
        return Converters.fromNative(out, type, ofResult, value -> binding.result(value, noArguments));
    }

    /** @param types of the arguments, then of the result */
    private static boolean takesOnlyNumbers(Class<?>[] types) {
        for (int i = 0; i < types.length - 1; i++) {
            if (types[i] == null || !types[i].isPrimitive()) {
                return false;
            }
        }
        return true;
    }

    /** Collects the arguments that an entry needs; whether each of them is one of its own. */
    private static boolean wants(Entry entry, Set<Integer> wanted) {
        for (Condition each = entry.condition(); each != null; each = each.and()) {
            wanted.add(each.argument());
        }
        if (entry.source() != null && entry.source().kind() != Place.Kind.RETURN) {
            wanted.add(entry.source().argument());
        }
        for (Place place : entry.numbers()) {
            switch (place.kind()) {
                case RETURN:
                    break;
                case ARGUMENT:
                case ARGUMENT_ELEMENTS:
                case POINTEE:
                    wanted.add(place.argument());
                    break;
                case ARGUMENT_RANGE:
                    wanted.add(place.argument());
                    wanted.add(place.argument() + 1);
                    break;
                default:
                    return false;
            }
        }
        return true;
    }

    /** One bound method. */
    private final class Binding {
        private final NativeFunction[] candidates;
        private final int arguments;
        private final Errno errno;

        Binding(NativeFunction[] candidates, int arguments, Errno errno) {
            this.candidates = candidates;
            this.arguments = arguments;
            this.errno = errno;
        }

        Converters.Look argument(int index, boolean complete) {
            return new Converters.Look() {
                @Override
                public void at(Object value) {
                    argument(index, value, complete);
                }

                @Override
                public void failed() {
                    RUNNING.remove();
                }
            };
        }

        private void argument(int index, Object value, boolean complete) {
            try {
                Running call = RUNNING.get();
                if (call == null || call.binding != this || call.call != null) {
                    call = new Running(this, arguments);
                    RUNNING.set(call);
                }
                call.arguments[index] = value;
                if (complete) {
                    call.call = begin(call.arguments);
                }
            } catch (Throwable t) {
                RUNNING.remove();
                failures.accept(t);
            }
        }

        void result(Object value, boolean noArguments) {
            try {
                NativeCall call;
                if (noArguments) {
                    call = begin(new Object[arguments]);
                } else {
                    Running known = RUNNING.get();
                    RUNNING.remove();
                    call = known == null || known.binding != this ? null : known.call;
                }
                if (call != null) {
                    call.done(value);
                }
            } catch (Throwable t) {
                failures.accept(t);
            }
        }

        private NativeCall begin(Object[] values) {
            return NativeCall.before(tracker, candidates, false, values, errno);
        }
    }

    /** The types in a method's JVM signature. */
    static final class Signature {
        private Signature() {}

        /** The arguments' types, then the result's; {@code null} for arrays and for what cannot be found. */
        static Class<?>[] types(String signature, ClassLoader loader) {
            List<Class<?>> types = new ArrayList<>();
            int i = 1;
            while (i < signature.length()) {
                char c = signature.charAt(i);
                if (c == ')') {
                    i++;
                    continue;
                }
                int start = i;
                while (signature.charAt(i) == '[') {
                    i++;
                }
                int end = signature.charAt(i) == 'L' ? signature.indexOf(';', i) : i;
                types.add(
                        c == '[' ? null : c == 'L' ? load(signature.substring(start + 1, end), loader) : primitive(c));
                i = end + 1;
            }
            return types.toArray(new Class<?>[0]);
        }

        private static Class<?> load(String internalName, ClassLoader loader) {
            try {
                return Class.forName(internalName.replace('/', '.'), false, loader);
            } catch (ClassNotFoundException | LinkageError e) {
                return null;
            }
        }

        private static Class<?> primitive(char c) {
            switch (c) {
                case 'I':
                    return int.class;
                case 'J':
                    return long.class;
                case 'S':
                    return short.class;
                case 'B':
                    return byte.class;
                case 'Z':
                    return boolean.class;
                default:
                    return null;
            }
        }
    }
}
