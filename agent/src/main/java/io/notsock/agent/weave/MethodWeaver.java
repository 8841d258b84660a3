package io.notsock.agent.weave;

import io.notsock.catalog.Entry;
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
 * Writes hooks around the body of one method and around call sites inside it.
 *
 * <p>Design. All new locals lie above the method's own, so no instruction of it changes and no local is ever reused. What
 * is told before the body runs is wrapped in a try block of its own, since the call may throw a StackOverflowError before
 * the callee's own catch is reached, and the real close must happen all the same. Every return jumps to one epilogue behind
 * the body; every exception that leaves the body passes one handler behind it, which is last in the table, so that the
 * method's own handlers come first, and which throws the same exception again.
 *
 * <p>Stack maps: frames of the method itself get the new locals appended; in our own frames the method's locals are TOP,
 * for nothing of ours reads them. Neither needs a common super class to be found, so no class is loaded while weaving.
 */
final class MethodWeaver extends MethodVisitor {
    private static final String HOOKS = "java/io/NotsockHooks";
    private static final String DESCRIPTOR_OF_FD = "Ljava/io/FileDescriptor;";
    private static final Object[] NO_STACK = {};
    private static final Object[] THROWABLE = {"java/lang/Throwable"};

    private final String className;
    private final boolean isStatic;
    private final boolean isConstructor;
    private final boolean frames;
    private final Type[] arguments;
    private final Type result;
    private final int originalLocals;
    private final List<Site> around;
    private final List<Site> calls;
    private final boolean jna;

    /** Verification types of the new locals that are set from the start of the body on, in order of their slots. */
    private final List<Object> newLocals = new ArrayList<>();

    private final int[] tokens;
    private final int[] saved;
    private int jnaToken = -1;
    private int nextLocal;
    private final int resultLocal;
    private final int thrownLocal;
    private final int firstTemporary;
    private final Label bodyStart = new Label();
    private final Label epilogue = new Label();
    private boolean superCalled;
    private int pendingNews;

