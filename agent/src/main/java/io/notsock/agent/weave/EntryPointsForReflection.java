package io.notsock.agent.weave;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * The agent's entry points as the JDK calls them fastest: {@code premain} and {@code agentmain} flagged as of variable arity, though
 * their last parameter is no array. Run by the build, not part of the jar.
 *
 * <p>The JVM calls them by reflection, which since JDK 18 works by method handles (JEP 416); making the first one of a shape cost 5 ms of
 * a start on 21, 10 on 25. Of such methods no method handle can be made, so the JDK calls them natively ({@code
 * jdk.internal.reflect.MethodHandleAccessorFactory.useNativeAccessor}). The JVM itself takes no notice of the flag (JVMS 4.6).
 */
public final class EntryPointsForReflection {
    private EntryPointsForReflection() {}

    /** @param args the jar that has the class; its name as a path; the folder to which it is written, below its package */
    public static void main(String[] args) throws IOException {
        String path = args[1] + ".class";
        Path written = Path.of(args[2]).resolve(path);
        Files.createDirectories(written.getParent());
        try (JarFile jar = new JarFile(args[0]);
                InputStream in = jar.getInputStream(jar.getJarEntry(path))) {
            Files.write(written, of(in.readAllBytes()));
        }
    }

    static byte[] of(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        boolean entry = name.equals("premain") || name.equals("agentmain");
                        int flags = entry ? access | Opcodes.ACC_VARARGS : access;
                        return super.visitMethod(flags, name, descriptor, signature, exceptions);
                    }
                },
                0);
        return writer.toByteArray();
    }
}
