package io.notsock.agent.weave;

import io.notsock.catalog.Place;
import io.notsock.catalog.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Writes hooks around the body of one method, and hands the call sites inside it to {@link CallSiteWeaver}.
 *
 * <p>Design. What is told before the body runs is wrapped in a try block of its own, since the call may throw a
 * StackOverflowError before the callee's own catch is reached, and the real close must happen all the same. Every return
 * jumps to one epilogue behind the body; every exception that leaves the body passes one handler behind it, which is last
 * in the table, so that the method's own handlers come first, and which throws the same exception again.
 *
 * <p>No common super class has to be found for the stack maps, so no class is loaded while weaving ({@link Locals}).
 */
final class MethodWeaver extends MethodVisitor implements Places {
    private static final List<Site> NO_SITES = List.of();
    private static final Object[] NO_STACK = {};
    private static final Object[] THROWABLE = {"java/lang/Throwable"};

    private final String className;
    private final boolean isStatic;
    private final String methodName;
    private final boolean isConstructor;
    private final MethodFacts facts;
    private final boolean frames;
    private final Type[] arguments;
    private final Type result;
    private final List<Site> around;
    private final SiteNeeds needs;
    private final List<Site> calls;
    private final String method;
    private final MissedCalls missed;
    private final boolean jna;
    private final Locals locals;
    private final HookCode hooks;
    /** Where each hook's token is, -1 for hooks without one. */
    private final int[] tokens;
    /** Where a copy of each argument is that an exit hook needs: the method may overwrite the argument itself. */
    private final int[] saved;

    private int jnaToken = -1;
    /** Where {@code this} is: in a copy where the method puts something else into its place. */
    private int receiverSlot;

    private final int resultSlot;
    private final int thrownSlot;
    private final int firstTemporary;
    private final Label bodyStart = new Label();
    private final Label epilogue = new Label();
    /** True behind the body, where arguments are read from their copies. */
    private boolean behindBody;

    private boolean superCalled;
    private int constructorCalls;
    private final TryBlocks tryBlocks;
    private final List<HandledCall> handled = new ArrayList<>();
    private int hookedCalls;

    /** A woven call whose exceptions are told. */
    private static final class HandledCall {
        final CallSiteWeaver call;
        final TryBlocks.Around around;
        final int number;
        final Label handler = new Label();
        /** What the handler finds of the method's own locals. */
        Object[] locals;

        HandledCall(CallSiteWeaver call, TryBlocks.Around around, int number) {
            this.call = call;
            this.around = around;
            this.number = number;
        }
    }

