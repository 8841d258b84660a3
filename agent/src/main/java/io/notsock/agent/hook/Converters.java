package io.notsock.agent.hook;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Makes objects of JNA's {@code ToNativeConverter} and {@code FromNativeConverter}, in whichever copy of JNA, that convert
 * as JNA would have done by itself, and look.
 */
final class Converters {
    /** JNA's native code holds converters weakly: they live as long as the class that was bound, and not a moment longer. */
    private static final ClassValue<List<Object>> KEPT = new ClassValue<>() {
        @Override
        protected List<Object> computeValue(Class<?> type) {
            return Collections.synchronizedList(new ArrayList<>(4));
        }
    };

    /** Sees the value that goes to the native function or comes from it; must not throw. */
    interface Look {
        void at(Object value);

        /** The program's own converter has thrown: JNA does not call the function. */
        default void failed() {}
    }

    /** How the value has to be changed on its way. */
    interface Conversion {
        /** Nothing has to be done to plain numbers and to JNA's {@code Pointer}. */
        Conversion NONE = (value, context) -> value;

        /** What a C {@code BOOL} is to Java. */
        Conversion TO_BOOLEAN = (value, context) -> value instanceof Number ? ((Number) value).longValue() != 0 : value;

        /** @param context JNA's, of the call */
        Object apply(Object value, Object context) throws ReflectiveOperationException;
    }

    private Converters() {}

    /** A converter of an argument: what is looked at is what the function gets. */
    static Object toNative(Class<?> type, Class<?> boundFor, Conversion conversion, Look look) {
        return make(type, boundFor, (proxy, method, arguments) -> {
            if (!method.getName().equals("toNative")) {
                return other(proxy, method, arguments);
            }
            Object converted;
            try {
                converted = apply(conversion, arguments);
            } catch (Throwable t) {
                look.failed();
                throw t;
            }
            look.at(converted);
            return converted;
        });
    }

    /** A converter of a result: what is looked at is what the function has answered. */
    static Object fromNative(Class<?> type, Class<?> boundFor, Conversion conversion, Look look) {
        return make(type, boundFor, (proxy, method, arguments) -> {
            if (!method.getName().equals("fromNative")) {
                return other(proxy, method, arguments);
            }
            look.at(arguments[0]);
            return apply(conversion, arguments);
        });
    }

    private static Object make(Class<?> type, Class<?> boundFor, InvocationHandler handler) {
        Object converter = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
        KEPT.get(boundFor).add(converter);
        return converter;
    }

    /** Throws what the program's own converter throws. */
    private static Object apply(Conversion conversion, Object[] arguments) throws Throwable {
        try {
            return conversion.apply(arguments[0], arguments[1]);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static Object other(Object proxy, Method method, Object[] arguments) {
        switch (method.getName()) {
            case "nativeType":
                return Object.class; // JNA has asked before; nobody does later
            case "equals":
                return proxy == arguments[0];
            case "hashCode":
                return System.identityHashCode(proxy);
            default:
                return "notsock";
        }
    }
}
