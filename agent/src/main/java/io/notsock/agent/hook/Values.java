package io.notsock.agent.hook;

import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;

/** Reads what a call of a native function was given and what it has stored, whichever road it came by. */
final class Values {
    /** No number at all: {@link Long#MIN_VALUE}, since -1 is what functions answer. */
    static final long NONE = Long.MIN_VALUE;

    private static final long UNSIGNED_INT = 0xFFFFFFFFL;

    private Values() {}

    /** An argument or result with its sign, {@link #NONE} for what is no whole number (a pointer, a structure). */
    static long signed(Object value) {
        if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        return NONE;
    }

    /** An argument that is a handle's number: negative for none. A C int that was passed as a long may lack its sign. */
    static long number(Object value) {
        long signed = signed(value);
        return signed > Integer.MAX_VALUE && signed <= UNSIGNED_INT ? (int) signed : signed;
    }

    /** One end of a range: an unsigned int. */
    static long unsigned(Object value) {
        long signed = signed(value);
        return signed < 0 && signed != NONE ? signed & UNSIGNED_INT : signed;
    }

    /**
     * What a call has stored at this place.
     *
     * @param pointer an array, a direct buffer, JNA's {@code Pointer} or {@code PointerByReference}, a {@code MemorySegment}
     * @param count elements at most
     * @param bytes size of one: 4 or 8
     * @return empty where it cannot be read
     */
    static long[] stored(Object pointer, int count, int bytes) {
        try {
            if (pointer instanceof int[]) {
                int[] array = (int[]) pointer;
                long[] result = new long[bytes == Integer.BYTES ? array.length : 0];
                for (int i = 0; i < result.length; i++) {
                    result[i] = array[i];
                }
                return result;
            }
            if (pointer instanceof long[]) {
                return bytes == Long.BYTES ? ((long[]) pointer).clone() : new long[0];
            }
            long[] result = new long[count];
            for (int i = 0; i < count; i++) {
                long value = storedAt(pointer, i, bytes);
                if (value == NONE) {
                    return new long[0];
                }
                result[i] = value;
            }
            return result;
        } catch (ReflectiveOperationException | RuntimeException cannotBeRead) {
            return new long[0];
        }
    }

    private static long storedAt(Object pointer, int index, int bytes) throws ReflectiveOperationException {
        if (pointer instanceof IntBuffer) {
            IntBuffer buffer = (IntBuffer) pointer;
            return bytes == Integer.BYTES ? buffer.get(buffer.position() + index) : NONE;
        }
        if (pointer instanceof ByteBuffer) {
            ByteBuffer buffer = ((ByteBuffer) pointer).duplicate().order(ByteOrder.nativeOrder());
            int at = buffer.position() + index * bytes;
            return bytes == Integer.BYTES ? buffer.getInt(at) : buffer.getLong(at);
        }
        if (pointer == null) {
            return NONE;
        }
        if (Segments.isSegment(pointer)) {
            return Segments.get(pointer, (long) index * bytes, bytes);
        }
        Object plain = NativeValue.pointer(pointer);
        Method method = plain == null ? null : PointerMethods.of(plain.getClass(), bytes);
        return method == null ? NONE : ((Number) method.invoke(plain, (long) index * bytes)).longValue();
    }

    /** {@code getInt(long)} and {@code getLong(long)} of JNA's {@code Pointer}, of whichever copy of JNA. */
    private static final class PointerMethods extends ClassValue<Method[]> {
        private static final PointerMethods ALL = new PointerMethods();

        static Method of(Class<?> type, int bytes) {
            return ALL.get(type)[bytes == Integer.BYTES ? 0 : 1];
        }

        @Override
        protected Method[] computeValue(Class<?> type) {
            for (Class<?> c = type; c != null; c = c.getSuperclass()) {
                if (c.getName().endsWith("com.sun.jna.Pointer")) {
                    try {
                        return new Method[] {c.getMethod("getInt", long.class), c.getMethod("getLong", long.class)};
                    } catch (NoSuchMethodException e) {
                        break;
                    }
                }
            }
            return new Method[2];
        }
    }
}
