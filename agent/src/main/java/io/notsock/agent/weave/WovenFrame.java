package io.notsock.agent.weave;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Gives a method that gets hooks room for them in its frame: what they push, and the locals that they use.
 *
 * <p>Not left to ASM's {@code COMPUTE_MAXS}: from class files of Java 7 on it goes through a method's code from top to bottom and takes
 * the depth behind a jump from the stack map there. HotSpot hands out the boot loader's classes without stack maps ({@link TryBlocks}),
 * and then each handler is counted one too low, and all behind it. With a stack that is too small for its code the
 * JVM ends as soon as a collection meets such a frame ({@code GenerateOopMap}: "Illegal class file encountered").
 */
final class WovenFrame extends MethodVisitor {
    /** The deepest of all is the binding of a native method ({@link RoadWeaver}): eight arguments, one of them a long. */
    static final int MOST_PUSHED = 9;

    private boolean hooked;
    private int locals;

    WovenFrame(MethodVisitor next) {
        super(Opcodes.ASM9, next);
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        hooked |= owner.equals(HookCode.HOOKS);
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
    }

    @Override
    public void visitVarInsn(int opcode, int variable) {
        boolean wide = opcode == Opcodes.LLOAD
                || opcode == Opcodes.DLOAD
                || opcode == Opcodes.LSTORE
                || opcode == Opcodes.DSTORE;
        locals = Math.max(locals, variable + (wide ? 2 : 1));
        super.visitVarInsn(opcode, variable);
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        super.visitMaxs(hooked ? maxStack + MOST_PUSHED : maxStack, Math.max(maxLocals, locals));
    }
}
