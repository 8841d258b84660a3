package io.notsock.agent.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {
    private static byte[] classFile(Class<?> type) throws IOException {
        try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            return in.readAllBytes();
        }
    }

    /** The same class with its methods in this order, and its constants where they were. */
    private static byte[] withMethods(byte[] classFile, List<String> order) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(methodsOnly(writer, null, true), 0);
        for (String method : order) {
            reader.accept(methodsOnly(writer, method, false), 0);
        }
        return writer.toByteArray();
    }

    private static ClassVisitor methodsOnly(ClassWriter writer, String wanted, boolean rest) {
        return new ClassVisitor(Opcodes.ASM9, rest ? writer : null) {
            @Override
            public MethodVisitor visitMethod(int access, String name, String descriptor, String s, String[] thrown) {
                return (name + descriptor).equals(wanted)
                        ? writer.visitMethod(access, name, descriptor, s, thrown)
                        : null;
            }
        };
    }

    private static List<String> methods(byte[] classFile) {
        List<String> names = new ArrayList<>();
        new ClassReader(classFile)
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String name, String descriptor, String s, String[] thrown) {
                                names.add(name + descriptor);
                                return null;
                            }
                        },
                        0);
        return names;
    }

    @ParameterizedTest
    @ValueSource(classes = {FileInputStream.class, String.class, ClassReader.class, Stream.class})
    void theOrderOfMethodsDoesNotCount(Class<?> type) throws IOException {
        byte[] original = classFile(type);
        List<String> order = methods(original);
        byte[] one = withMethods(original, order);
        Collections.reverse(order);
        byte[] other = withMethods(original, order);

        assertThat(other).hasSameSizeAs(one).isNotEqualTo(one);
        assertThat(Fingerprint.ofClass(other)).isEqualTo(Fingerprint.ofClass(one));
    }

    @Test
    void everyByteCounts() throws IOException {
        byte[] original = classFile(FileInputStream.class);
        long fingerprint = Fingerprint.ofClass(original);
        for (int i = 0; i < original.length; i++) {
            byte[] changed = original.clone();
            changed[i]++;
            assertThat(Fingerprint.ofClass(changed)).as("byte %d", i).isNotEqualTo(fingerprint);
        }
    }

    @Test
    void whatIsNoClassFileHasOneToo() {
        assertThat(Fingerprint.ofClass(new byte[] {1, 2, 3})).isNotEqualTo(Fingerprint.ofClass(new byte[] {3, 2, 1}));
    }
}
