package io.notsock.agent.hook;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/**
 * The number in an argument or result: a number of any kind, a {@code MemorySegment}, JNA's {@code Pointer}, or a {@code
 * PointerType} such as jna-platform's {@code WinNT.HANDLE} around one.
 *
 * <p>The agent does not know the application's JNA, of which there may be several, so pointers are asked by reflection;
 * only calls of functions that the catalog names come here.
 */
final class NativeValue {
    private static final ClassValue<Method> READER = new ClassValue<Method>() {
        @Override
        protected Method computeValue(Class<?> type) {
            return reader(type);
        }
    };

    private NativeValue() {}

    /** The number, or -1 for what has none ({@code null}, a structure, a string). */
    static long of(Object value) {
        if (value instanceof Number) {
            return ((Number) value).longValue();
        }
        if (value instanceof Boolean) {
            return ((Boolean) value) ? 1 : 0;
        }
        return value == null ? -1 : ofPointer(value);
    }

    private static long ofPointer(Object value) {
        if (Segments.isSegment(value)) {
            try {
                return Segments.address(value);
            } catch (ReflectiveOperationException e) {
                return -1;
            }
        }
        Method reader = READER.get(value.getClass());
        if (reader == null) {
            return -1;
        }
        try {
            return reader.getParameterCount() == 0 ? of(reader.invoke(value)) : of(reader.invoke(null, value));
        } catch (IllegalAccessException | InvocationTargetException e) {
            return -1;
        }
    }

    /** The {@code Pointer} in a {@code PointerType} such as {@code PointerByReference}; anything else is itself. */
    static Object pointer(Object value) throws ReflectiveOperationException {
        Method reader = value == null ? null : READER.get(value.getClass());
        return reader != null && reader.getParameterCount() == 0 ? reader.invoke(value) : value;
    }

    /** {@code static long nativeValue(Pointer)} of a pointer, {@code Pointer getPointer()} of a typed one or a structure. */
    private static Method reader(Class<?> type) {
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            try {
                if (c.getName().endsWith(".jna.Pointer")) {
                    return c.getMethod("nativeValue", c);
                }
                if (c.getName().endsWith(".jna.PointerType") || c.getName().endsWith(".jna.Structure")) {
                    return c.getMethod("getPointer");
                }
            } catch (NoSuchMethodException e) {
                return null;
            }
        }
        return null;
    }
}
