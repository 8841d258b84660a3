package io.notsock.agent.weave;

import java.util.BitSet;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** What has to be known of one method before the first instruction of it is written anew. For one thread. */
final class MethodFacts {
    private final boolean isStatic;
    private final boolean isConstructor;
    private int locals;
    private boolean storesToReceiver;
    private final BitSet superCalls = new BitSet();
    private final BitSet copied = new BitSet();

    MethodFacts(int access, String name) {
        this.isStatic = (access & Opcodes.ACC_STATIC) != 0;
        this.isConstructor = name.equals("<init>");
    }

    boolean isStatic() {
        return isStatic;
    }

    boolean isConstructor() {
        return isConstructor;
    }

    /** The size of its frame: new locals go above it. */
    int locals() {
        return locals;
    }

    /** Whether the place of {@code this} gets another value: javac never does that, R8 does once nothing reads it any more. */
    boolean reusesReceiver() {
        return storesToReceiver && !isStatic;
    }

    /** Whether {@code this} cannot be read in all of it: a constructor's is no object yet at a moment when it could be saved. */
    boolean losesReceiver() {
        return isConstructor && reusesReceiver();
    }

    /**
     * Whether a call of a constructor is the {@code super(...)} or {@code this(...)} of this one.
     *
     * @param number which of the method's calls of constructors
     */
    boolean isSuperCall(int number) {
        return superCalls.get(number);
    }

    /** Whether the object that is being made stays on the stack after this call of its constructor, as in {@code throw new X()}. */
    boolean leavesObject(int number) {
        return copied.get(number);
    }

    /** Collects them. */
    MethodVisitor reading() {
        return new Reading();
    }

    private final class Reading extends MethodVisitor {
        private int constructorCalls;
        /** Objects that have been made and not constructed yet. */
        private int made;
        /** Of each of them, whether it was copied at once. */
        private final BitSet copies = new BitSet();

        private boolean justMade;

        Reading() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            justMade = opcode == Opcodes.NEW;
            if (justMade) {
                copies.clear(made++);
            }
        }

        @Override
        public void visitInsn(int opcode) {
            if (justMade && opcode == Opcodes.DUP) {
                copies.set(made - 1);
            }
            justMade = false;
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            justMade = false;
            if (opcode != Opcodes.INVOKESPECIAL || !name.equals("<init>")) {
                return;
            }
            if (made == 0) {
                superCalls.set(constructorCalls); // the only one without a NEW before it
            } else if (copies.get(--made)) {
                copied.set(constructorCalls);
            }
            constructorCalls++;
        }

        @Override
        public void visitVarInsn(int opcode, int variable) {
            justMade = false;
            storesToReceiver |= variable == 0 && opcode >= Opcodes.ISTORE && opcode <= Opcodes.ASTORE;
        }

        @Override
        public void visitIntInsn(int opcode, int operand) {
            justMade = false;
        }

        @Override
        public void visitLdcInsn(Object value) {
            justMade = false;
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            justMade = false;
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            justMade = false;
        }

        @Override
        public void visitMaxs(int maxStack, int maxLocals) {
            locals = maxLocals;
        }
    }
}