    MethodWeaver(
            MethodVisitor next,
            String className,
            int access,
            String name,
            String descriptor,
            boolean frames,
            int originalLocals,
            List<Site> around,
            List<Site> calls,
            boolean jna) {
        super(Opcodes.ASM9, next);
        this.className = className;
        this.isStatic = (access & Opcodes.ACC_STATIC) != 0;
        this.isConstructor = name.equals("<init>");
        this.frames = frames;
        this.arguments = Type.getArgumentTypes(descriptor);
        this.result = Type.getReturnType(descriptor);
        this.originalLocals = originalLocals;
        this.around = around;
        this.calls = calls;
        this.jna = jna;
        this.nextLocal = originalLocals;
        this.tokens = new int[around.size()];
        this.saved = new int[arguments.length];
        Arrays.fill(saved, -1);
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = around.get(i).tellsBefore() ? reserve("java/lang/Object") : -1;
        }
        if (jna) {
            jnaToken = reserve("java/lang/Object");
        }
        for (Site site : around) {
            if (site.tellsAfter()) {
                for (Place place : site.entry.numbers()) {
                    saveFor(place);
                }
                saveFor(site.entry.owner());
                saveFor(site.entry.closer());
            }
        }
        this.resultLocal = nextLocal;
        this.thrownLocal = nextLocal + 2;
        this.firstTemporary = nextLocal + 3;
    }

    private int reserve(Object verificationType) {
        int slot = nextLocal;
        newLocals.add(verificationType);
        nextLocal += verificationType == Opcodes.LONG || verificationType == Opcodes.DOUBLE ? 2 : 1;
        return slot;
    }

    private void saveFor(Place place) {
        if (place != null
                && (place.kind() == Place.Kind.ARGUMENT || place.kind() == Place.Kind.ARGUMENT_ELEMENTS)
                && saved[place.argument()] < 0) {
            saved[place.argument()] = reserve(verificationType(arguments[place.argument()]));
        }
    }

    private boolean wrapsBody() {
        return jna || !around.isEmpty();
    }

    private boolean seesExit() {
        return jna || around.stream().anyMatch(s -> s.tellsBefore() || s.tellsAfter());
    }

    private boolean seesException() {
        if (isConstructor) {
            return false;
        }
        return jna || around.stream().anyMatch(Site::tellsBefore);
    }

    // --- entry
    // ---------------------------------------------------------------------------------------------------------

    @Override
    public void visitCode() {
        super.visitCode();
        if (!wrapsBody()) {
            return;
        }
        for (int token : tokens) {
            if (token >= 0) {
                setNull(token);
            }
        }
        if (jna) {
            setNull(jnaToken);
        }
        for (int i = 0; i < saved.length; i++) {
            if (saved[i] >= 0) {
                super.visitVarInsn(arguments[i].getOpcode(Opcodes.ILOAD), argumentSlot(i));
                super.visitVarInsn(arguments[i].getOpcode(Opcodes.ISTORE), saved[i]);
            }
        }
        boolean guarded = jna || around.stream().anyMatch(s -> s.tellsBefore() || s.entry.role() == Role.COUNT);
        if (guarded) {
            Label start = new Label();
            Label end = new Label();
            Label handler = new Label();
            Label after = new Label();
            super.visitTryCatchBlock(start, end, handler, "java/lang/Throwable");
            super.visitLabel(start);
            for (int i = 0; i < tokens.length; i++) {
                Site site = around.get(i);
                if (site.tellsBefore()) {
                    pushBefore(site, this::loadEntryPlace);
                    super.visitVarInsn(Opcodes.ASTORE, tokens[i]);
                } else if (site.entry.role() == Role.COUNT) {
                    pushInt(site.hook);
                    loadField(site.entry.flag());
                    call("count", "(IZ)V");
                }
            }
            if (jna) {
                pushBeforeJna();
            }
            super.visitLabel(end);
            super.visitJumpInsn(Opcodes.GOTO, after);
            super.visitLabel(handler);
            frame(entryLocals(), THROWABLE);
            super.visitInsn(Opcodes.POP);
            super.visitLabel(after);
            frame(entryLocals(), NO_STACK);
            super.visitInsn(Opcodes.NOP); // the body may begin with a frame of its own
        }
        super.visitLabel(bodyStart);
        around.forEach(Site::markWoven);
    }

    private void setNull(int slot) {
        super.visitInsn(Opcodes.ACONST_NULL);
        super.visitVarInsn(Opcodes.ASTORE, slot);
    }

    private void pushBeforeJna() {
        pushInt(0);
        super.visitVarInsn(Opcodes.ALOAD, 0);
        super.visitFieldInsn(Opcodes.GETFIELD, className, "functionName", "Ljava/lang/String;");
        super.visitVarInsn(Opcodes.ALOAD, 0);
        super.visitFieldInsn(Opcodes.GETFIELD, className, "library", "Lcom/sun/jna/NativeLibrary;");
        super.visitVarInsn(Opcodes.ALOAD, argumentSlot(0));
        call("beforeNative", "(ILjava/lang/String;Ljava/lang/Object;[Ljava/lang/Object;)Ljava/lang/Object;");
        super.visitVarInsn(Opcodes.ASTORE, jnaToken);
    }

    /** Pushes hook, owner, number, source and calls {@code before}; its token is left on the stack. */
    private void pushBefore(Site site, PlaceLoader loader) {
        Entry entry = site.entry;
        pushInt(site.hook);
        pushOwner(entry, loader);
        pushNumber(entry.numbers().get(0), loader);
        if (entry.source() == null) {
            super.visitLdcInsn(-1L);
        } else {
            pushNumber(entry.source(), loader);
        }
        call("before", "(ILjava/lang/Object;JJ)Ljava/lang/Object;");
    }

    /** Pushes hook, owner, closer and number of each place and calls {@code after}. */
    private void pushAfter(Site site, PlaceLoader loader, Type resultType, Runnable loadResult) {
        Entry entry = site.entry;
        for (Place number : entry.numbers()) {
            pushInt(site.hook);
            pushOwner(entry, loader);
            if (entry.closer() == null) {
                super.visitInsn(Opcodes.ACONST_NULL);
            } else {
                loader.load(entry.closer());
            }
            if (number.kind() == Place.Kind.ARGUMENT_ELEMENTS) {
                loader.load(number);
                call("afterElements", "(ILjava/lang/Object;Ljava/lang/Object;[I)V");
                continue;
            }
            if (entry.onlyIfPositive()) {
                loadResult.run();
                toLong(resultType);
                pushNumber(number, loader);
                call("ifPositive", "(JJ)J");
            } else {
                pushNumber(number, loader);
            }
            call("after", "(ILjava/lang/Object;Ljava/lang/Object;J)V");
        }
    }

    /** Loads the value at a place; answers its type. */
    private interface PlaceLoader {
        Type load(Place place);
    }

    private void pushOwner(Entry entry, PlaceLoader loader) {
        if (entry.owner() != null) {
            loader.load(entry.owner());
            return;
        }
        Place number = entry.numbers().get(0);
        if (number.kind() == Place.Kind.ARGUMENT_ELEMENTS) {
            super.visitInsn(Opcodes.ACONST_NULL);
            return;
        }
        // A descriptor object is the owner of the number inside it; an integer has none.
        Type type = loader.load(number);
        if (type.getSort() != Type.OBJECT) {
            super.visitInsn(type.getSize() == 2 ? Opcodes.POP2 : Opcodes.POP);
            super.visitInsn(Opcodes.ACONST_NULL);
        }
    }

    private void pushNumber(Place place, PlaceLoader loader) {
        Type type = loader.load(place);
        switch (place.kind()) {
            case RETURN_HI:
                pushInt(32);
                super.visitInsn(Opcodes.LSHR);
                break;
            case RETURN_LO:
                super.visitInsn(Opcodes.L2I);
                super.visitInsn(Opcodes.I2L);
                break;
            default:
                toLong(type);
                break;
        }
    }

    private void toLong(Type type) {
        switch (type.getSort()) {
            case Type.OBJECT:
            case Type.ARRAY:
                call("number", "(" + DESCRIPTOR_OF_FD + ")J");
                break;
            case Type.LONG:
                break;
            case Type.VOID:
                super.visitInsn(Opcodes.LCONST_0);
                break;
            default:
                super.visitInsn(Opcodes.I2L);
                break;
        }
    }

    private Type loadEntryPlace(Place place) {
        switch (place.kind()) {
            case ARGUMENT:
                super.visitVarInsn(
                        arguments[place.argument()].getOpcode(Opcodes.ILOAD), argumentSlot(place.argument()));
                return arguments[place.argument()];
            case THIS:
            case CALLER:
                super.visitVarInsn(Opcodes.ALOAD, 0);
                return Type.getObjectType(className);
            case FIELD:
                return loadField(place);
            default:
                throw new IllegalStateException(place + " has no value before the call");
        }
    }

    private Type loadField(Place place) {
        super.visitVarInsn(Opcodes.ALOAD, 0);
        super.visitFieldInsn(Opcodes.GETFIELD, className, place.field(), place.descriptor());
        return Type.getType(place.descriptor());
    }

    private Type loadExitPlace(Place place) {
        switch (place.kind()) {
            case RETURN:
            case RETURN_HI:
            case RETURN_LO:
                loadResult();
                return result;
            case ARGUMENT:
            case ARGUMENT_ELEMENTS:
                super.visitVarInsn(arguments[place.argument()].getOpcode(Opcodes.ILOAD), saved[place.argument()]);
                return arguments[place.argument()];
            default:
                return loadEntryPlace(place);
        }
    }

    private void loadResult() {
        super.visitVarInsn(result.getOpcode(Opcodes.ILOAD), resultLocal);
    }

    // --- body
    // ----------------------------------------------------------------------------------------------------------

    @Override
    public void visitFrame(int type, int localCount, Object[] locals, int stackCount, Object[] stack) {
        if (newLocals.isEmpty()) {
            super.visitFrame(type, localCount, locals, stackCount, stack);
            return;
        }
        Object[] all = withNewLocals(Arrays.copyOf(locals, localCount));
        super.visitFrame(Opcodes.F_NEW, all.length, all, stackCount, stack);
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN && seesExit()) {
            if (opcode != Opcodes.RETURN) {
                super.visitVarInsn(result.getOpcode(Opcodes.ISTORE), resultLocal);
            }
            super.visitJumpInsn(Opcodes.GOTO, epilogue);
            return;
        }
        super.visitInsn(opcode);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        if (opcode == Opcodes.NEW) {
            pendingNews++;
        }
        super.visitTypeInsn(opcode, type);
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        if (opcode == Opcodes.INVOKESPECIAL && name.equals("<init>")) {
            if (pendingNews > 0) {
                pendingNews--;
            } else {
                superCalled = true; // the only <init> without a NEW before it is this() or super()
            }
        }
        for (Site site : calls) {
            if (site.isCall(owner, name, descriptor) && (!isConstructor || superCalled)) {
                site.markWoven();
                weaveCall(site, opcode, owner, name, descriptor, isInterface);
                return;
            }
        }
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
    }

    /** The arguments go into temporaries that no later frame mentions, so they cost nothing but slots. */
    private void weaveCall(Site site, int opcode, String owner, String name, String descriptor, boolean isInterface) {
        Type[] types = Type.getArgumentTypes(descriptor);
        Type callResult = Type.getReturnType(descriptor);
        int[] slots = new int[types.length];
        int slot = firstTemporary;
        for (int i = 0; i < types.length; i++) {
            slots[i] = slot;
            slot += types[i].getSize();
        }
        int token = slot;
        int value = slot + 1;
        for (int i = types.length - 1; i >= 0; i--) {
            super.visitVarInsn(types[i].getOpcode(Opcodes.ISTORE), slots[i]);
        }
        PlaceLoader loader = place -> {
            switch (place.kind()) {
                case ARGUMENT:
                case ARGUMENT_ELEMENTS:
                    super.visitVarInsn(types[place.argument()].getOpcode(Opcodes.ILOAD), slots[place.argument()]);
                    return types[place.argument()];
                case RETURN:
                case RETURN_HI:
                case RETURN_LO:
                    super.visitVarInsn(callResult.getOpcode(Opcodes.ILOAD), value);
                    return callResult;
                case CALLER:
                    if (isStatic) {
                        super.visitInsn(Opcodes.ACONST_NULL);
                        return Type.getObjectType("java/lang/Object");
                    }
                    return loadEntryPlace(place);
                default:
                    return loadEntryPlace(place);
            }
        };
        if (site.tellsBefore()) {
            pushBefore(site, loader);
            super.visitVarInsn(Opcodes.ASTORE, token);
        }
        for (int i = 0; i < types.length; i++) {
            super.visitVarInsn(types[i].getOpcode(Opcodes.ILOAD), slots[i]);
        }
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        boolean hasValue = callResult.getSort() != Type.VOID;
        if (hasValue) {
            super.visitVarInsn(callResult.getOpcode(Opcodes.ISTORE), value);
        }
        if (site.tellsBefore()) {
            pushInt(site.hook);
            super.visitVarInsn(Opcodes.ALOAD, token);
            pushOutcome(callResult, () -> super.visitVarInsn(callResult.getOpcode(Opcodes.ILOAD), value));
            call("done", "(ILjava/lang/Object;J)V");
        } else {
            pushAfter(site, loader, callResult, () -> super.visitVarInsn(callResult.getOpcode(Opcodes.ILOAD), value));
        }
        if (hasValue) {
            super.visitVarInsn(callResult.getOpcode(Opcodes.ILOAD), value);
        }
    }

    /** The result as the hook wants it: an integer widened to long; objects and void tell nothing but success. */
    private void pushOutcome(Type type, Runnable load) {
        int sort = type.getSort();
        if (sort >= Type.BOOLEAN && sort <= Type.INT) {
            load.run();
            super.visitInsn(Opcodes.I2L);
        } else if (sort == Type.LONG) {
            load.run();
        } else {
            super.visitInsn(Opcodes.LCONST_0);
        }
    }

    // --- exit
    // ----------------------------------------------------------------------------------------------------------

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        if (seesExit()) {
            Label bodyEnd = new Label();
            super.visitLabel(bodyEnd);
            if (seesException()) {
                writeHandler(bodyEnd);
            }
            writeEpilogue();
        }
        super.visitMaxs(maxStack, maxLocals);
    }

    private void writeHandler(Label bodyEnd) {
        Label handler = new Label();
        Label start = new Label();
        Label end = new Label();
        Label swallow = new Label();
        Label rethrow = new Label();
        super.visitTryCatchBlock(bodyStart, bodyEnd, handler, null);
        super.visitTryCatchBlock(start, end, swallow, "java/lang/Throwable");
        super.visitLabel(handler);
        frame(exitLocals(false, null), THROWABLE);
        super.visitVarInsn(Opcodes.ASTORE, thrownLocal);
        super.visitLabel(start);
        for (int i = tokens.length - 1; i >= 0; i--) {
            if (tokens[i] >= 0) {
                pushFailed(around.get(i).hook, tokens[i]);
            }
        }
        if (jna) {
            pushFailed(0, jnaToken);
        }
        super.visitLabel(end);
        super.visitJumpInsn(Opcodes.GOTO, rethrow);
        super.visitLabel(swallow);
        frame(exitLocals(false, "java/lang/Throwable"), THROWABLE);
        super.visitInsn(Opcodes.POP);
        super.visitLabel(rethrow);
        frame(exitLocals(false, "java/lang/Throwable"), NO_STACK);
        super.visitVarInsn(Opcodes.ALOAD, thrownLocal);
        super.visitInsn(Opcodes.ATHROW);
    }

    private void pushFailed(int hook, int token) {
        pushInt(hook);
        super.visitVarInsn(Opcodes.ALOAD, token);
        super.visitVarInsn(Opcodes.ALOAD, thrownLocal);
        call("failed", "(ILjava/lang/Object;Ljava/lang/Throwable;)V");
    }

    private void writeEpilogue() {
        Label start = new Label();
        Label end = new Label();
        Label swallow = new Label();
        Label leave = new Label();
        super.visitTryCatchBlock(start, end, swallow, "java/lang/Throwable");
        super.visitLabel(epilogue);
        frame(exitLocals(true, null), NO_STACK);
        super.visitInsn(Opcodes.NOP);
        super.visitLabel(start);
        for (int i = tokens.length - 1; i >= 0; i--) {
            Site site = around.get(i);
            if (tokens[i] >= 0) {
                pushInt(site.hook);
                super.visitVarInsn(Opcodes.ALOAD, tokens[i]);
                pushOutcome(result, this::loadResult);
                call("done", "(ILjava/lang/Object;J)V");
            } else if (site.tellsAfter()) {
                pushAfter(site, this::loadExitPlace, result, this::loadResult);
            }
        }
        if (jna) {
            pushInt(0);
            super.visitVarInsn(Opcodes.ALOAD, jnaToken);
            loadResult();
            call("doneNative", "(ILjava/lang/Object;Ljava/lang/Object;)V");
        }
        super.visitLabel(end);
        super.visitJumpInsn(Opcodes.GOTO, leave);
        super.visitLabel(swallow);
        frame(exitLocals(true, null), THROWABLE);
        super.visitInsn(Opcodes.POP);
        super.visitLabel(leave);
        frame(exitLocals(true, null), NO_STACK);
        if (result.getSort() != Type.VOID) {
            loadResult();
        }
        super.visitInsn(result.getOpcode(Opcodes.IRETURN));
    }

    // --- frames
    // --------------------------------------------------------------------------------------------------------

    private void frame(Object[] locals, Object[] stack) {
        if (frames) {
            super.visitFrame(Opcodes.F_NEW, locals.length, locals, stack.length, stack);
        }
    }

    /** Receiver and arguments as at entry, then the new locals. */
    private Object[] entryLocals() {
        List<Object> locals = new ArrayList<>();
        if (!isStatic) {
            locals.add(isConstructor ? Opcodes.UNINITIALIZED_THIS : className);
        }
        for (Type argument : arguments) {
            locals.add(verificationType(argument));
        }
        return withNewLocals(locals.toArray());
    }

    /**
     * Behind the body nothing is known about the method's own locals; the receiver is kept where a hook reads it (javac
     * never overwrites it), then the new locals, then the result or the exception.
     */
    private Object[] exitLocals(boolean withResult, Object thrown) {
        List<Object> locals = new ArrayList<>();
        if (!isStatic && originalLocals > 0 && readsReceiverAtExit()) {
            locals.add(className);
        }
        List<Object> all = new ArrayList<>(Arrays.asList(withNewLocals(locals.toArray())));
        if (withResult && result.getSort() != Type.VOID) {
            all.add(verificationType(result));
        } else if (thrown != null) {
            all.add(Opcodes.TOP); // the two slots of the result
            all.add(Opcodes.TOP);
            all.add(thrown);
        }
        return all.toArray();
    }

    private boolean readsReceiverAtExit() {
        for (Site site : around) {
            if (site.tellsAfter()
                    && (readsReceiver(site.entry.owner())
                            || readsReceiver(site.entry.closer())
                            || site.entry.numbers().stream().anyMatch(MethodWeaver::readsReceiver))) {
                return true;
            }
        }
        return false;
    }

    private static boolean readsReceiver(Place place) {
        return place != null
                && (place.kind() == Place.Kind.THIS
                        || place.kind() == Place.Kind.FIELD
                        || place.kind() == Place.Kind.CALLER);
    }

    private Object[] withNewLocals(Object[] locals) {
        int slots = 0;
        for (Object local : locals) {
            slots += local == Opcodes.LONG || local == Opcodes.DOUBLE ? 2 : 1;
        }
        List<Object> all = new ArrayList<>(Arrays.asList(locals));
        for (; slots < originalLocals; slots++) {
            all.add(Opcodes.TOP);
        }
        all.addAll(newLocals);
        return all.toArray();
    }

    private static Object verificationType(Type type) {
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

    // --- small writing
    // -------------------------------------------------------------------------------------------------

    private int argumentSlot(int index) {
        int slot = isStatic ? 0 : 1;
        for (int i = 0; i < index; i++) {
            slot += arguments[i].getSize();
        }
        return slot;
    }

    private void pushInt(int value) {
        if (value >= Byte.MIN_VALUE && value <= Byte.MAX_VALUE) {
            super.visitIntInsn(Opcodes.BIPUSH, value);
        } else {
            super.visitIntInsn(Opcodes.SIPUSH, value);
        }
    }

    private void call(String name, String descriptor) {
        super.visitMethodInsn(Opcodes.INVOKESTATIC, HOOKS, name, descriptor, false);
    }
}
