package io.notsock.agent.weave;

import io.notsock.catalog.Entry;
import io.notsock.catalog.Place;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** Writes the calls of {@code java.io.NotsockHooks}: arguments from where the catalog says they are. */
final class HookCode {
    static final String HOOKS = "java/io/NotsockHooks";

    private final MethodVisitor code;

    HookCode(MethodVisitor code) {
        this.code = code;
    }

    /** Calls {@code before}, or {@code use} for an operation; the token is left on the stack. */
    void before(Site site, Places places) {
        Entry entry = site.entry;
        pushInt(site.hook);
        pushOwner(entry, places);
        pushNumber(entry.numbers().get(0), places);
        if (site.isUse()) {
            call("use", "(ILjava/lang/Object;J)Ljava/lang/Object;");
            return;
        }
        if (entry.source() == null) {
            code.visitLdcInsn(-1L);
        } else {
            pushNumber(entry.source(), places);
        }
        call("before", "(ILjava/lang/Object;JJ)Ljava/lang/Object;");
    }

    /** Calls {@code after} for every number that the target has given out. */
    void after(Site site, Places places) {
        Entry entry = site.entry;
        for (Place number : entry.numbers()) {
            pushInt(site.hook);
            pushOwner(entry, places);
            if (entry.closer() == null) {
                code.visitInsn(Opcodes.ACONST_NULL);
            } else {
                places.load(entry.closer());
            }
            if (number.kind() == Place.Kind.ARGUMENT_ELEMENTS) {
                places.load(number);
                call("afterElements", "(ILjava/lang/Object;Ljava/lang/Object;[I)V");
                continue;
            }
            if (entry.onlyIfPositive()) {
                toLong(places.loadResult());
                pushNumber(number, places);
                call("ifPositive", "(JJ)J");
            } else {
                pushNumber(number, places);
            }
            call("after", "(ILjava/lang/Object;Ljava/lang/Object;J)V");
        }
    }

    /** Calls {@code done} with the token and the result: integers widened to long, of all else only that it returned. */
    void done(int hook, int tokenSlot, Type result, Places places) {
        pushInt(hook);
        code.visitVarInsn(Opcodes.ALOAD, tokenSlot);
        int sort = result.getSort();
        if (sort == Type.LONG || (sort >= Type.BOOLEAN && sort <= Type.INT)) {
            toLong(places.loadResult());
        } else {
            code.visitInsn(Opcodes.LCONST_0);
        }
        call("done", "(ILjava/lang/Object;J)V");
    }

    /** Calls {@code useFailed} with the token, what {@code use} was called with, and the exception. */
    void useFailed(Site site, int tokenSlot, int thrownSlot, Places places) {
        pushInt(site.hook);
        code.visitVarInsn(Opcodes.ALOAD, tokenSlot);
        pushOwner(site.entry, places);
        pushNumber(site.entry.numbers().get(0), places);
        code.visitVarInsn(Opcodes.ALOAD, thrownSlot);
        call("useFailed", "(ILjava/lang/Object;Ljava/lang/Object;JLjava/lang/Throwable;)V");
    }

    /** Calls {@code failed} with the token and the exception. */
    void failed(int hook, int tokenSlot, int thrownSlot) {
        pushInt(hook);
        code.visitVarInsn(Opcodes.ALOAD, tokenSlot);
        code.visitVarInsn(Opcodes.ALOAD, thrownSlot);
        call("failed", "(ILjava/lang/Object;Ljava/lang/Throwable;)V");
    }

    /** Calls {@code count} with the flag that tells a redundant close. */
    void count(Site site, Places places) {
        pushInt(site.hook);
        places.load(site.entry.flag());
        call("count", "(IZ)V");
    }

    /** Calls {@code begun} with the object that the constructor has made. */
    void begun(Site site, Places places) {
        places.load(site.entry.owner());
        pushInt(site.hook);
        call("begun", "(Ljava/lang/Object;I)V");
    }

    /** Calls {@code ends} with the object and what it will no longer know. */
    void ends(Site site, Places places) {
        places.load(site.entry.owner());
        if (site.entry.source() == null) {
            code.visitInsn(Opcodes.ACONST_NULL);
        } else {
            places.load(site.entry.source());
        }
        pushInt(site.hook);
        call("ends", "(Ljava/lang/Object;Ljava/lang/Object;I)V");
    }

    /** Calls {@code explain} with the exception on top of the stack, which is used up. */
    void explain(Site site, Places places) {
        places.load(site.entry.owner());
        pushInt(site.hook);
        call("explain", "(Ljava/lang/Throwable;Ljava/lang/Object;I)V");
    }

    /** Calls {@code beforeNative} inside JNA's {@code Function.invoke}; the token is left on the stack. */
    void beforeNative(String className, int argumentsSlot) {
        String home = className.substring(0, className.lastIndexOf('/') + 1);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitFieldInsn(Opcodes.GETFIELD, className, "functionName", "Ljava/lang/String;");
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitFieldInsn(
                Opcodes.GETFIELD, className, "library", "L".concat(home).concat("NativeLibrary;"));
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitFieldInsn(Opcodes.GETFIELD, className, "peer", "J");
        code.visitVarInsn(Opcodes.ALOAD, argumentsSlot);
        call(
                "beforeNative",
                "(Ljava/lang/Object;Ljava/lang/String;Ljava/lang/Object;J[Ljava/lang/Object;)Ljava/lang/Object;");
    }

    /** Calls {@code doneNative} with the token and the result. */
    void doneNative(int tokenSlot, Places places) {
        code.visitVarInsn(Opcodes.ALOAD, tokenSlot);
        places.loadResult();
        call("doneNative", "(Ljava/lang/Object;Ljava/lang/Object;)V");
    }

    private void pushOwner(Entry entry, Places places) {
        if (entry.owner() == null) {
            code.visitInsn(Opcodes.ACONST_NULL);
        } else {
            places.load(entry.owner());
        }
    }

    private void pushNumber(Place place, Places places) {
        Type type = places.load(place);
        switch (place.kind()) {
            case RETURN_HI:
                pushInt(Integer.SIZE);
                code.visitInsn(Opcodes.LSHR);
                break;
            case RETURN_LO:
                code.visitInsn(Opcodes.L2I);
                code.visitInsn(Opcodes.I2L);
                break;
            default:
                toLong(type);
                break;
        }
    }

    /** Makes a long of the value on the stack: a descriptor object gives the number inside it. */
    private void toLong(Type type) {
        switch (type.getSort()) {
            case Type.OBJECT:
                call("number", "(Ljava/io/FileDescriptor;)J");
                break;
            case Type.LONG:
                break;
            default:
                code.visitInsn(Opcodes.I2L);
                break;
        }
    }

    private void pushInt(int value) {
        if (value >= Byte.MIN_VALUE && value <= Byte.MAX_VALUE) {
            code.visitIntInsn(Opcodes.BIPUSH, value);
        } else if (value <= Short.MAX_VALUE) {
            code.visitIntInsn(Opcodes.SIPUSH, value);
        } else {
            code.visitLdcInsn(value);
        }
    }

    private void call(String name, String descriptor) {
        code.visitMethodInsn(Opcodes.INVOKESTATIC, HOOKS, name, descriptor, false);
    }
}
