package io.notsock.agent.hook;

import java.lang.reflect.Method;

/** {@code java.lang.foreign.MemorySegment}, by name: the agent is compiled for Java 11. Only segments with a size are read. */
final class Segments {
    private static final Class<?> SEGMENT = find("java.lang.foreign.MemorySegment");

    private Segments() {}

    static boolean isSegment(Object value) {
        return SEGMENT != null && SEGMENT.isInstance(value);
    }

    /** Where it points to: a HANDLE is declared as an address by many. */
    static long address(Object segment) throws ReflectiveOperationException {
        return (long) Readers.ADDRESS.invoke(segment);
    }

    /** Whether its address may be read at now: that of one on the heap is an offset, and a closed one's memory is gone. */
    static boolean isReadable(Object segment) {
        try {
            return (boolean) Readers.NATIVE.invoke(segment)
                    && (boolean) Readers.ALIVE.invoke(Readers.SCOPE.invoke(segment));
        } catch (ReflectiveOperationException e) {
            return false; // a segment of another kind than is known: not to be read at
        }
    }

    static long get(Object segment, long offset, int bytes) throws ReflectiveOperationException {
        Reader reader = bytes == Integer.BYTES ? Readers.INT : Readers.LONG;
        return ((Number) reader.get.invoke(segment, reader.layout, offset)).longValue();
    }

    static Class<?> find(String name) {
        try {
            return Class.forName(name, false, null);
        } catch (ClassNotFoundException e) {
            return null; // before JDK 19
        }
    }

    /** Reads a value of one layout. */
    private static final class Reader {
        final Object layout;
        final Method get;

        Reader(String constant, String type) throws ReflectiveOperationException {
            layout = Class.forName("java.lang.foreign.ValueLayout")
                    .getField(constant)
                    .get(null);
            get = SEGMENT.getMethod("get", Class.forName("java.lang.foreign.ValueLayout$".concat(type)), long.class);
        }
    }

    /** Made when the first segment is read, not before. */
    private static final class Readers {
        static final Reader INT;
        static final Reader LONG;
        static final Method ADDRESS;
        static final Method NATIVE;
        static final Method SCOPE;
        static final Method ALIVE;

        static {
            try {
                ADDRESS = SEGMENT.getMethod("address");
                NATIVE = SEGMENT.getMethod("isNative");
                SCOPE = SEGMENT.getMethod("scope");
                ALIVE = SCOPE.getReturnType().getMethod("isAlive");
                INT = new Reader("JAVA_INT_UNALIGNED", "OfInt");
                LONG = new Reader("JAVA_LONG_UNALIGNED", "OfLong");
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }
    }
}
