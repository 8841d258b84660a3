package io.notsock.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.catalog.CatalogParser;
import io.notsock.catalog.RuntimeCatalog;
import io.notsock.track.HookTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Classes that javac does not write, and catalog entries that a class does not fit: the verifier accepts what comes of them. */
class OddClassesTest {
    private static final String ODD = "a/Odd";
    private static final String NATIVES = "java/lang/Math";

    private final List<String> missing = new ArrayList<>();

    @BeforeEach
    void clear() {
        RecordingHooks.HOOKS.told.clear();
        RecordingHooks.HOOKS.failing = false;
    }

    /** R8 puts the next local into the first free slot, which is that of {@code this} once nothing reads it any more. */
    @Test
    void theSlotOfThisMayBeReused() throws Exception {
        byte[] odd = odd(code -> {
            method(code, Opcodes.ACC_PUBLIC, "read", "(I)I", body -> {
                body.visitVarInsn(Opcodes.ILOAD, 1);
                body.visitVarInsn(Opcodes.ISTORE, 0);
                body.visitVarInsn(Opcodes.ILOAD, 0);
                body.visitInsn(Opcodes.IRETURN);
            });
            method(code, Opcodes.ACC_PUBLIC, "close", "(I)I", body -> {
                body.visitVarInsn(Opcodes.ILOAD, 1);
                body.visitVarInsn(Opcodes.ISTORE, 0);
                body.visitVarInsn(Opcodes.ILOAD, 0);
                body.visitMethodInsn(Opcodes.INVOKESTATIC, NATIVES, "abs", "(I)I", false);
                body.visitInsn(Opcodes.IRETURN);
            });
        });

        Object made = woven(
                        odd,
                        "entry a\n  role use\n  method a.Odd.read(I)I\n  number arg0\n  owner this\n"
                                + "entry b\n  role use\n  call java.lang.Math.abs(I)I in a.Odd\n  number arg0\n  owner caller\n")
                .getConstructor()
                .newInstance();

        assertThat(call(made, "read", 3)).isEqualTo(3);
        assertThat(call(made, "close", 4)).isEqualTo(4);
        assertThat(missing).isEmpty();
        assertThat(RecordingHooks.HOOKS.told).containsExactly("use 0 Odd 3", "use 1 Odd 4");
    }

    /** There is no moment to save it in: before {@code super()} it may not be copied, and behind it may be gone. */
    @Test
    void inAConstructorThatReusesItTheHookIsMissing() throws Exception {
        byte[] odd = emptyWith(code -> constructor(code, "java/lang/Object", body -> {
            body.visitInsn(Opcodes.ICONST_3);
            body.visitVarInsn(Opcodes.ISTORE, 0);
            body.visitVarInsn(Opcodes.ILOAD, 0);
            body.visitMethodInsn(Opcodes.INVOKESTATIC, NATIVES, "abs", "(I)I", false);
            body.visitInsn(Opcodes.POP);
        }));

        woven(
                        odd,
                        "entry a\n  role use\n  call java.lang.Math.abs(I)I in a.Odd\n  number arg0\n  owner caller\n"
                                + "entry b\n  role begin\n  method a.Odd.<init>()V\n  owner this\n"
                                + "entry c\n  role open\n  method a.Odd.<init>()V\n  number this.n:I\n  owner this\n")
                .getConstructor()
                .newInstance();

        assertThat(missing).containsExactlyInAnyOrder("missing 0", "missing 2");
        assertThat(RecordingHooks.HOOKS.told).isEmpty();
    }

    @Test
    void aStaticMethodHasNoThis() throws Exception {
        byte[] odd = odd(code -> method(code, Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "close", "(I)I", body -> {
            body.visitVarInsn(Opcodes.ILOAD, 0);
            body.visitInsn(Opcodes.IRETURN);
        }));

        Class<?> woven = woven(odd, "entry a\n  role close\n  method a.Odd.close(I)I\n  number arg0\n  owner this\n");

        assertThat(woven.getMethod("close", int.class).invoke(null, 5)).isEqualTo(5);
        assertThat(missing).containsExactly("missing 0");
    }

    /** Else each call would make an error, which is swallowed, and nobody would know. */
    @Test
    void aFieldThatIsNotThereIsMissing() throws Exception {
        byte[] odd = odd(code -> method(code, Opcodes.ACC_PUBLIC, "read", "()I", body -> {
            body.visitInsn(Opcodes.ICONST_1);
            body.visitInsn(Opcodes.IRETURN);
        }));

        woven(odd, "entry a\n  role use\n  method a.Odd.read()I\n  number this.renamed:I\n  owner this\n");

        assertThat(missing).containsExactly("missing 0");
    }

