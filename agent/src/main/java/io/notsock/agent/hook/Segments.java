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

        static {
            try {
                ADDRESS = SEGMENT.getMethod("address");
                INT = new Reader("JAVA_INT_UNALIGNED", "OfInt");
                LONG = new Reader("JAVA_LONG_UNALIGNED", "OfLong");
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }
    }
}
