package io.notsock.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

/** What a handler has to find in the locals, by what the handlers around it expect. */
class TryBlocksTest {
    private static final String SELF = "a/Self";
    private static final String STRING = "java/lang/String";
    private static final String INTEGER = "java/lang/Integer";
    private static final String OBJECT = "java/lang/Object";

    private final TryBlocks blocks = new TryBlocks(true);

    /** Two blocks around one call, and then their handlers with these frames. */
    private TryBlocks.Around around(Object[] inner, Object[] outer) {
        Label start = new Label();
        Label end = new Label();
        Label innerHandler = new Label();
        Label outerHandler = new Label();
        blocks.add(start, end, innerHandler, "java/io/IOException");
        blocks.add(start, end, outerHandler, null);
        blocks.pass(start);
        TryBlocks.Around around = blocks.around();
        blocks.pass(end);
        blocks.pass(innerHandler);
        blocks.frame(inner);
        blocks.pass(outerHandler);
        blocks.frame(outer);
        return around;
    }

    private static Object[] locals(Object... types) {
        return types;
    }

    @Test
    void outsideOfAllBlocksNothingIsExpected() {
        Label end = new Label();
        Label start = new Label();
        blocks.add(start, end, new Label(), null);
        assertThat(blocks.localsIn(blocks.around(), null)).isEmpty();
        blocks.pass(start);
        blocks.pass(end);
        assertThat(blocks.localsIn(blocks.around(), OBJECT)).containsExactly(OBJECT);
    }

    @Test
    void eachHandlerHasWhatItExpects() {
        TryBlocks.Around around =
                around(locals(SELF, Opcodes.LONG, Opcodes.TOP, STRING), locals(SELF, Opcodes.LONG, Opcodes.INTEGER));

        assertThat(blocks.localsIn(around, null)).containsExactly(SELF, Opcodes.LONG, Opcodes.INTEGER, STRING);
    }

    /** A compiler that merges types by itself has lost one of them in the outer handler's frame. */
    @Test
    void ofTwoTypesTheNarrowerIsBoth() {
        TryBlocks.Around around = around(
                locals(SELF, Opcodes.NULL, STRING, OBJECT), locals(SELF, "java/lang/Throwable", OBJECT, INTEGER));

        assertThat(blocks.localsIn(around, SELF)).containsExactly(SELF, Opcodes.NULL, STRING, INTEGER);
    }

    @Test
    void whereNeitherIsKnownToBeTheOtherNoHandlerFits() {
        assertThat(blocks.localsIn(around(locals(SELF, STRING), locals(SELF, INTEGER)), null))
                .isNull();
    }

    @Test
    void aWideLocalAndOneInItsSecondHalfDoNotFit() {
        assertThat(blocks.localsIn(around(locals(SELF, Opcodes.TOP, STRING), locals(SELF, Opcodes.LONG)), null))
                .isNull();
    }

    @Test
    void theReceiverIsWhatItIsReadAs() {
        TryBlocks.Around around = around(locals(OBJECT), locals(Opcodes.TOP));

        assertThat(blocks.localsIn(around, SELF)).containsExactly(SELF);
    }

    /** There are tools that reuse the slot of {@code this} when nothing reads it any more. */
    @Test
    void theReceiverIsExpectedOnlyWhereItIsRead() {
        TryBlocks.Around around = around(locals(Opcodes.INTEGER), locals(Opcodes.TOP));

        assertThat(blocks.localsIn(around, null)).containsExactly(Opcodes.INTEGER);
        assertThat(blocks.localsIn(around, OBJECT)).isNull();
    }

    /** Class files of the boot loader's classes come from HotSpot without stack maps: they are not verified. */
    @Test
    void handlersWithoutAFrameExpectNothing() {
        Label start = new Label();
        Label handler = new Label();
        blocks.add(start, handler, handler, null);
        blocks.pass(start);
        TryBlocks.Around around = blocks.around();
        blocks.pass(handler);

        assertThat(blocks.localsIn(around, OBJECT)).containsExactly(OBJECT);
    }

    @Test
    void classFilesWithoutFramesNeedNone() {
        TryBlocks old = new TryBlocks(false);
        Label start = new Label();
        old.add(start, new Label(), new Label(), null);
        old.pass(start);

        assertThat(old.localsIn(old.around(), SELF)).isEmpty();
    }
}
