package io.notsock.agent.start;

import io.notsock.agent.weave.ClassFileParts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
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
    private final ByteArrayOutputStream appended = new ByteArrayOutputStream();
    private final DataOutputStream constants = new DataOutputStream(appended);
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
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    byte[] planted(byte[] host) throws IOException {
        ClassFileParts parts = new ClassFileParts(host);
        if (parts.hasConstant(CLINIT)) {
            return null;
        }
        appended.reset();
        next = parts.constants();
        byte[] method = initializer();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(host.length + 1024);
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(host, 0, ClassFileParts.CONSTANT_COUNT);
        out.writeShort(next);
        int afterCount = ClassFileParts.CONSTANT_COUNT + 2;
        out.write(host, afterCount, parts.endOfConstants() - afterCount);
        appended.writeTo(out);
        out.write(host, parts.endOfConstants(), parts.methodCount() - parts.endOfConstants());
        out.writeShort(parts.methods() + 1);
        out.write(host, parts.methodCount() + 2, parts.endOfMethods() - parts.methodCount() - 2);
        out.write(method);
        out.write(host, parts.endOfMethods(), host.length - parts.endOfMethods());
        return bytes.toByteArray();
    }

    /**
     * {@code static { try { byte[] b = Thread.currentThread().getContextClassLoader().getResourceAsStream(RESOURCE).readAllBytes();
     * Unsafe.getUnsafe().defineClass(name, b, 0, b.length, null, null); } catch (Throwable t) { } }}
     */
    private byte[] initializer() throws IOException {
        String unsafe = "jdk/internal/misc/Unsafe";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream code = new DataOutputStream(bytes);
        code.writeByte(0xb8); // invokestatic
        code.writeShort(method(unsafe, "getUnsafe", "()Ljdk/internal/misc/Unsafe;"));
        code.writeByte(0x13); // ldc_w
        code.writeShort(string(defined));
        code.writeByte(0xb8); // invokestatic
        code.writeShort(method("java/lang/Thread", "currentThread", "()Ljava/lang/Thread;"));
        code.writeByte(0xb6); // invokevirtual
        code.writeShort(method("java/lang/Thread", "getContextClassLoader", "()Ljava/lang/ClassLoader;"));
        code.writeByte(0x13); // ldc_w
        code.writeShort(string(RESOURCE));
        code.writeByte(0xb6); // invokevirtual
        code.writeShort(
                method("java/lang/ClassLoader", "getResourceAsStream", "(Ljava/lang/String;)Ljava/io/InputStream;"));
        code.writeByte(0xb6); // invokevirtual
        code.writeShort(method("java/io/InputStream", "readAllBytes", "()[B"));
        code.writeByte(0x59); // dup
        code.writeByte(0xbe); // arraylength
        code.writeByte(0x3b); // istore_0
        code.writeByte(0x03); // iconst_0
        code.writeByte(0x1a); // iload_0
        code.writeByte(0x01); // aconst_null
        code.writeByte(0x01); // aconst_null
        code.writeByte(0xb6); // invokevirtual
        code.writeShort(method(
                unsafe,
                "defineClass",
                "(Ljava/lang/String;[BIILjava/lang/ClassLoader;Ljava/security/ProtectionDomain;)Ljava/lang/Class;"));
        code.writeByte(0x57); // pop
        code.writeByte(0xb1); // return
        code.writeByte(0x57); // pop: HANDLER
        code.writeByte(0xb1); // return
        int throwable = type("java/lang/Throwable");

        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(whole);
        out.writeShort(0x0008); // static
        out.writeShort(utf8(CLINIT));
        out.writeShort(utf8("()V"));
        out.writeShort(1);
        out.writeShort(utf8("Code"));
        int stackMap = utf8("StackMapTable");
        out.writeInt(2 + 2 + 4 + bytes.size() + 2 + 8 + 2 + 6 + 2 + 4);
        out.writeShort(7); // stack
        out.writeShort(1); // locals
        out.writeInt(bytes.size());
        bytes.writeTo(out);
        out.writeShort(1);
        out.writeShort(0);
        out.writeShort(HANDLER - 1);
        out.writeShort(HANDLER);
        out.writeShort(throwable);
        out.writeShort(1);
        out.writeShort(stackMap);
        out.writeInt(2 + 4);
        out.writeShort(1);
        out.writeByte(64 + HANDLER); // the locals of the entry, one value on the stack (JVMS 4.7.4)
        out.writeByte(7); // an object
        out.writeShort(throwable);
        return whole.toByteArray();
    }

    // --- constants that are appended to those of the host, so that no index in it changes (JVMS 4.4)

    private int utf8(String text) throws IOException {
        constants.writeByte(1);
        constants.writeUTF(text);
        return next++;
    }

    private int type(String name) throws IOException {
        return reference(7, utf8(name));
    }

    private int string(String text) throws IOException {
        return reference(8, utf8(text));
    }

    private int method(String owner, String name, String descriptor) throws IOException {
        int type = type(owner);
        int nameIndex = utf8(name);
        int descriptorIndex = utf8(descriptor);
        int nameAndType = pair(12, nameIndex, descriptorIndex);
        return pair(10, type, nameAndType);
    }

    private int reference(int tag, int index) throws IOException {
        constants.writeByte(tag);
        constants.writeShort(index);
        return next++;
    }

    private int pair(int tag, int first, int second) throws IOException {
        constants.writeByte(tag);
        constants.writeShort(first);
        constants.writeShort(second);
        return next++;
    }
}