    MethodWeaver(
            MethodVisitor next,
            String className,
            String name,
            String descriptor,
            boolean frames,
            MethodFacts facts,
            List<Site> around,
            List<Site> calls,
            MissedCalls missed,
            boolean jna) {
        super(Opcodes.ASM9, next);
        this.className = className;
        this.facts = facts;
        this.isStatic = facts.isStatic();
        this.methodName = name;
        this.isConstructor = facts.isConstructor();
        this.frames = frames;
        this.arguments = Type.getArgumentTypes(descriptor);
        this.result = Type.getReturnType(descriptor);
        this.around = around;
        this.needs = new SiteNeeds(around);
        this.calls = calls;
        this.method = name.concat(descriptor);
        this.missed = missed;
        this.jna = jna;
        this.locals = new Locals(className, isStatic, isConstructor, arguments, facts.locals());
        this.hooks = new HookCode(next);
        this.tryBlocks = new TryBlocks(frames);
        this.tokens = new int[around.size()];
        this.saved = new int[arguments.length];
        Arrays.fill(saved, -1);
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = around.get(i).tellsBefore() ? locals.reserve("java/lang/Object") : -1;
        }
        if (jna) {
            jnaToken = locals.reserve("java/lang/Object");
        }
        for (Site site : around) {
            if (site.tellsAfter()) {
                for (Place place : site.entry.numbers()) {
                    saveFor(place);
                }
                saveFor(site.entry.owner());
                saveFor(site.entry.closer());
            } else if (site.isUse()) {
                saveFor(site.entry.numbers().get(0)); // an operation that fails tells who it was once more
                saveFor(site.entry.owner());
            } else if (site.entry.role() == Role.EXPLAIN) {
                saveFor(site.entry.owner());
            }
        }
        if (facts.reusesReceiver() && !isConstructor && (SiteNeeds.receiver(around) || SiteNeeds.receiver(calls))) {
            receiverSlot = locals.reserve(className);
        }
        this.resultSlot = locals.free();
        this.thrownSlot = resultSlot; // a method returns or throws, never both
        this.firstTemporary = resultSlot + 2;
    }

    private void saveFor(Place place) {
        if (place != null && place.argument() >= 0 && saved[place.argument()] < 0) {
            saved[place.argument()] = locals.reserve(Locals.verificationType(arguments[place.argument()]));
        }
    }

    private boolean seesExit() {
        return jna || needs.exit();
    }

    private boolean seesException() {
        return !isConstructor && (jna || needs.exception());
    }

    // --- entry
    // ---------------------------------------------------------------------------------------------------------

    @Override
    public void visitCode() {
        super.visitCode();
        if (receiverSlot != 0) {
            super.visitVarInsn(Opcodes.ALOAD, 0);
            super.visitVarInsn(Opcodes.ASTORE, receiverSlot);
        }
        if (!jna && around.isEmpty()) {
            return;
        }
        for (int token : tokens) {
            setNull(token);
        }
        setNull(jnaToken);
        for (int i = 0; i < saved.length; i++) {
            if (saved[i] >= 0) {
                super.visitVarInsn(arguments[i].getOpcode(Opcodes.ILOAD), locals.argumentSlot(i));
                super.visitVarInsn(arguments[i].getOpcode(Opcodes.ISTORE), saved[i]);
            }
        }
        if (jna || needs.entry()) {
            writeEntry();
        }
        mv.visitLabel(bodyStart);
        for (Site site : around) {
            site.markWoven();
        }
    }

    private void setNull(int slot) {
        if (slot >= 0) {
            super.visitInsn(Opcodes.ACONST_NULL);
            super.visitVarInsn(Opcodes.ASTORE, slot);
        }
    }

    private void writeEntry() {
        Label start = new Label();
        Label end = new Label();
        Label swallow = new Label();
        Label body = new Label();
        mv.visitTryCatchBlock(start, end, swallow, THROWABLE[0].toString());
        mv.visitLabel(start);
        for (int i = 0; i < tokens.length; i++) {
            Site site = around.get(i);
            if (site.tellsBefore()) {
                hooks.before(site, this);
                super.visitVarInsn(Opcodes.ASTORE, tokens[i]);
            } else if (site.entry.role() == Role.COUNT) {
                hooks.count(site, this);
            } else if (site.entry.role() == Role.END) {
                hooks.ends(site, this);
            }
        }
        if (jna) {
            hooks.beforeNative(className, locals.argumentSlot(0));
            super.visitVarInsn(Opcodes.ASTORE, jnaToken);
        }
        mv.visitLabel(end);
        super.visitJumpInsn(Opcodes.GOTO, body);
        mv.visitLabel(swallow);
        frame(locals.atEntry(), THROWABLE);
        swallow(locals.atEntry(), body);
        mv.visitLabel(body);
        frame(locals.atEntry(), NO_STACK);
        super.visitInsn(Opcodes.NOP); // the body may begin with a frame of its own
    }

    // --- body
    // ----------------------------------------------------------------------------------------------------------

    /** Written at the end: of two blocks around an instruction the first in the table wins, and those of calls lie innermost. */
    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, String type) {
        tryBlocks.add(start, end, handler, type);
    }

    @Override
    public void visitLabel(Label label) {
        tryBlocks.pass(label);
        mv.visitLabel(label);
    }

    @Override
    public void visitFrame(int type, int localCount, Object[] ofMethod, int stackCount, Object[] stack) {
        tryBlocks.frame(Arrays.copyOf(ofMethod, localCount));
        if (locals.none()) {
            mv.visitFrame(type, localCount, ofMethod, stackCount, stack);
            return;
        }
        Object[] all = locals.withOurs(Arrays.copyOf(ofMethod, localCount));
        mv.visitFrame(Opcodes.F_NEW, all.length, all, stackCount, stack);
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode < Opcodes.IRETURN || opcode > Opcodes.RETURN || !seesExit()) {
            super.visitInsn(opcode);
            return;
        }
        if (opcode != Opcodes.RETURN) {
            super.visitVarInsn(result.getOpcode(Opcodes.ISTORE), resultSlot);
        }
        super.visitJumpInsn(Opcodes.GOTO, epilogue);
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        boolean initialized = !isConstructor || superCalled;
        boolean leavesObject = false;
        if (opcode == Opcodes.INVOKESPECIAL && name.equals("<init>")) {
            superCalled |= facts.isSuperCall(constructorCalls);
            leavesObject = facts.leavesObject(constructorCalls);
            constructorCalls++;
        }
        List<Site> hooked = NO_SITES;
        Site explaining = null;
        for (Site site : calls) {
            if (site.isCall(methodName, owner, name, descriptor) && canTell(site, initialized)) {
                site.markWoven();
                if (site.entry.role() == Role.EXPLAIN) {
                    // A super(...) of an exception leaves nothing behind, nor one that is made and thrown away.
                    explaining = leavesObject ? site : explaining;
                } else if (site.entry.role() == Role.END) {
                    if (!isStatic) {
                        hooks.ends(site, this); // leaves the call's arguments where they are
                    }
                } else {
                    hooked = hooked.isEmpty() ? new ArrayList<>(2) : hooked;
                    hooked.add(site);
                }
            }
        }
        if (!hooked.isEmpty()) {
            int number = hookedCalls++;
            if (missed.contains(method, number)) {
                missed.addSites(hooked);
                super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
                return;
            }
            CallSiteWeaver call =
                    new CallSiteWeaver(mv, className, isStatic, receiverSlot, descriptor, firstTemporary, hooked);
            call.weave(opcode, owner, name, descriptor, isInterface);
            if (call.tellsBefore()) {
                handled.add(new HandledCall(call, tryBlocks.around(), number));
            }
            return;
        }
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        if (explaining != null && !isStatic) {
            super.visitInsn(Opcodes.DUP); // the exception
            hooks.explain(explaining, this);
        }
    }

    /**
     * Whether this is a moment to be told of a call: inside a constructor's {@code super(...)} there is no {@code this}, and no handler can stand
     * behind it that would fit (JVMS 4.10.1.6).
     */
    private boolean canTell(Site site, boolean initialized) {
        if (facts.losesReceiver() && site.entry.readsReceiver()) {
            missed.addSites(List.of(site));
            return false;
        }
        if (site.tellsBefore()) {
            return initialized;
        }
        return !isConstructor || superCalled || !site.entry.readsReceiver();
    }

    // --- exit
    // ----------------------------------------------------------------------------------------------------------

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        writeHandlersOfCalls();
        if (seesExit() || seesException()) {
            Label bodyEnd = new Label();
            mv.visitLabel(bodyEnd);
            behindBody = true;
            if (seesException()) {
                writeHandler(bodyEnd);
            }
            if (seesExit()) {
                writeEpilogue();
            }
        }
        super.visitMaxs(maxStack, maxLocals);
    }

    private void writeHandlersOfCalls() {
        for (HandledCall each : handled) {
            String receiver = each.call.receiver();
            if (receiverSlot != 0) {
                receiver = null;
            } else if (seesException() && needs.receiverInHandler()) {
                receiver = className;
            }
            each.locals = tryBlocks.localsIn(each.around, receiver);
            if (each.locals == null) {
                missed.add(method, each.number);
            } else {
                each.call.writeBlock(each.handler);
            }
        }
        tryBlocks.writeAll(mv);
        for (HandledCall each : handled) {
            if (each.locals != null) {
                Label end = new Label();
                mv.visitLabel(each.handler);
                frame(locals.above(each.locals, firstTemporary, each.call.temporaries()), THROWABLE);
                each.call.writeHandler();
                mv.visitLabel(end);
                each.around.extendTo(each.handler, end, mv);
            }
        }
    }

    private void writeHandler(Label bodyEnd) {
        Label handler = new Label();
        Label start = new Label();
        Label end = new Label();
        Label swallow = new Label();
        Label rethrow = new Label();
        boolean receiver = receiverSlot == 0 && needs.receiverInHandler();
        mv.visitTryCatchBlock(bodyStart, bodyEnd, handler, null);
        mv.visitTryCatchBlock(start, end, swallow, THROWABLE[0].toString());
        mv.visitLabel(handler);
        frame(locals.behindBody(receiver), THROWABLE);
        super.visitVarInsn(Opcodes.ASTORE, thrownSlot);
        mv.visitLabel(start);
        for (int i = tokens.length - 1; i >= 0; i--) {
            if (tokens[i] >= 0 && around.get(i).isUse()) {
                hooks.useFailed(around.get(i), tokens[i], thrownSlot, this);
            } else if (tokens[i] >= 0) {
                hooks.failed(around.get(i).hook, tokens[i], thrownSlot);
            }
        }
        if (jna) {
            hooks.failed(0, jnaToken, thrownSlot);
        }
        for (Site site : around) {
            if (site.entry.role() == Role.EXPLAIN) {
                super.visitVarInsn(Opcodes.ALOAD, thrownSlot);
                hooks.explain(site, this);
            }
        }
        mv.visitLabel(end);
        super.visitJumpInsn(Opcodes.GOTO, rethrow);
        mv.visitLabel(swallow);
        frame(locals.behindBody(receiver, THROWABLE), THROWABLE);
        swallow(locals.behindBody(receiver, THROWABLE), rethrow);
        mv.visitLabel(rethrow);
        frame(locals.behindBody(receiver, THROWABLE), NO_STACK);
        super.visitVarInsn(Opcodes.ALOAD, thrownSlot);
        super.visitInsn(Opcodes.ATHROW);
    }

    private void writeEpilogue() {
        Label start = new Label();
        Label end = new Label();
        Label swallow = new Label();
        Label leave = new Label();
        boolean receiver = receiverSlot == 0 && needs.receiverInEpilogue();
        Object[] frameLocals = result.getSort() == Type.VOID
                ? locals.behindBody(receiver)
                : locals.behindBody(receiver, Locals.verificationType(result));
        mv.visitTryCatchBlock(start, end, swallow, THROWABLE[0].toString());
        mv.visitLabel(epilogue);
        frame(frameLocals, NO_STACK);
        super.visitInsn(Opcodes.NOP);
        mv.visitLabel(start);
        for (int i = tokens.length - 1; i >= 0; i--) {
            Site site = around.get(i);
            if (site.tellsBefore()) {
                hooks.done(site.hook, tokens[i], result, this);
            } else if (site.tellsAfter()) {
                hooks.after(site, this);
            } else if (site.entry.role() == Role.BEGIN) {
                hooks.begun(site, this);
            }
        }
        if (jna) {
            hooks.doneNative(jnaToken, this);
        }
        mv.visitLabel(end);
        super.visitJumpInsn(Opcodes.GOTO, leave);
        mv.visitLabel(swallow);
        frame(frameLocals, THROWABLE);
        swallow(frameLocals, leave);
        mv.visitLabel(leave);
        frame(frameLocals, NO_STACK);
        loadResult();
        super.visitInsn(result.getOpcode(Opcodes.IRETURN));
    }

    /** What a hook throws in spite of its own catch goes no further; that something was lost is remembered, for which no stack is needed. */
    private void swallow(Object[] frameLocals, Label next) {
        Label start = new Label();
        Label end = new Label();
        Label again = new Label();
        mv.visitTryCatchBlock(start, end, again, THROWABLE[0].toString());
        super.visitInsn(Opcodes.POP);
        mv.visitLabel(start);
        super.visitFieldInsn(Opcodes.GETSTATIC, HookCode.HOOKS, "MISSED", "[Z");
        super.visitInsn(Opcodes.ICONST_0);
        super.visitInsn(Opcodes.ICONST_1);
        super.visitInsn(Opcodes.BASTORE);
        mv.visitLabel(end);
        super.visitJumpInsn(Opcodes.GOTO, next);
        mv.visitLabel(again);
        frame(frameLocals, THROWABLE);
        super.visitInsn(Opcodes.POP);
    }

    private void frame(Object[] frameLocals, Object[] stack) {
        if (frames) {
            mv.visitFrame(Opcodes.F_NEW, frameLocals.length, frameLocals, stack.length, stack);
        }
    }

    // --- places
    // --------------------------------------------------------------------------------------------------------

    @Override
    public Type load(Place place) {
        switch (place.kind()) {
            case ARGUMENT:
            case ARGUMENT_ELEMENTS:
                int index = place.argument();
                super.visitVarInsn(
                        arguments[index].getOpcode(Opcodes.ILOAD),
                        behindBody ? saved[index] : locals.argumentSlot(index));
                return arguments[index];
            case FIELD:
                super.visitVarInsn(Opcodes.ALOAD, receiverSlot);
                super.visitFieldInsn(Opcodes.GETFIELD, className, place.field(), place.descriptor());
                return Type.getType(place.descriptor());
            case RETURN:
            case RETURN_HI:
            case RETURN_LO:
                return loadResult();
            default:
                super.visitVarInsn(Opcodes.ALOAD, receiverSlot);
                return Type.getObjectType(className);
        }
    }

    @Override
    public Type loadResult() {
        if (result.getSort() != Type.VOID) {
            super.visitVarInsn(result.getOpcode(Opcodes.ILOAD), resultSlot);
        }
        return result;
    }
}
