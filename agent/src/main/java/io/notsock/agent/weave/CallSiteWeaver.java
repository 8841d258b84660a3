package io.notsock.agent.weave;

import io.notsock.catalog.Place;
import java.util.List;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Writes a hook around one call instruction, for targets that have no body to write into.
 *
 * <p>Arguments, token and result go into temporaries that none of the method's frames mentions. What the call throws passes a handler
 * of its own behind the method's body, which throws it again ({@link TryBlocks}).
 */
final class CallSiteWeaver implements Places {
    private final MethodVisitor code;
    private final HookCode hooks;
    private final String className;
    private final boolean inStatic;
    private final int receiverSlot;
    private final Type[] arguments;
    private final int[] slots;
    private final Type result;
    private final List<Site> sites;
    /** The first hook's token; those of the others follow. */
    private final int tokenSlot;

    /** The result, or what was thrown: a call returns or throws, never both. */
    private final int resultSlot;

    private final Label start = new Label();
    private final Label end = new Label();

    /**
     * @param receiverSlot where the caller's {@code this} is
     * @param firstFree the first local slot that nothing else uses
     * @param sites the hooks of this call; a call that gives out two descriptors has one for each
     */
    CallSiteWeaver(
            MethodVisitor code,
            String className,
            boolean inStatic,
            int receiverSlot,
            String descriptor,
            int firstFree,
            List<Site> sites) {
        this.sites = sites;
        this.code = code;
        this.hooks = new HookCode(code);
        this.className = className;
        this.inStatic = inStatic;
        this.receiverSlot = receiverSlot;
        this.arguments = Type.getArgumentTypes(descriptor);
        this.result = Type.getReturnType(descriptor);
        this.slots = new int[arguments.length];
        int slot = firstFree;
        for (int i = 0; i < arguments.length; i++) {
            slots[i] = slot;
            slot += arguments[i].getSize();
        }
        this.tokenSlot = slot;
        this.resultSlot = slot + sites.size();
    }

    void weave(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        for (int i = arguments.length - 1; i >= 0; i--) {
            code.visitVarInsn(arguments[i].getOpcode(Opcodes.ISTORE), slots[i]);
        }
        for (int i = 0; i < sites.size(); i++) {
            if (sites.get(i).tellsBefore()) {
                hooks.before(sites.get(i), this);
                code.visitVarInsn(Opcodes.ASTORE, tokenSlot + i);
            }
        }
        for (int i = 0; i < arguments.length; i++) {
            code.visitVarInsn(arguments[i].getOpcode(Opcodes.ILOAD), slots[i]);
        }
        code.visitLabel(start);
        code.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        code.visitLabel(end);
        if (result.getSort() != Type.VOID) {
            code.visitVarInsn(result.getOpcode(Opcodes.ISTORE), resultSlot);
        }
        for (int i = 0; i < sites.size(); i++) {
            Site site = sites.get(i);
            if (site.tellsBefore()) {
                hooks.done(site.hook, tokenSlot + i, result, this);
            } else if (site.tellsAfter()) {
                hooks.after(site, this);
            }
        }
        loadResult();
    }

    /** Whether it matters how the call ends. */
    boolean tellsBefore() {
        for (Site site : sites) {
            if (site.tellsBefore()) {
                return true;
            }
        }
        return false;
    }

    /** The type as which the handler reads the caller's {@code this}, or {@code null} where it does not. */
    String receiver() {
        for (Site site : sites) {
            if (site.isUse() && !inStatic && site.entry.readsReceiver()) {
                return TryBlocks.OBJECT;
            }
        }
        return null;
    }

    /** Has what the call throws go to this handler. */
    void writeBlock(Label handler) {
        code.visitTryCatchBlock(start, end, handler, null);
    }

    /** Verification types of what the slots from the first argument on hold as the call is made. */
    Object[] temporaries() {
        Object[] types = new Object[arguments.length + sites.size()];
        for (int i = 0; i < arguments.length; i++) {
            types[i] = Locals.verificationType(arguments[i]);
        }
        for (int i = 0; i < sites.size(); i++) {
            types[arguments.length + i] = sites.get(i).tellsBefore() ? "java/lang/Object" : Opcodes.TOP;
        }
        return types;
    }

    /** The handler's code behind its frame: the exception is on the stack, and leaves again. */
    void writeHandler() {
        code.visitVarInsn(Opcodes.ASTORE, resultSlot);
        for (int i = sites.size() - 1; i >= 0; i--) {
            Site site = sites.get(i);
            if (site.isUse()) {
                hooks.useFailed(site, tokenSlot + i, resultSlot, this);
            } else if (site.tellsBefore()) {
                hooks.failed(site.hook, tokenSlot + i, resultSlot);
            }
        }
        code.visitVarInsn(Opcodes.ALOAD, resultSlot);
        code.visitInsn(Opcodes.ATHROW);
    }

    @Override
    public Type load(Place place) {
        switch (place.kind()) {
            case ARGUMENT:
            case ARGUMENT_ELEMENTS:
                code.visitVarInsn(arguments[place.argument()].getOpcode(Opcodes.ILOAD), slots[place.argument()]);
                return arguments[place.argument()];
            case RETURN:
            case RETURN_HI:
            case RETURN_LO:
                return loadResult();
            default:
                if (inStatic) {
                    code.visitInsn(Opcodes.ACONST_NULL);
                } else {
                    code.visitVarInsn(Opcodes.ALOAD, receiverSlot);
                }
                return Type.getObjectType(className);
        }
    }

    @Override
    public Type loadResult() {
        if (result.getSort() != Type.VOID) {
            code.visitVarInsn(result.getOpcode(Opcodes.ILOAD), resultSlot);
        }
        return result;
    }
}
