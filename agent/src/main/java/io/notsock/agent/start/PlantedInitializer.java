package io.notsock.agent.start;

import io.notsock.agent.weave.ClassFileParts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;

/**
 * Defines a class in {@code java.base} by code that runs there: a static initializer for a class of the JDK that has none, is
 * never loaded at a start, and is loaded now.
 *
 * <p>The API for it, {@code Instrumentation.redefineModule} and a {@code Lookup}, is the first code of a JVM that makes
 * lambdas, which costs every start 10 ms of CPU (docs/decisions/0013). The initializer does what {@code Lookup.defineClass}
 * ends in, catches all there is to catch, and finds nothing to do when it should ever run again.
 */
final class PlantedInitializer extends ClassLoader implements ClassFileTransformer {
    /** Deprecated since Java 1.1, not serializable, without a static initializer in JDK 11 to 25. */
    private static final String HOST = "java.io.StringBufferInputStream";
    /** What the initializer asks its thread's context class loader for: the class file. */
    private static final String RESOURCE = "io.notsock.hooks";

    private static final String CLINIT = "<clinit>";
    private static final int HANDLER = 33;

    private final String defined;
    private final byte[] classFile;
    private final ByteArrayOutputStream constants = new ByteArrayOutputStream();
    private int next;

    /** @param defined the class to be defined, as class files name it */
    PlantedInitializer(String defined, byte[] classFile) {
        super(null);
        this.defined = defined;
        this.classFile = classFile;
    }

    /**
     * Whether the class was defined is for the caller to see: there may be reasons that it was not, a JDK without the host, or
     * another agent that changes it too.
     */
    void define(Instrumentation instrumentation) {
        Thread thread = Thread.currentThread();
        ClassLoader context = thread.getContextClassLoader();
        instrumentation.addTransformer(this);
        thread.setContextClassLoader(this); // seen by this thread alone, which runs the initializer
        try {
            Class.forName(HOST, true, null);
        } catch (ClassNotFoundException | LinkageError e) {
            return;
        } finally {
            thread.setContextClassLoader(context);
            instrumentation.removeTransformer(this);
        }
    }

    @Override
    public InputStream getResourceAsStream(String name) {
        return name.equals(RESOURCE) ? new ByteArrayInputStream(classFile) : null;
    }

