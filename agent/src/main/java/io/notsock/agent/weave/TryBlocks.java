package io.notsock.agent.weave;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * A method's own try blocks, as its code is read: which of them an instruction lies in, and what their handlers expect of the
 * locals.
 *
 * <p>A hook's handler for one call stands behind the body and lies in the same blocks as the call, so that what it throws again
 * goes where it would have gone. The verifier wants such a handler to have the locals that the blocks' handlers read (JVMS
 * 4.10.1.4); that the call has them it has checked already. What else is in the locals there need not be known.
 */
final class TryBlocks {
    static final String OBJECT = "java/lang/Object";

    /** False for class files of Java 5 and before, which have no stack maps. */
    private final boolean frames;

    private final List<Block> blocks = new ArrayList<>();
    private final Set<Label> passed = new HashSet<>();
    private final Map<Label, Object[]> expected = new HashMap<>();
    private Label here;

    TryBlocks(boolean frames) {
        this.frames = frames;
    }

    private static final class Block {
        final Label start;
        final Label end;
        final Label handler;
        final String type;

        Block(Label start, Label end, Label handler, String type) {
            this.start = start;
            this.end = end;
            this.handler = handler;
            this.type = type;
        }
    }

    /** The blocks around one call, innermost first. */
    static final class Around {
        private final List<Block> blocks;

        private Around(List<Block> blocks) {
            this.blocks = blocks;
        }

        /** Has the same blocks around other instructions, too. */
        void extendTo(Label start, Label end, MethodVisitor code) {
            for (Block block : blocks) {
                code.visitTryCatchBlock(start, end, block.handler, block.type);
            }
        }
    }

    void add(Label start, Label end, Label handler, String type) {
        blocks.add(new Block(start, end, handler, type));
    }

    void pass(Label label) {
        passed.add(label);
        here = label;
    }

    /** A frame of the method's own; a handler's follows its label at once. */
    void frame(Object[] locals) {
        if (here != null) {
            expected.putIfAbsent(here, locals);
        }
    }

    void writeAll(MethodVisitor code) {
        for (Block block : blocks) {
            code.visitTryCatchBlock(block.start, block.end, block.handler, block.type);
        }
    }

    /** The blocks that the next instruction lies in. */
    Around around() {
        List<Block> found = new ArrayList<>();
        for (Block block : blocks) {
            if (passed.contains(block.start) && !passed.contains(block.end)) {
                found.add(block);
            }
        }
        return new Around(found);
    }

    /**
     * The types of the locals in a handler that lies in these blocks, in the form of a frame. Once the whole method has been read.
     *
     * @param receiver the type as which the handler reads the first local, or {@code null} where it does not. No more is taken for
     *     granted: there are tools that reuse the receiver's slot when nothing reads it any more.
     * @return {@code null} where two blocks expect different things of one local: then there can be no such handler
     */
    Object[] localsIn(Around around, String receiver) {
        List<Object> slots = new ArrayList<>();
        for (Block block : frames ? around.blocks : List.<Block>of()) {
            // No frame: HotSpot does not keep the stack maps of classes that it does not verify, the boot loader's, and
            // gives a transformer class files without (ClassFileParser::parse_stackmap_table).
            Object[] locals = expected.get(block.handler);
            if (locals != null && !merge(slots, locals)) {
                return null;
            }
        }
        if (frames && receiver != null && !hasReceiver(slots, receiver)) {
            return null;
        }
        List<Object> types = new ArrayList<>();
        for (int i = 0; i < slots.size(); i++) {
            types.add(slots.get(i));
            if (isWide(slots.get(i))) {
                i++;
            }
        }
        return types.toArray();
    }

    private static boolean hasReceiver(List<Object> slots, String receiver) {
        if (slots.isEmpty()) {
            slots.add(Opcodes.TOP);
        }
        Object both = slots.get(0) == Opcodes.TOP ? receiver : narrower(slots.get(0), receiver);
        if (both == null) {
            return false;
        }
        slots.set(0, both);
        return receiver.equals(OBJECT) ? both instanceof String : both.equals(receiver);
    }

    /** @param slots one element a slot, the second one of a wide type being TOP */
    private static boolean merge(List<Object> slots, Object[] locals) {
        int slot = 0;
        for (Object type : locals) {
            int size = isWide(type) ? 2 : 1;
            while (slots.size() < slot + size) {
                slots.add(Opcodes.TOP);
            }
            Object there = slots.get(slot);
            if (type != Opcodes.TOP) {
                if (there == Opcodes.TOP && (size == 1 || slots.get(slot + 1) == Opcodes.TOP)) {
                    slots.set(slot, type);
                } else {
                    Object both = narrower(there, type);
                    if (both == null) {
                        return false;
                    }
                    slots.set(slot, both);
                }
            }
            slot += size;
        }
        return true;
    }

    /** The one of two types that is both; compilers that merge types themselves write {@code Object} in an outer handler's frame. */
    private static Object narrower(Object a, Object b) {
        if (a.equals(b)) {
            return a;
        }
        if (!isReference(a) || !isReference(b)) {
            return null;
        }
        if (a == Opcodes.NULL || b.equals(OBJECT)) {
            return a;
        }
        return b == Opcodes.NULL || a.equals(OBJECT) ? b : null;
    }

    private static boolean isReference(Object type) {
        return type instanceof String || type == Opcodes.NULL;
    }

    private static boolean isWide(Object type) {
        return type == Opcodes.LONG || type == Opcodes.DOUBLE;
    }
}
