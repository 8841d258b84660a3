package io.notsock.agent.weave;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Weaves the few classes through which Java code comes to a native function other than by JNA's {@code Function}: where
 * JNA binds a native method, where the JDK makes a handle for a function, and where libraries are asked for addresses.
 *
 * <p>What is written has no branch, so no stack map changes.
 */
final class RoadWeaver {
    private static final String STRING = "Ljava/lang/String;";

    private RoadWeaver() {}

    /** @return the woven class, or {@code null} where it has nothing that could be woven */
    static byte[] weave(Road road, byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, 0);
        Visitor visitor = new Visitor(writer, road, ClassFacts.of(reader));
        reader.accept(visitor, 0);
        return visitor.woven ? writer.toByteArray() : null;
    }

    private static final class Visitor extends ClassVisitor {
        private final Road road;
        private final ClassFacts facts;
        private String className;
        private int mapper = -1;
        boolean woven;

        Visitor(ClassVisitor next, Road road, ClassFacts facts) {
            super(Opcodes.ASM9, next);
            this.road = road;
            this.facts = facts;
        }

        @Override
        public void visit(
                int version, int access, String name, String signature, String superName, String[] interfaces) {
            className = name;
            super.visit(version, access, name, signature, superName, interfaces);
        }

        @Override
        public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
            if (name.equals("CVT_TYPE_MAPPER") && value instanceof Integer) {
                mapper = (Integer) value;
            }
            return super.visitField(access, name, descriptor, signature, value);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            switch (road) {
                case JNA_NATIVE:
                    return name.equals("register") && mapper >= 0
                            ? new AtBinding(next, facts.method(name, descriptor).locals())
                            : next;
                case JNA_LIBRARY:
                    return name.equals("getSymbolAddress") && descriptor.equals("(" + STRING + ")J")
                            ? new AtAddress(next, false)
                            : next;
                case JDK_LIBRARY:
                    return name.equals("find") && descriptor.equals("(" + STRING + ")J")
                            ? new AtAddress(next, true)
                            : next;
                case LOADER_LOOKUP:
                    return name.startsWith("lambda$loaderLookup") && descriptor.contains(STRING + ")")
                            ? new InLookup(next, (Type.getArgumentsAndReturnSizes(descriptor) >> 2) - 2)
                            : next;
                default:
                    return name.equals("downcallHandle") && descriptor.endsWith(")Ljava/lang/invoke/MethodHandle;")
                            ? new AtHandle(next, descriptor)
                            : next;
            }
        }

        /** JNA: {@code registerMethod(class, name, signature, conversions, ..., converters, converter, encoding)}. */
        private final class AtBinding extends MethodVisitor {
            private static final int SIGNATURE = 2;
            private static final int CONVERSIONS = 3;
            private static final int RESULT = 6;
            private static final int ADDRESS = 10;
            private static final int TO_NATIVE = 13;
            private static final int FROM_NATIVE = 14;

            private final int firstFree;

            AtBinding(MethodVisitor next, int firstFree) {
                super(Opcodes.ASM9, new WovenFrame(next));
                this.firstFree = firstFree;
            }

            @Override
            public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
                Type[] arguments = Type.getArgumentTypes(descriptor);
                if (!name.equals("registerMethod") || !known(arguments)) {
                    super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
                    return;
                }
                woven = true;
                int[] slots = new int[arguments.length];
                int slot = firstFree;
                for (int i = 0; i < arguments.length; i++) {
                    slots[i] = slot;
                    slot += arguments[i].getSize();
                }
                for (int i = arguments.length - 1; i >= 0; i--) {
                    super.visitVarInsn(arguments[i].getOpcode(Opcodes.ISTORE), slots[i]);
                }
                for (int i : new int[] {0, SIGNATURE, CONVERSIONS, RESULT, ADDRESS, TO_NATIVE, FROM_NATIVE}) {
                    super.visitVarInsn(arguments[i].getOpcode(Opcodes.ILOAD), slots[i]);
                }
                super.visitIntInsn(Opcodes.SIPUSH, mapper);
                call(
                        "directMapping",
                        "(Ljava/lang/Class;" + STRING
                                + "[IIJ[Ljava/lang/Object;Ljava/lang/Object;I)Ljava/lang/Object;");
                super.visitVarInsn(Opcodes.ASTORE, slot);
                super.visitVarInsn(Opcodes.ALOAD, slot);
                super.visitIntInsn(Opcodes.SIPUSH, mapper);
                super.visitVarInsn(Opcodes.ILOAD, slots[RESULT]);
                call("choose", "(Ljava/lang/Object;II)I");
                super.visitVarInsn(Opcodes.ISTORE, slots[RESULT]);
                super.visitVarInsn(Opcodes.ALOAD, slot);
                super.visitVarInsn(Opcodes.ALOAD, slots[FROM_NATIVE]);
                call("choose", "(Ljava/lang/Object;Ljava/lang/Object;)Ljava/lang/Object;");
                super.visitTypeInsn(Opcodes.CHECKCAST, arguments[FROM_NATIVE].getInternalName());
                super.visitVarInsn(Opcodes.ASTORE, slots[FROM_NATIVE]);
                for (int i = 0; i < arguments.length; i++) {
                    super.visitVarInsn(arguments[i].getOpcode(Opcodes.ILOAD), slots[i]);
                }
                super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
            }

            /** The same in every release from 4.0 on, but for the tenth argument: a class, later a method. */
            private boolean known(Type[] arguments) {
                StringBuilder shape = new StringBuilder();
                for (Type argument : arguments) {
                    String text = argument.getDescriptor();
                    shape.append(text.length() <= 2 ? text : text.startsWith("[") ? "[L" : "L");
                }
                return shape.toString().equals("LLL[I[J[JIJJLJIZ[LLL");
            }

            private void call(String name, String descriptor) {
                super.visitMethodInsn(Opcodes.INVOKESTATIC, HookCode.HOOKS, name, descriptor, false);
            }
        }

        /** Tells the address that a library's own look-up returns. */
        private final class AtAddress extends MethodVisitor {
            private final boolean named;

            AtAddress(MethodVisitor next, boolean named) {
                super(Opcodes.ASM9, new WovenFrame(next));
                this.named = named;
            }

            @Override
            public void visitInsn(int opcode) {
                if (opcode == Opcodes.LRETURN) {
                    woven = true;
                    super.visitInsn(Opcodes.DUP2);
                    super.visitVarInsn(Opcodes.ALOAD, 0);
                    if (named) {
                        super.visitMethodInsn(Opcodes.INVOKEVIRTUAL, className, "name", "()" + STRING, false);
                    }
                    super.visitVarInsn(Opcodes.ALOAD, 1);
                    super.visitMethodInsn(
                            Opcodes.INVOKESTATIC,
                            HookCode.HOOKS,
                            "symbol",
                            "(JLjava/lang/Object;" + STRING + ")V",
                            false);
                }
                super.visitInsn(opcode);
            }
        }

        /** Tells the address that a class loader's libraries answer to {@code SymbolLookup.loaderLookup}. */
        private final class InLookup extends MethodVisitor {
            private final int nameSlot;

            InLookup(MethodVisitor next, int nameSlot) {
                super(Opcodes.ASM9, new WovenFrame(next));
                this.nameSlot = nameSlot;
            }

            @Override
            public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
                super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
                if (descriptor.endsWith(STRING + ")J") && (name.equals("findNative") || name.equals("find"))) {
                    woven = true;
                    super.visitInsn(Opcodes.DUP2);
                    super.visitInsn(Opcodes.ACONST_NULL);
                    super.visitVarInsn(Opcodes.ALOAD, nameSlot);
                    super.visitMethodInsn(
                            Opcodes.INVOKESTATIC,
                            HookCode.HOOKS,
                            "symbol",
                            "(JLjava/lang/Object;" + STRING + ")V",
                            false);
                }
            }
        }

        /** Gives out another handle than the JDK has made. */
        private final class AtHandle extends MethodVisitor {
            private final boolean bound;

            AtHandle(MethodVisitor next, String descriptor) {
                super(Opcodes.ASM9, new WovenFrame(next));
                this.bound = descriptor.startsWith("(Ljava/lang/foreign/MemorySegment;");
            }

            @Override
            public void visitInsn(int opcode) {
                if (opcode == Opcodes.ARETURN) {
                    woven = true;
                    if (bound) {
                        super.visitVarInsn(Opcodes.ALOAD, 1);
                        super.visitVarInsn(Opcodes.ALOAD, 2);
                    } else {
                        super.visitInsn(Opcodes.ACONST_NULL);
                        super.visitVarInsn(Opcodes.ALOAD, 1);
                    }
                    super.visitMethodInsn(
                            Opcodes.INVOKESTATIC,
                            HookCode.HOOKS,
                            "downcall",
                            "(Ljava/lang/invoke/MethodHandle;Ljava/lang/Object;Ljava/lang/Object;)"
                                    + "Ljava/lang/invoke/MethodHandle;",
                            false);
                }
                super.visitInsn(opcode);
            }
        }
    }
}
