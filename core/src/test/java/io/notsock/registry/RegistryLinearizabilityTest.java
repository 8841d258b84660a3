package io.notsock.registry;

import io.notsock.evidence.Act;
import io.notsock.evidence.Recorder;
import io.notsock.evidence.StackPolicy;
import io.notsock.handle.HandleType;
import io.notsock.handle.Space;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/**
 * Whatever threads do to the registry at once has the outcome of doing it one after the other: Lincheck runs random programs
 * and looks for an order that explains what each operation returned.
 *
 * <p>Some seconds in a build; {@code -Dnotsock.lincheck.iterations=N} runs as many programs as you like.
 */
@Param(name = "number", gen = IntGen.class, conf = "0:2")
public class RegistryLinearizabilityTest {
    private static final int ITERATIONS = Integer.getInteger("notsock.lincheck.iterations", 8);
    private static final int INVOCATIONS = 500;
    /** A page is made of 256 slots; Lincheck takes 50 rounds of a loop for one without an end. */
    private static final int LONGEST_LOOP = 1000;

    private static final Opening OPENING = new Opening(Space.FD, HandleType.SOCKET, "java:x", true, false, false);
    private static final Recorder RECORDER = new Recorder(StackPolicy.OFF);
    /** One small number, one in another page, one that is no small integer at all. */
    private static final long[] NUMBERS = {5, 5000, 1L << 40};

    private final Registry registry = new Registry(1, Reachability.BY_GET);

    /** The generation that begins. */
    @Operation
    public int open(@Param(name = "number") int number) {
        return registry.begin(OPENING, NUMBERS[number], act(), null).generation();
    }

    /** The generation that this close has ended, 0 where none was open. */
    @Operation
    public int close(@Param(name = "number") int number) {
        Life life = registry.current(Space.FD, NUMBERS[number]);
        if (life == null || !life.beginClose(act())) {
            return 0;
        }
        life.finishClose();
        return life.generation();
    }

    /** The generation of the current life. */
    @Operation
    public int generation(@Param(name = "number") int number) {
        Life life = registry.current(Space.FD, NUMBERS[number]);
        return life == null ? 0 : life.generation();
    }

    private static Act act() {
        return RECORDER.record(Act.What.OPEN, "java:x", false);
    }

    @Test
    void underStress() {
        new StressOptions()
                .iterations(ITERATIONS)
                .invocationsPerIteration(INVOCATIONS)
                .threads(3)
                .actorsPerThread(3)
                .check(RegistryLinearizabilityTest.class);
    }

    /** Every order of steps, as far as the invocations go, chosen by Lincheck instead of by the scheduler. */
    @Test
    void inEveryOrderOfSteps() {
        new ModelCheckingOptions()
                .iterations(ITERATIONS)
                .invocationsPerIteration(INVOCATIONS)
                .threads(2)
                .loopBound(LONGEST_LOOP)
                .actorsPerThread(3)
                .check(RegistryLinearizabilityTest.class);
    }
}
