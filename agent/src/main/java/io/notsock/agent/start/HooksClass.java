package io.notsock.agent.start;

import java.io.FileDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.util.Map;
import java.util.Set;

/**
 * Puts {@code java.io.NotsockHooks} into {@code java.base}: by a {@link PlantedInitializer}, or, where that does not work, by
 * public API alone: {@code Instrumentation.redefineModule} opens the package to the agent, {@code Lookup.defineClass} defines
 * the class there.
 *
 * <p>Not by the manifest's {@code Boot-Class-Path}: that disables an application's AppCDS archive, and not by {@code
 * appendToBootstrapClassLoaderSearch}: that makes the JVM print a line (docs/decisions/0001-one-class-in-java-base.md).
 */
final class HooksClass {
    static final String NAME = "java.io.NotsockHooks";

    private HooksClass() {}

    /**
     * @return false where it is there already: an agent is in charge, and this one has to stand aside
     * @throws ReflectiveOperationException where the class cannot be defined: then nothing may be woven
     */
    static boolean define(Instrumentation instrumentation) throws ReflectiveOperationException, IOException {
        if (isDefined()) {
            return false;
        }
        byte[] bytes;
        String file = Runtime.version().feature() < 12 ? "/NotsockHooks11.class" : "/NotsockHooks.class";
        try (InputStream in = HooksClass.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new ClassNotFoundException(NAME);
            }
            bytes = in.readAllBytes();
        }
        return plant(instrumentation, bytes) || defineByLookup(instrumentation, bytes);
    }

    private static boolean plant(Instrumentation instrumentation, byte[] bytes) {
        try {
            new PlantedInitializer(NAME.replace('.', '/'), bytes).define(instrumentation);
        } catch (RuntimeException e) {
            return false; // a security manager that lets nobody make class loaders, for instance
        }
        return isDefined();
    }

    private static boolean isDefined() {
        try {
            Class.forName(NAME, false, null);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** By public API alone; for a JVM that does not let the other way through. */
    private static boolean defineByLookup(Instrumentation instrumentation, byte[] bytes)
            throws ReflectiveOperationException {
        Map<String, Set<Module>> opened = Map.of("java.io", Set.of(HooksClass.class.getModule()));
        instrumentation.redefineModule(Object.class.getModule(), Set.of(), Map.of(), opened, Set.of(), Map.of());
        try {
            MethodHandles.privateLookupIn(FileDescriptor.class, MethodHandles.lookup())
                    .defineClass(bytes);
        } catch (LinkageError e) {
            return false; // a second agent has defined it a moment ago
        }
        return true;
    }
}
