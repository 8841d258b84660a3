package io.notsock.agent.start;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;

/**
 * Keeps the JVM from warning about our own JNA: since JDK 24 it names on stderr each module that loads a native library
 * without having been allowed to, and the application did not ask for ours.
 */
final class NativeAccess {
    private NativeAccess() {}

    /** Allows the agent's own module, by the way the JDK's layers are allowed. */
    static void allow(Instrumentation instrumentation) {
        if (Runtime.version().feature() < 22) {
            return;
        }
        try {
            instrumentation.redefineModule(
                    Object.class.getModule(),
                    Set.of(),
                    Map.of("jdk.internal.access", Set.of(NativeAccess.class.getModule())),
                    Map.of(),
                    Set.of(),
                    Map.of());
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
