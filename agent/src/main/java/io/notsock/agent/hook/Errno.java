package io.notsock.agent.hook;

import java.lang.reflect.Method;

/** The error that a function of the C library left behind, asked only after it has failed. */
interface Errno {
    /** Linux: the number is not open. */
    int EBADF = 9;

    /** Not known: no road to it, or the caller did not capture it. */
    int UNKNOWN = -1;

    Errno NONE = () -> UNKNOWN;

    int get();

    /** What JNA has kept of it for this thread; {@code function} is its {@code Function} or any other of its classes. */
    static Errno ofJna(Class<?> anyOfJna) {
        return () -> {
            Method method = LastError.METHODS.get(anyOfJna);
            if (method != null) {
                try {
                    return (Integer) method.invoke(null);
                } catch (ReflectiveOperationException e) {
                    return UNKNOWN;
                }
            }
            return UNKNOWN;
        };
    }

    /** The error inside JNA's {@code LastErrorException}, {@link #UNKNOWN} for any other exception. */
    static int of(Throwable thrown) {
        if (thrown.getClass().getName().endsWith("com.sun.jna.LastErrorException")) {
            try {
                return (Integer) thrown.getClass().getMethod("getErrorCode").invoke(thrown);
            } catch (ReflectiveOperationException e) {
                return UNKNOWN;
            }
        }
        return UNKNOWN;
    }

    /** {@code Native.getLastError()} of the copy of JNA that a class belongs to. */
    final class LastError extends ClassValue<Method> {
        static final LastError METHODS = new LastError();

        private LastError() {}

        @Override
        protected Method computeValue(Class<?> anyOfJna) {
            String name = anyOfJna.getName();
            String home = name.substring(0, name.lastIndexOf('.') + 1);
            try {
                return Class.forName(home.concat("Native"), false, anyOfJna.getClassLoader())
                        .getMethod("getLastError");
            } catch (ReflectiveOperationException | LinkageError e) {
                return null;
            }
        }
    }
}
