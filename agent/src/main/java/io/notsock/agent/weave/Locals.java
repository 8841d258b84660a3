package io.notsock.agent.weave;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * The local variables of a woven method: its own, ours above them, and what the verifier's stack maps have to say of both.
 *
 * <p>Ours lie above the method's own, so no instruction of it changes and no local is ever shared. In frames of the method
 * they are appended; in our own frames, behind the body, the method's locals
 * are TOP, for nothing of ours reads them there, but in handlers of calls, which have what the method's own handlers expect.
 */
final class Locals {
    private static final Object[] NONE = {};

    private final String className;
    private final boolean isStatic;
    private final boolean isConstructor;
    private final Type[] arguments;
    private final int original;

    /** Verification types of our locals, in the order of their slots. */
    private final List<Object> ours = new ArrayList<>();

    private int next;

    /** @param original size of the method's own frame, in slots */
    Locals(String className, boolean isStatic, boolean isConstructor, Type[] arguments, int original) {
        this.className = className;
        this.isStatic = isStatic;
        this.isConstructor = isConstructor;
        this.arguments = arguments;
        this.original = original;
        this.next = original;
    }

    /** A new local that is set from the start of the body on. */
    int reserve(Object verificationType) {
        int slot = next;
        ours.add(verificationType);
        next += slots(verificationType);
        return slot;
    }

    /** The first slot above everything reserved: for values that no frame mentions, or only frames behind the body. */
    int free() {
        return next;
    }

    boolean none() {
        return ours.isEmpty();
    }

    int argumentSlot(int index) {
        int slot = isStatic ? 0 : 1;
        for (int i = 0; i < index; i++) {
            slot += arguments[i].getSize();
        }
        return slot;
    }

    /** Receiver and arguments as at entry, then ours. */
    Object[] atEntry() {
        List<Object> locals = new ArrayList<>();
        if (!isStatic) {
            locals.add(isConstructor ? Opcodes.UNINITIALIZED_THIS : className);
        }
        for (Type argument : arguments) {
            locals.add(verificationType(argument));
        }
        return withOurs(locals.toArray());
    }

    /**
     * Behind the body: the receiver where a hook reads it (javac never overwrites it), ours, and what is behind them.
     *
     * @param behind verification types of the slots from {@link #free()} on
     */
    Object[] behindBody(boolean withReceiver, Object... behind) {
        Object[] ofMethod = withReceiver && !isStatic ? new Object[] {className} : NONE;
        List<Object> all = new ArrayList<>(Arrays.asList(withOurs(ofMethod)));
        all.addAll(Arrays.asList(behind));
        return all.toArray();
    }

    /**
     * A frame's locals with ours and temporaries appended.
     *
     * @param first slot of the first temporary
     */
    Object[] above(Object[] ofMethod, int first, Object... temporaries) {
        List<Object> all = new ArrayList<>(Arrays.asList(withOurs(ofMethod)));
        for (int slot = next; slot < first; slot++) {
            all.add(Opcodes.TOP);
        }
        all.addAll(Arrays.asList(temporaries));
        return all.toArray();
    }

    /** A frame's locals with ours appended. */
    Object[] withOurs(Object[] ofMethod) {
        int slots = 0;
        for (Object local : ofMethod) {
            slots += slots(local);
        }
        List<Object> all = new ArrayList<>(Arrays.asList(ofMethod));
        for (; slots < original; slots++) {
            all.add(Opcodes.TOP);
        }
        all.addAll(ours);
        return all.toArray();
    }

    private static int slots(Object verificationType) {
        return verificationType == Opcodes.LONG || verificationType == Opcodes.DOUBLE ? 2 : 1;
    }

    static Object verificationType(Type type) {
        switch (type.getSort()) {
            case Type.LONG:
                return Opcodes.LONG;
            case Type.DOUBLE:
                return Opcodes.DOUBLE;
            case Type.FLOAT:
                return Opcodes.FLOAT;
            case Type.ARRAY:
            case Type.OBJECT:
                return type.getInternalName();
            default:
                return Opcodes.INTEGER;
        }
    }
}
