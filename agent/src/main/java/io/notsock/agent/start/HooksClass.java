package io.notsock.agent.start;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.nio.charset.StandardCharsets;
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
        try (InputStream in = HooksClass.class.getResourceAsStream("/NotsockHooks.class")) {
            if (in == null) {
                throw new ClassNotFoundException(NAME);
            }
            bytes = in.readAllBytes();
        }
        if (Runtime.version().feature() < 12) {
            bytes = renameConstants(bytes, "jdk/internal/access/", "jdk/internal/misc/");
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

    /** Rewrites a package name in the constant pool (JVMS 4.4): JDK 12 moved the shared secrets to another package. */
    static byte[] renameConstants(byte[] classFile, String from, String to) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(classFile.length);
        DataOutputStream out = new DataOutputStream(bytes);
        DataInputStream in = new DataInputStream(new java.io.ByteArrayInputStream(classFile));
        out.writeLong(in.readLong()); // magic, minor, major
        int count = in.readUnsignedShort();
        out.writeShort(count);
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            out.writeByte(tag);
            switch (tag) {
                case 1: // Utf8
                    byte[] utf8 = new byte[in.readUnsignedShort()];
                    in.readFully(utf8);
                    byte[] renamed = new String(utf8, StandardCharsets.UTF_8)
                            .replace(from, to)
                            .getBytes(StandardCharsets.UTF_8);
                    out.writeShort(renamed.length);
                    out.write(renamed);
                    break;
                case 5: // Long
                case 6: // Double: both take two places
                    out.writeLong(in.readLong());
                    i++;
                    break;
                case 7: // Class
                case 8: // String
                case 16: // MethodType
                case 19: // Module
                case 20: // Package
                    out.writeShort(in.readUnsignedShort());
                    break;
                case 15: // MethodHandle
                    out.writeByte(in.readUnsignedByte());
                    out.writeShort(in.readUnsignedShort());
                    break;
                default: // references and numbers of four bytes
                    out.writeInt(in.readInt());
                    break;
            }
        }
        in.transferTo(out);
        return bytes.toByteArray();
    }
}
