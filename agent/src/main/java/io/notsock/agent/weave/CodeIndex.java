package io.notsock.agent.weave;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** The methods that jars and folders of classes declare, and the calls in them; nothing of it is loaded or run. */
public final class CodeIndex {
    /** A method as its class declares it. */
    public static final class Method {
        public final String owner;
        public final String name;
        public final String descriptor;
        public final boolean isNative;
        public final boolean isAbstract;
        public final boolean isStatic;

        Method(String owner, String name, String descriptor, int access) {
            this.owner = owner;
            this.name = name;
            this.descriptor = descriptor;
            this.isNative = (access & Opcodes.ACC_NATIVE) != 0;
            this.isAbstract = (access & Opcodes.ACC_ABSTRACT) != 0;
            this.isStatic = (access & Opcodes.ACC_STATIC) != 0;
        }

        @Override
        public String toString() {
            return owner.replace('/', '.') + "." + name + descriptor;
        }
    }

    /** A call instruction: which method of which class calls which method. */
    public static final class Call {
        public final String caller;
        public final String callerMethod;
        public final String owner;
        public final String name;
        public final String descriptor;

        Call(String caller, String callerMethod, String owner, String name, String descriptor) {
            this.caller = caller;
            this.callerMethod = callerMethod;
            this.owner = owner;
            this.name = name;
            this.descriptor = descriptor;
        }

        /** The calling class, dotted. */
        public String callerName() {
            return caller.replace('/', '.');
        }
    }

    public final List<Method> methods = new ArrayList<>();
    public final List<Call> calls = new ArrayList<>();
    private final Set<String> fields = new HashSet<>();
    private final Map<String, String> superClasses = new HashMap<>();

    /** Reads jars and folders, separated as in a class path. */
    public static CodeIndex of(String classpath) throws IOException {
        CodeIndex index = new CodeIndex();
        for (String element : classpath.split(File.pathSeparator, -1)) {
            if (!element.isEmpty()) {
                index.read(Path.of(element));
            }
        }
        return index;
    }

    /** The classes that call a method, dotted, by name. */
    public SortedSet<String> callers(Method method) {
        SortedSet<String> callers = new TreeSet<>();
        for (Call call : calls) {
            if (call.owner.equals(method.owner)
                    && call.name.equals(method.name)
                    && call.descriptor.equals(method.descriptor)) {
                callers.add(call.callerName());
            }
        }
        return callers;
    }

    /**
     * Whether a class has a field of this name and type, inherited ones included; true where a super class is not among the given code.
     *
     * @param owner internal name of the class
     */
    public boolean mayHaveField(String owner, String name, String descriptor) {
        for (String type = owner; type != null; type = superClasses.get(type)) {
            if (fields.contains(type + '.' + name + ':' + descriptor)) {
                return true;
            }
            if (!superClasses.containsKey(type)) {
                return !type.equals("java/lang/Object");
            }
        }
        return false;
    }

    private void read(Path element) throws IOException {
        if (Files.isDirectory(element)) {
            try (Stream<Path> files = Files.walk(element)) {
                files.filter(file -> file.toString().endsWith(".class")).forEach(file -> {
                    try {
                        read(Files.readAllBytes(file));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
            return;
        }
        try (JarFile jar = new JarFile(element.toFile())) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                if (entry.getName().endsWith(".class")) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        read(in.readAllBytes());
                    }
                }
            }
        }
    }

    private void read(byte[] classFile) {
        try {
            ClassReader reader = new ClassReader(classFile);
            reader.accept(new Reader(reader.getClassName()), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        } catch (IllegalArgumentException e) {
            // A class file of a Java release that this agent does not know: a multi-release jar has it for others.
        }
    }

    private final class Reader extends ClassVisitor {
        private final String caller;

        Reader(String caller) {
            super(Opcodes.ASM9);
            this.caller = caller;
        }

        @Override
        public void visit(
                int version, int access, String name, String signature, String superName, String[] interfaces) {
            superClasses.put(name, superName);
        }

        @Override
        public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
            fields.add(caller + '.' + name + ':' + descriptor);
            return null;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            methods.add(new Method(caller, name, descriptor, access));
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitMethodInsn(
                        int opcode, String owner, String calledName, String calledDescriptor, boolean isInterface) {
                    calls.add(new Call(caller, name, owner, calledName, calledDescriptor));
                }
            };
        }
    }
}
