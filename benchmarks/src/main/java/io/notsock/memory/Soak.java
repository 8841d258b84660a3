package io.notsock.memory;

import io.notsock.bare.BareTracker;
import io.notsock.evidence.StackPolicy;
import io.notsock.handle.Space;
import java.util.Locale;

/**
 * Many opens and closes through the tracker, squeezed: whether the heap stays flat and the last tenth costs what the first did.
 *
 * <p>Arguments: opens and closes, 50 million by default. Half of them are of a few numbers that come back at once, as POSIX gives them; a
 * quarter of 10,000 numbers in turn, a tenth of which stay open for long; a quarter of numbers that never come back, as addresses
 * ({@code FILE*}) do. Prints a line for each tenth: CPU time of this thread and of the whole process, and the heap after collection.
 */
public final class Soak {
    private static final int TENTHS = 10;
    private static final int FEW = 8;
    private static final int MANY = 10_000;
    private static final int FIRST_OF_MANY = 1000;
    private static final long FIRST_ADDRESS = 0x7f00_0000_0000L;

    private final BareTracker bench = new BareTracker(StackPolicy.AUTO);
    private final Object[] kept = new Object[MANY];
    private long address = FIRST_ADDRESS;

    private Soak() {}

    public static void main(String[] args) throws Exception {
        long pairs = args.length > 0 ? Long.parseLong(args[0]) : 50_000_000L;
        Soak soak = new Soak();
        soak.run(pairs / TENTHS / TENTHS, 0); // the compilers' work is not what is measured
        System.out.println("tenth  ns-a-pair(thread)  ns-a-pair(process)  heap-KiB");
        for (int tenth = 1; tenth <= TENTHS; tenth++) {
            long thread = Cpu.ofThisThread();
            long process = Cpu.ofThisProcess();
            soak.run(pairs / TENTHS, tenth);
            thread = Cpu.ofThisThread() - thread;
            process = Cpu.ofThisProcess() - process;
            Heap.used();
            soak.bench.registry.tidy(); // as the agent's thread does every few seconds
            double each = (double) TENTHS / pairs;
            System.out.printf(
                    Locale.ROOT,
                    "%5d  %17.1f  %18.1f  %8d%n",
                    tenth,
                    thread * each,
                    process * each,
                    Heap.used() / 1024);
        }
        System.out.println("open at the end: " + soak.open());
    }

    private void run(long pairs, int round) {
        for (long i = 0; i < pairs; i += 4) {
            pair(i % FEW);
            pair((i + 1) % FEW);
            many((int) (i / 4 % MANY), round);
            raw(address += 16);
        }
    }

    private void pair(long number) {
        Object owner = new Object();
        bench.open(owner, null, 3 + number);
        bench.close(owner, 3 + number);
    }

    /** As a stream of the C library is opened and closed through JNA: plain integers. */
    private void raw(long number) {
        bench.open(null, null, number);
        bench.close(null, number);
    }

    private void many(int index, int round) {
        long number = FIRST_OF_MANY + index;
        if (index % TENTHS == round % TENTHS && kept[index] == null) {
            kept[index] = new Object();
            bench.open(kept[index], new Object(), number);
        } else if (kept[index] != null && index % TENTHS != round % TENTHS) {
            bench.close(kept[index], number);
            kept[index] = null;
        } else if (kept[index] == null) {
            Object owner = new Object();
            bench.open(owner, null, number);
            bench.close(owner, number);
        }
    }

    private long open() {
        long[] open = new long[1];
        bench.registry.forEachCurrent(Space.FD, life -> open[0] += life.live() ? 1 : 0);
        return open[0];
    }
}
