package io.notsock.agent.hook;

import io.notsock.agent.hook.Converters.Conversion;
import java.lang.reflect.Method;

/**
 * How JNA converts the arguments and results of a direct mapping when it is left alone: by their types, and by the
 * converters of a {@code TypeMapper}. Of one copy of JNA; its classes are named by reflection, and those that the program
 * can name are public.
 */
final class Conversions {
    private static final int CVT_DEFAULT = 0;

    private final Class<?> pointer;
    private final Class<?> mapped;
    private final int mapper;
    private final Method toNativeMapped;

    /**
     * @param anyOfJna one of its classes
     * @param mapper JNA's code for "has a converter"
     */
    Conversions(Class<?> anyOfJna, int mapper) throws ReflectiveOperationException {
        String name = anyOfJna.getName();
        String home = name.substring(0, name.lastIndexOf('.') + 1);
        ClassLoader loader = anyOfJna.getClassLoader();
        this.pointer = Class.forName(home.concat("Pointer"), false, loader);
        this.mapped = Class.forName(home.concat("NativeMapped"), false, loader);
        this.mapper = mapper;
        this.toNativeMapped = mapped.getMethod("toNative");
    }

    /**
     * Of an argument.
     *
     * @param code what JNA would do
     * @param converter the program's own, or {@code null}
     * @return {@code null} for what cannot pass a converter: an array, a structure, a string
     */
    Conversion ofArgument(Class<?> type, int code, Object converter) throws ReflectiveOperationException {
        if (code == mapper) {
            return converter == null ? null : delegate(converter, "toNative");
        }
        if (type == null) {
            return null;
        }
        if (type.isPrimitive()) {
            return code == CVT_DEFAULT && isWhole(type) ? Conversion.NONE : null;
        }
        if (pointer.isAssignableFrom(type)) {
            return Conversion.NONE;
        }
        return mapped.isAssignableFrom(type)
                ? (value, context) -> value == null ? null : toNativeMapped.invoke(value) // NULL, to JNA too
                : null;
    }

    /** Of a result; the same. */
    Conversion ofResult(Class<?> type, int code, Object converter) throws ReflectiveOperationException {
        if (code == mapper) {
            return converter == null ? null : delegate(converter, "fromNative");
        }
        if (type == null) {
            return null;
        }
        if (type == boolean.class) {
            return Conversion.TO_BOOLEAN;
        }
        if (type.isPrimitive()) {
            return code == CVT_DEFAULT && (type == int.class || type == long.class) ? Conversion.NONE : null;
        }
        if (type == pointer) {
            return Conversion.NONE;
        }
        return mapped.isAssignableFrom(type) ? newMapped(type) : null;
    }

    /** {@code HANDLE} and the like: an object of the declared class makes the one that the program gets. */
    private Conversion newMapped(Class<?> type) throws ReflectiveOperationException {
        if (!java.lang.reflect.Modifier.isPublic(type.getModifiers())) {
            return null;
        }
        Object blank = type.getConstructor().newInstance();
        Method fromNative = null;
        for (Method method : mapped.getMethods()) {
            if (method.getName().equals("fromNative")) {
                fromNative = method;
            }
        }
        Method found = fromNative;
        return found == null ? null : (value, context) -> found.invoke(blank, value, context);
    }

    private static boolean isWhole(Class<?> type) {
        return type == int.class || type == long.class || type == short.class || type == byte.class;
    }

    /** By the method of the public interface: the converter's own class may be hidden. */
    private static Conversion delegate(Object converter, String name) {
        for (Class<?> c = converter.getClass(); c != null; c = c.getSuperclass()) {
            for (Class<?> implemented : c.getInterfaces()) {
                Method method = find(implemented, name);
                if (method != null) {
                    return (value, context) -> method.invoke(converter, value, context);
                }
            }
        }
        return null;
    }

    private static Method find(Class<?> type, String name) {
        for (Method method : type.getMethods()) {
            if (method.getName().equals(name) && method.getParameterCount() == 2) {
                return method;
            }
        }
        return null;
    }
}
