package io.notsock.agent.weave;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Writes the hooks of one class into its class file. Apart from {@link Weaver}, so that a start whose classes were all
 * woven earlier loads nothing of ASM.
 */
final class ClassWeaver {
    /** The tag of a class in a constant pool. */
    private static final int CONSTANT_CLASS = 7;

    private ClassWeaver() {}

    /** @param missed takes the calls that could not be hooked */
    static byte[] weave(WeavePlan.ClassSites plan, byte[] classFile, MissedCalls missed) {
        ClassReader reader = new ClassReader(classFile);
        if (plan.wholePackage && !callsAny(plan.calls, reader)) {
            return null;
        }
        ClassFacts facts = ClassFacts.of(reader);
        byte[] woven = write(reader, plan, facts, missed);
        return missed.none() ? woven : write(reader, plan, facts, missed);
    }

    private static byte[] write(ClassReader reader, WeavePlan.ClassSites plan, ClassFacts facts, MissedCalls missed) {
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(new WovenClass(writer, plan, facts, missed), ClassReader.EXPAND_FRAMES);
        return writer.toByteArray();
    }

    /** Whether the class names one of the called classes at all: its constant pool tells, its code need not be read. */
    private static boolean callsAny(List<Site> calls, ClassReader reader) {
        char[] buffer = new char[reader.getMaxStringLength()];
        for (int i = 1; i < reader.getItemCount(); i++) {
            int item = reader.getItem(i);
            if (item > 0 && reader.readByte(item - 1) == CONSTANT_CLASS) {
                String named = reader.readUTF8(item, buffer);
                for (Site call : calls) {
                    if (named != null && WeavePlan.matches(call.owner, named)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static final class WovenClass extends ClassVisitor {
        private final WeavePlan.ClassSites plan;
        private final ClassFacts facts;
        private final MissedCalls missed;
        private String className;
        private boolean frames;

        WovenClass(ClassVisitor next, WeavePlan.ClassSites plan, ClassFacts facts, MissedCalls missed) {
            super(Opcodes.ASM9, next);
            this.plan = plan;
            this.facts = facts;
            this.missed = missed;
        }

        @Override
        public void visit(
                int version, int access, String name, String signature, String superName, String[] interfaces) {
            className = name;
            frames = (version & 0xFFFF) >= Opcodes.V1_6; // stack maps came with class files of Java 6
            super.visit(version, access, name, signature, superName, interfaces);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            if ((access & (Opcodes.ACC_NATIVE | Opcodes.ACC_ABSTRACT)) != 0) {
                return next;
            }
            List<Site> around = new ArrayList<>();
            for (Site site : plan.methods) {
                if (site.isMethod(className, name, descriptor) && facts.has(site, name, descriptor)) {
                    around.add(site);
                }
            }
            boolean jna = plan.road == Road.JNA_FUNCTION
                    && name.equals("invoke")
                    && (descriptor.equals("([Ljava/lang/Object;Ljava/lang/Class;ZI)Ljava/lang/Object;")
                            || descriptor.equals("([Ljava/lang/Object;Ljava/lang/Class;Z)Ljava/lang/Object;"));
            if (around.isEmpty() && plan.calls.isEmpty() && !jna) {
                return next;
            }
            return new MethodWeaver(
                    new WovenFrame(next),
                    className,
                    name,
                    descriptor,
                    frames,
                    facts.method(name, descriptor),
                    around,
                    plan.calls,
                    missed,
                    jna);
        }
    }
}
