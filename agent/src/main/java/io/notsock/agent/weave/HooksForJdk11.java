package io.notsock.agent.weave;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;

/**
 * The class in {@code java.base} as JDK 11 needs it: the package of the shared secrets had another name before JDK 12. Run by the
 * build, not part of the jar.
 */
public final class HooksForJdk11 {
    private static final String SINCE_12 = "jdk/internal/access/";
    private static final String BEFORE = "jdk/internal/misc/";

    private HooksForJdk11() {}

    /** @param args the folder of the class file, to which the other is added */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        Files.write(
                folder.resolve("NotsockHooks11.class"), of(Files.readAllBytes(folder.resolve("NotsockHooks.class"))));
    }

    private static byte[] of(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(0);
        reader.accept(
                new ClassRemapper(writer, new Remapper(Opcodes.ASM9) {
                    @Override
                    public String map(String name) {
                        return name.startsWith(SINCE_12) ? BEFORE + name.substring(SINCE_12.length()) : name;
                    }
                }),
                0);
        return writer.toByteArray();
    }
}
