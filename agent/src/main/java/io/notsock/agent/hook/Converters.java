package io.notsock.agent.hook;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Makes objects of JNA's {@code ToNativeConverter} and {@code FromNativeConverter}, in whichever copy of JNA, that convert
 * nothing and only look.
 */
final class Converters {
    /** JNA's native code holds converters weakly: they live as long as the class that was bound, and not a moment longer. */
    private static final ClassValue<List<Object>> KEPT = new ClassValue<>() {
        @Override
        protected List<Object> computeValue(Class<?> type) {
            return Collections.synchronizedList(new ArrayList<>(4));
        }
    };

    /** Sees a value on its way; must not throw. */
    interface Look {
        void at(Object value);
    }

    private Converters() {}

    /** @param nativeType the type of the values, which are passed on as they are */
    static Object make(Class<?> type, Class<?> nativeType, Class<?> boundFor, Look look) {
        InvocationHandler handler = (proxy, method, arguments) -> answer(proxy, method, arguments, nativeType, look);
        Object converter = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
        KEPT.get(boundFor).add(converter);
        return converter;
    }

    private static Object answer(Object proxy, Method method, Object[] arguments, Class<?> nativeType, Look look) {
        switch (method.getName()) {
            case "toNative":
            case "fromNative":
                look.at(arguments[0]);
                return arguments[0];
            case "nativeType":
                return nativeType;
            case "equals":
                return proxy == arguments[0];
            case "hashCode":
                return System.identityHashCode(proxy);
            default:
                return "notsock";
        }
    }
}
