package io.notsock.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.catalog.Catalog;
import io.notsock.catalog.Entry;
import io.notsock.catalog.RuntimeCatalog;
import io.notsock.catalog.Target;
import io.notsock.track.HookTable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

/**
 * Room in the frames of woven methods. A method whose stack is deeper than its class file says is nothing that a JVM checks in
 * the boot loader's classes: it ends with a fatal error when a collection meets the frame.
 */
class WovenFrameTest {
    private static final int FEATURE = Runtime.version().feature();

    /** Every class of this JDK that the catalog names, as HotSpot hands it out once it is loaded: without stack maps. */
    @Test
    void everyClassOfTheJdkHasRoomWithoutItsStackMaps() throws IOException {
        WeavePlan plan = new WeavePlan(new HookTable(RuntimeCatalog.builtIn(FEATURE, "linux")));
        List<String> tooSmall = new ArrayList<>();
        int methods = 0;
        int hooked = 0;
        for (String name : namedClasses()) {
            byte[] original = classFile(name);
            if (original == null) {
                continue; // of another release, or a library's
            }
            byte[] woven = ClassWeaver.weave(plan.sitesOf(name), withoutStackMaps(original), new MissedCalls());
            if (woven == null) {
                continue;
            }
            Map<String, Integer> said = stacks(woven);
            Map<String, Integer> before = stacks(original);
            for (Map.Entry<String, Integer> needed : neededStacks(woven).entrySet()) {
                methods++;
                int room = said.get(needed.getKey());
                hooked += room > before.get(needed.getKey()) ? 1 : 0;
                if (room < needed.getValue()) {
                    tooSmall.add(name + "." + needed.getKey() + ": " + room + " of " + needed.getValue());
                }
            }
        }
        assertThat(tooSmall).isEmpty();
        assertThat(methods).isGreaterThan(500);
        assertThat(hooked).isGreaterThan(50);
    }

    @Test
    void whatGetsNoHookKeepsItsFrame() throws IOException {
        String channel = "sun/nio/ch/SocketChannelImpl";
        WeavePlan plan = new WeavePlan(new HookTable(RuntimeCatalog.builtIn(FEATURE, "linux")));
        byte[] original = classFile(channel);

        byte[] woven = ClassWeaver.weave(plan.sitesOf(channel), original, new MissedCalls());

        assertThat(stacks(woven).get("toString()Ljava/lang/String;"))
                .isEqualTo(stacks(original).get("toString()Ljava/lang/String;"));
    }

    private static Set<String> namedClasses() {
        Set<String> names = new TreeSet<>();
        for (Entry entry : Catalog.builtIn("linux").forRuntime(FEATURE, "linux").entries()) {
            for (Target target : entry.targets()) {
                if (target.kind() == Target.Kind.METHOD) {
                    names.add(target.owner().replace('.', '/'));
                }
                for (String caller : target.within()) {
                    names.add(Target.callerClass(caller).replace('.', '/'));
                }
            }
        }
        return names;
    }

    private static byte[] classFile(String name) throws IOException {
        try (InputStream in = Object.class.getResourceAsStream("/" + name + ".class")) {
            return in == null ? null : in.readAllBytes();
        }
    }

    private static byte[] withoutStackMaps(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(0);
        reader.accept(writer, ClassReader.SKIP_FRAMES);
        return writer.toByteArray();
    }

    /** By following the jumps, as ASM does in class files of Java 6, which need no stack maps. */
    private static Map<String, Integer> neededStacks(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public void visit(
                            int version,
                            int access,
                            String name,
                            String signature,
                            String superName,
                            String[] interfaces) {
                        super.visit(Opcodes.V1_6, access, name, signature, superName, interfaces);
                    }
                },
                ClassReader.SKIP_FRAMES);
        return stacks(writer.toByteArray());
    }

    private static Map<String, Integer> stacks(byte[] classFile) {
        Map<String, Integer> stacks = new TreeMap<>();
        new ClassReader(classFile)
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String name, String descriptor, String signature, String[] exceptions) {
                                return new MethodVisitor(Opcodes.ASM9) {
                                    @Override
                                    public void visitMaxs(int maxStack, int maxLocals) {
                                        stacks.put(name + descriptor, maxStack);
                                    }
                                };
                            }
                        },
                        ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return stacks;
    }
}
