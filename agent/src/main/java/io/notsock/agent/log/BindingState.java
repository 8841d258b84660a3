package io.notsock.agent.log;

import io.notsock.agent.hook.HookReceiver;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.function.Predicate;

/**
 * Whether a {@code LoggerFactory} of SLF4J has found what does the logging.
 *
 * <p>Asking it would make it look, and reading its field by reflection would initialise the class. The JDK's own Unsafe does
 * neither; its methods are made accessible one by one, and no package is opened.
 */
final class BindingState implements Predicate<Class<?>> {
    /** The same in every SLF4J from 1.6 on; a copy without it is never used. */
    private static final String FIELD = "INITIALIZATION_STATE";

    private static final int SUCCESSFUL = 3;

    private final Object unsafe;
    private final Method shouldBeInitialized;
    private final Method staticFieldBase;
    private final Method staticFieldOffset;
    private final Method getInt;

    BindingState() throws ReflectiveOperationException {
        Class<?> type = Class.forName("jdk.internal.misc.Unsafe");
        unsafe = accessible(type.getMethod("getUnsafe")).invoke(null);
        shouldBeInitialized = accessible(type.getMethod("shouldBeInitialized", Class.class));
        staticFieldBase = accessible(type.getMethod("staticFieldBase", Field.class));
        staticFieldOffset = accessible(type.getMethod("staticFieldOffset", Field.class));
        getInt = accessible(type.getMethod("getIntVolatile", Object.class, long.class));
    }

    private static Method accessible(Method method) {
        HookReceiver.open(method);
        return method;
    }

    @Override
    public boolean test(Class<?> loggerFactory) {
        try {
            // First of all: to look for a field links a class, which may load others.
            if ((Boolean) shouldBeInitialized.invoke(unsafe, loggerFactory)) {
                return false;
            }
            Field field = loggerFactory.getDeclaredField(FIELD);
            if (field.getType() != int.class) {
                return false;
            }
            Object base = staticFieldBase.invoke(unsafe, field);
            return (Integer) getInt.invoke(unsafe, base, staticFieldOffset.invoke(unsafe, field)) == SUCCESSFUL;
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            return false; // another SLF4J than those that are known
        }
    }
}