    /** @return the host with its initializer, {@code null} for any other class, and where something is not as expected */
    @Override
    public byte[] transform(ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] host) {
        if (loader != null || !HOST.replace('.', '/').equals(name)) {
            return null;
        }
        try {
            return planted(host);
        } catch (RuntimeException e) {
            return null;
        }
    }

    byte[] planted(byte[] host) {
        ClassFileParts parts = new ClassFileParts(host);
        if (parts.hasConstant(CLINIT)) {
            return null;
        }
        constants.reset();
        next = parts.constants();
        byte[] method = initializer();
        ByteArrayOutputStream out = new ByteArrayOutputStream(host.length + 1024);
        out.write(host, 0, ClassFileParts.CONSTANT_COUNT);
        u2(out, next);
        int afterCount = ClassFileParts.CONSTANT_COUNT + 2;
        out.write(host, afterCount, parts.endOfConstants() - afterCount);
        out.writeBytes(constants.toByteArray());
        out.write(host, parts.endOfConstants(), parts.methodCount() - parts.endOfConstants());
        u2(out, parts.methods() + 1);
        out.write(host, parts.methodCount() + 2, parts.endOfMethods() - parts.methodCount() - 2);
        out.writeBytes(method);
        out.write(host, parts.endOfMethods(), host.length - parts.endOfMethods());
        return out.toByteArray();
    }

    /**
     * {@code static { try { byte[] b = Thread.currentThread().getContextClassLoader().getResourceAsStream(RESOURCE).readAllBytes();
     * Unsafe.getUnsafe().defineClass(name, b, 0, b.length, null, null); } catch (Throwable t) { } }}
     */
    private byte[] initializer() {
        String unsafe = "jdk/internal/misc/Unsafe";
        ByteArrayOutputStream code = new ByteArrayOutputStream();
        code.write(0xb8); // invokestatic
        u2(code, method(unsafe, "getUnsafe", "()Ljdk/internal/misc/Unsafe;"));
        code.write(0x13); // ldc_w
        u2(code, string(defined));
        code.write(0xb8); // invokestatic
        u2(code, method("java/lang/Thread", "currentThread", "()Ljava/lang/Thread;"));
        code.write(0xb6); // invokevirtual
        u2(code, method("java/lang/Thread", "getContextClassLoader", "()Ljava/lang/ClassLoader;"));
        code.write(0x13); // ldc_w
        u2(code, string(RESOURCE));
        code.write(0xb6); // invokevirtual
        u2(code, method("java/lang/ClassLoader", "getResourceAsStream", "(Ljava/lang/String;)Ljava/io/InputStream;"));
        code.write(0xb6); // invokevirtual
        u2(code, method("java/io/InputStream", "readAllBytes", "()[B"));
        code.write(0x59); // dup
        code.write(0xbe); // arraylength
        code.write(0x3b); // istore_0
        code.write(0x03); // iconst_0
        code.write(0x1a); // iload_0
        code.write(0x01); // aconst_null
        code.write(0x01); // aconst_null
        code.write(0xb6); // invokevirtual
        u2(
                code,
                method(
                        unsafe,
                        "defineClass",
                        "(Ljava/lang/String;[BIILjava/lang/ClassLoader;Ljava/security/ProtectionDomain;)Ljava/lang/Class;"));
        code.write(0x57); // pop
        code.write(0xb1); // return
        code.write(0x57); // pop: HANDLER
        code.write(0xb1); // return
        int throwable = type("java/lang/Throwable");

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        u2(out, 0x0008); // static
        u2(out, utf8(CLINIT));
        u2(out, utf8("()V"));
        u2(out, 1);
        u2(out, utf8("Code"));
        int stackMap = utf8("StackMapTable");
        u4(out, 2 + 2 + 4 + code.size() + 2 + 8 + 2 + 6 + 2 + 4);
        u2(out, 7); // stack
        u2(out, 1); // locals
        u4(out, code.size());
        out.writeBytes(code.toByteArray());
        u2(out, 1);
        u2(out, 0);
        u2(out, HANDLER - 1);
        u2(out, HANDLER);
        u2(out, throwable);
        u2(out, 1);
        u2(out, stackMap);
        u4(out, 2 + 4);
        u2(out, 1);
        out.write(64 + HANDLER); // the locals of the entry, one value on the stack (JVMS 4.7.4)
        out.write(7); // an object
        u2(out, throwable);
        return out.toByteArray();
    }

    // --- constants that are appended to those of the host, so that no index in it changes (JVMS 4.4)

    private int utf8(String text) {
        constants.write(1);
        u2(constants, text.length());
        for (int i = 0; i < text.length(); i++) {
            constants.write(text.charAt(i)); // ASCII, as all names here are
        }
        return next++;
    }

    private int type(String name) {
        return reference(7, utf8(name));
    }

    private int string(String text) {
        return reference(8, utf8(text));
    }

    private int method(String owner, String name, String descriptor) {
        int type = type(owner);
        int nameIndex = utf8(name);
        int descriptorIndex = utf8(descriptor);
        int nameAndType = pair(12, nameIndex, descriptorIndex);
        return pair(10, type, nameAndType);
    }

    private int reference(int tag, int index) {
        constants.write(tag);
        u2(constants, index);
        return next++;
    }

    private int pair(int tag, int first, int second) {
        constants.write(tag);
        u2(constants, first);
        u2(constants, second);
        return next++;
    }

    // --- big-endian numbers; the first DataOutputStream of a JVM makes six VarHandles that nothing else needs

    private static void u2(ByteArrayOutputStream out, int value) {
        out.write(value >> 8);
        out.write(value);
    }

    private static void u4(ByteArrayOutputStream out, int value) {
        u2(out, value >> 16);
        u2(out, value);
    }
}
