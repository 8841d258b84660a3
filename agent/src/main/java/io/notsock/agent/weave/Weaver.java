package io.notsock.agent.weave;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Gives classes that the catalog names their hooks, as the JVM loads or retransforms them.
 *
 * <p>Decides by name alone, before anything else is touched: logging, locking or loading inside a transformer is what
 * deadlocked other agents. A class that cannot be woven is left as it was, and the failure is reported.
 */
public final class Weaver implements ClassFileTransformer {
    /** The tag of a class in a constant pool. */
    private static final int CONSTANT_CLASS = 7;

    /** What the agent itself loads, its own JNA for instance, has no hooks. */
    private static final ClassLoader OURS = Weaver.class.getClassLoader();

    private final WeavePlan plan;
    private final Listener listener;

    /** Is told how weaving went; called in the thread that loads the class: must be quick, must not load or log. */
    public interface Listener {
        /** A target of this entry does not exist in the class that should have it. */
        void missing(int entry, String target);

        /** This version of a library does not have a target of this entry. */
        void absent(int entry);

        /** A class through which native functions are called is not as any known release has it. */
        void roadMissing(String className);

        /** A class could not be woven at all. */
        void failed(String className, Throwable reason);
    }

    public Weaver(WeavePlan plan, Listener listener) {
        this.plan = plan;
        this.listener = listener;
    }

    @Override
    public byte[] transform(
            ClassLoader loader, String className, Class<?> redefined, ProtectionDomain domain, byte[] classFile) {
        if (className == null || loader == OURS) {
            return null;
        }
        WeavePlan.ClassPlan classPlan = plan.find(className);
        if (classPlan == null) {
            return null;
        }
        try {
            if (classPlan.road != null && classPlan.road != Road.JNA_FUNCTION) {
                byte[] woven = RoadWeaver.weave(classPlan.road, classFile);
                if (woven == null) {
                    listener.roadMissing(className);
                }
                return woven;
            }
            byte[] woven = weave(classPlan, classFile);
            List<Site> sites = classPlan.sites();
            for (Site site : sites) {
                if (!site.woven() && !hasAlternative(site, sites) && (!site.inPackage || site.isBlind())) {
                    tellMissing(site);
                }
            }
            return woven;
        } catch (Throwable t) {
            listener.failed(className, t);
            return null;
        }
    }

    /** A JDK is known method by method; of a library there are many versions, and one may well do without a method. */
    private void tellMissing(Site site) {
        if (site.owner.startsWith("*")) {
            if (site.isBlind()) {
                listener.absent(site.entryIndex);
            }
        } else {
            listener.missing(site.entryIndex, site.target.toString());
        }
    }

    private static boolean hasAlternative(Site missing, List<Site> sites) {
        for (Site site : sites) {
            if (site.woven() && site.isAlternativeTo(missing)) {
                return true;
            }
        }
        return false;
    }

    static byte[] weave(WeavePlan.ClassPlan plan, byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        if (plan.wholePackage && !callsAny(plan.calls, reader)) {
            return null;
        }
        Map<String, Integer> locals = localsOf(reader);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(new WovenClass(writer, plan, locals), ClassReader.EXPAND_FRAMES);
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

    /** The size of each method's frame: new locals go above it, and the reader tells it only at a method's end. */
    static Map<String, Integer> localsOf(ClassReader reader) {
        Map<String, Integer> locals = new HashMap<>();
        reader.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        return new MethodVisitor(Opcodes.ASM9) {
                            @Override
                            public void visitMaxs(int maxStack, int maxLocals) {
                                locals.put(name + descriptor, maxLocals);
                            }
                        };
                    }
                },
                ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return locals;
    }

    private static final class WovenClass extends ClassVisitor {
        private final WeavePlan.ClassPlan plan;
        private final Map<String, Integer> locals;
        private String className;
        private boolean frames;

        WovenClass(ClassVisitor next, WeavePlan.ClassPlan plan, Map<String, Integer> locals) {
            super(Opcodes.ASM9, next);
            this.plan = plan;
            this.locals = locals;
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
                if (site.isMethod(className, name, descriptor)) {
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
                    next,
                    className,
                    access,
                    name,
                    descriptor,
                    frames,
                    locals.getOrDefault(name + descriptor, 0),
                    around,
                    plan.calls,
                    jna);
        }
    }
}
