package io.notsock.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.catalog.CatalogParser;
import io.notsock.catalog.RuntimeCatalog;
import io.notsock.track.HookTable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A copy of JNA in another package is woven as JNA itself is. */
class RelocatedJnaTest {
    private static final String JNA = "com/sun/jna/";
    private static final String COPY = "acme/shaded/com/sun/jna/";

    private final WeavePlan plan = new WeavePlan(new HookTable(
            RuntimeCatalog.of(new CatalogParser().read("none.catalog", "").catalog(), 17, "linux")));
    private final List<String> failures = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"Function", "Native", "NativeLibrary"})
    void isWovenAsJnaItselfIs(String name) throws IOException {
        byte[] original = read(JNA + name);
        List<String> expected = hookCalls(weave(JNA + name, original));

        assertThat(expected).isNotEmpty();
        assertThat(hookCalls(weave(COPY + name, relocated(original)))).isEqualTo(expected);
        assertThat(failures).isEmpty();
    }

    private byte[] weave(String internalName, byte[] classFile) {
        return new Weaver(plan, new Told(), WovenClasses.NONE).transform(null, internalName, null, null, classFile);
    }

    private static byte[] read(String internalName) throws IOException {
        try (InputStream in = RelocatedJnaTest.class.getResourceAsStream("/" + internalName + ".class")) {
            return in.readAllBytes();
        }
    }

    private static byte[] relocated(byte[] classFile) {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(classFile)
                .accept(
                        new ClassRemapper(writer, new Remapper(Opcodes.ASM9) {
                            @Override
                            public String map(String name) {
                                return name.startsWith(JNA) ? COPY + name.substring(JNA.length()) : name;
                            }
                        }),
                        0);
        return writer.toByteArray();
    }

    /** The methods that call hooks, in order, with the hook. */
    private static List<String> hookCalls(byte[] woven) {
        List<String> calls = new ArrayList<>();
        new ClassReader(woven)
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String name, String descriptor, String signature, String[] exceptions) {
                                return new MethodVisitor(Opcodes.ASM9) {
                                    @Override
                                    public void visitMethodInsn(
                                            int opcode, String owner, String hook, String type, boolean inInterface) {
                                        if (owner.equals("java/io/NotsockHooks")) {
                                            calls.add(name + " calls " + hook + type);
                                        }
                                    }
                                };
                            }
                        },
                        0);
        return calls;
    }

    private final class Told implements Weaver.Listener {
        @Override
        public void missing(int entry, String target) {
            failures.add(target);
        }

        @Override
        public void absent(int entry) {
            failures.add("absent " + entry);
        }

        @Override
        public void roadMissing(String className) {
            failures.add(className);
        }

        @Override
        public void landmarkMissing(String className) {
            failures.add(className);
        }

        @Override
        public void failed(String className, Throwable reason) {
            failures.add(className + ": " + reason);
        }
    }
}
