package io.notsock.agent.weave;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** Has the method that gives out a {@link Landmark} tell the hooks what it is about to return. No stack map changes. */
final class LandmarkWeaver {
    private LandmarkWeaver() {}

    /** @return the woven class, or {@code null} where it has no such method */
    static byte[] weave(Landmark landmark, byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, 0);
        Visitor visitor = new Visitor(writer, landmark);
        reader.accept(visitor, 0);
        return visitor.woven ? writer.toByteArray() : null;
    }

    private static final class Visitor extends ClassVisitor {
        private final Landmark landmark;
        boolean woven;

        Visitor(ClassVisitor next, Landmark landmark) {
            super(Opcodes.ASM9, next);
            this.landmark = landmark;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            if (!name.equals(landmark.method) || !descriptor.equals(landmark.descriptor)) {
                return next;
            }
            return new MethodVisitor(Opcodes.ASM9, new WovenFrame(next)) {
                @Override
                public void visitInsn(int opcode) {
                    if (opcode == Opcodes.ARETURN) {
                        super.visitInsn(Opcodes.DUP);
                        super.visitIntInsn(Opcodes.BIPUSH, landmark.ordinal());
                        super.visitInsn(Opcodes.SWAP);
                        super.visitMethodInsn(
                                Opcodes.INVOKESTATIC, HookCode.HOOKS, "reached", "(ILjava/lang/Object;)V", false);
                        woven = true;
                    }
                    super.visitInsn(opcode);
                }
            };
        }
    }
}
