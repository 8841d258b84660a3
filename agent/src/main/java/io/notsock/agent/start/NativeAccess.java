package io.notsock.agent.start;

import java.lang.reflect.Method;

/**
 * Keeps the JVM from warning about our own JNA: since JDK 24 it names on stderr each module that loads a native library
 * without having been allowed to, and the application did not ask for ours.
 */
final class NativeAccess {
    private NativeAccess() {}

    /** Allows the agent's own module, by the way the JDK's layers are allowed. {@link Exit} has opened the package. */
    static void allow() {
        if (Runtime.version().feature() < 22) {
            return;
        }
        try {
            Object access = Class.forName("jdk.internal.access.SharedSecrets")
                    .getMethod("getJavaLangAccess")
                    .invoke(null);
            Method allow = Class.forName("jdk.internal.access.JavaLangAccess")
                    .getMethod("addEnableNativeAccess", Module.class);
            allow.invoke(access, NativeAccess.class.getModule());
        } catch (ReflectiveOperationException | RuntimeException e) {
            return; // then the JVM says its word about us
        }
    }
}