    /** {@code super("x")} of an exception leaves nothing on the stack, nor does {@code new X("x")} that nobody keeps. */
    @Test
    void anExceptionThatIsNotLeftOnTheStackIsNotExplained() throws Exception {
        String exception = "java/lang/IllegalStateException";
        byte[] odd = emptyWith(exception, code -> {
            constructor(code, exception, body -> {});
            method(code, Opcodes.ACC_PUBLIC, "drop", "()I", body -> {
                body.visitTypeInsn(Opcodes.NEW, exception);
                body.visitMethodInsn(Opcodes.INVOKESPECIAL, exception, "<init>", "()V", false);
                body.visitInsn(Opcodes.ICONST_1);
                body.visitInsn(Opcodes.IRETURN);
            });
            method(code, Opcodes.ACC_PUBLIC, "keep", "()Ljava/lang/Object;", body -> {
                body.visitTypeInsn(Opcodes.NEW, exception);
                body.visitInsn(Opcodes.DUP);
                body.visitMethodInsn(Opcodes.INVOKESPECIAL, exception, "<init>", "()V", false);
                body.visitInsn(Opcodes.ARETURN);
            });
        });

        Object made = woven(
                        odd,
                        "entry a\n  role explain\n  call java.lang.IllegalStateException.<init>()V in a.Odd\n  owner caller\n")
                .getConstructor()
                .newInstance();

        assertThat(call(made, "drop")).isEqualTo(1);
        assertThat(RecordingHooks.HOOKS.told).isEmpty();
        assertThat(call(made, "keep")).isInstanceOf(IllegalStateException.class);
        assertThat(RecordingHooks.HOOKS.told).hasSize(1);
    }

    /** {@code super(Natives.open())}: there is no {@code this} yet, and what needs none is told all the same. */
    @Test
    void anOpenBeforeTheSuperCallIsTold() throws Exception {
        byte[] odd = emptyWith(
                "java/util/ArrayList",
                code -> method(code, Opcodes.ACC_PUBLIC, "<init>", "()V", body -> {
                    body.visitVarInsn(Opcodes.ALOAD, 0);
                    body.visitInsn(Opcodes.ICONST_3);
                    body.visitMethodInsn(Opcodes.INVOKESTATIC, NATIVES, "abs", "(I)I", false);
                    body.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/util/ArrayList", "<init>", "(I)V", false);
                    body.visitInsn(Opcodes.RETURN);
                }));

        woven(
                        odd,
                        "entry a\n  role open\n  call java.lang.Math.abs(I)I in a.Odd\n  number return\n  owner none\n"
                                + "entry b\n  role adopt\n  call java.lang.Math.abs(I)I in a.Odd\n  number return\n  owner caller\n")
                .getConstructor()
                .newInstance();

        assertThat(RecordingHooks.HOOKS.told).containsExactly("after 0 null 3");
    }

    /** Woven by way of the transformer, and accepted by the verifier. */
    private Class<?> woven(byte[] odd, String catalog) {
        WeavePlan plan = new WeavePlan(new HookTable(RuntimeCatalog.of(
                new CatalogParser().read("test.catalog", catalog).catalog(), 17, "linux")));
        byte[] woven = new Weaver(plan, new Told(missing), WovenClasses.NONE)
                .transform(new ClassLoader(null) {}, ODD, null, null, odd);
        return new ClassLoader(null) {
            Class<?> define() {
                return defineClass("a.Odd", woven, 0, woven.length);
            }
        }.define();
    }

    private static Object call(Object made, String name, Integer... arguments) throws Exception {
        return arguments.length == 0
                ? made.getClass().getMethod(name).invoke(made)
                : made.getClass().getMethod(name, int.class).invoke(made, arguments[0]);
    }

    /** With a constructor that does nothing. */
    private static byte[] odd(Consumer<ClassWriter> members) {
        return emptyWith(code -> {
            constructor(code, "java/lang/Object", body -> {});
            members.accept(code);
        });
    }

    private static byte[] emptyWith(Consumer<ClassWriter> members) {
        return emptyWith("java/lang/Object", members);
    }

    private static byte[] emptyWith(String superName, Consumer<ClassWriter> members) {
        ClassWriter code = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        code.visit(Opcodes.V11, Opcodes.ACC_PUBLIC, ODD, null, superName, null);
        members.accept(code);
        code.visitEnd();
        return code.toByteArray();
    }

    private static void constructor(ClassWriter code, String superName, Consumer<MethodVisitor> behindSuper) {
        method(code, Opcodes.ACC_PUBLIC, "<init>", "()V", body -> {
            body.visitVarInsn(Opcodes.ALOAD, 0);
            body.visitMethodInsn(Opcodes.INVOKESPECIAL, superName, "<init>", "()V", false);
            behindSuper.accept(body);
            body.visitInsn(Opcodes.RETURN);
        });
    }

    private static void method(
            ClassWriter code, int access, String name, String descriptor, Consumer<MethodVisitor> body) {
        MethodVisitor method = code.visitMethod(access, name, descriptor, null, null);
        method.visitCode();
        body.accept(method);
        method.visitMaxs(0, 0);
        method.visitEnd();
    }
}
