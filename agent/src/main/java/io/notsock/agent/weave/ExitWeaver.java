package io.notsock.agent.weave;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.concurrent.atomic.AtomicInteger;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Lets the agent know with which status the JVM is about to end: the argument of {@code java.lang.Shutdown.exit}, and
 * whether the main thread died of an exception. Only for the option {@code exitcode}.
 */
public final class ExitWeaver implements ClassFileTransformer {
    private static final String SHUTDOWN = "java/lang/Shutdown";
    private static final String THREAD = "java/lang/Thread";

    private final AtomicInteger woven = new AtomicInteger();

    private ExitWeaver() {}

    /** Whether both places were found and woven. */
    public static boolean weave(Instrumentation instrumentation) {
        ExitWeaver weaver = new ExitWeaver();
        instrumentation.addTransformer(weaver, true);
        try {
            instrumentation.retransformClasses(Class.forName("java.lang.Shutdown", false, null), Thread.class);
        } catch (ReflectiveOperationException | java.lang.instrument.UnmodifiableClassException | LinkageError e) {
            return false;
        }
        return weaver.woven.get() == 2;
    }

    @Override
    public byte[] transform(
            ClassLoader loader, String className, Class<?> redefined, ProtectionDomain domain, byte[] classFile) {
        if (!SHUTDOWN.equals(className) && !THREAD.equals(className)) {
            return null;
        }
        try {
            ClassReader reader = new ClassReader(classFile);
            ClassWriter writer = new ClassWriter(reader, 0);
            int[] found = {0};
            reader.accept(new Visitor(writer, found), 0);
            woven.addAndGet(found[0]);
            return found[0] == 0 ? null : writer.toByteArray();
        } catch (Throwable t) {
            return null; // told by weave(): not both places are woven
        }
    }

    private static final class Visitor extends ClassVisitor {
        private final int[] found;

        Visitor(ClassVisitor next, int[] found) {
            super(Opcodes.ASM9, next);
            this.found = found;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            if (name.equals("exit") && descriptor.equals("(I)V") && (access & Opcodes.ACC_STATIC) != 0) {
                return new AtStart(next, Opcodes.ILOAD, "exiting", "(I)V");
            }
            if (name.equals("dispatchUncaughtException") && descriptor.equals("(Ljava/lang/Throwable;)V")) {
                return new AtStart(next, Opcodes.ALOAD, "uncaught", "(Ljava/lang/Thread;)V");
            }
            return next;
        }

        /** Tells the hooks the local variable 0: the status, or the thread. */
        private final class AtStart extends MethodVisitor {
            private final int load;
            private final String hook;
            private final String hookDescriptor;

            AtStart(MethodVisitor next, int load, String hook, String hookDescriptor) {
                super(Opcodes.ASM9, new WovenFrame(next));
                this.load = load;
                this.hook = hook;
                this.hookDescriptor = hookDescriptor;
            }

            @Override
            public void visitCode() {
                super.visitCode();
                super.visitVarInsn(load, 0);
                super.visitMethodInsn(Opcodes.INVOKESTATIC, HookCode.HOOKS, hook, hookDescriptor, false);
                found[0]++;
            }
        }
    }
}
