package io.notsock.memory;

import io.notsock.bare.BareTracker;
import io.notsock.evidence.StackPolicy;
import java.util.Locale;

/**
 * Two threads that open and close against one: CPU time of a thread for a pair, alone and with a neighbour.
 *
 * <p>CPU time and not throughput, so that it says something on a machine that others use: where two threads fight for a cache
 * line, each of them spends more of it. Numbers are neighbours, as two threads get them. Prints the lowest of the rounds, and what
 * throughput two threads would have against one.
 */
public final class Scaling {
    private static final int PAIRS = 2_000_000;
    private static final int ROUNDS = 11;

    private Scaling() {}

    public static void main(String[] args) throws Exception {
        for (StackPolicy stacks : new StackPolicy[] {StackPolicy.OFF, StackPolicy.AUTO}) {
            double alone = Double.MAX_VALUE;
            double together = Double.MAX_VALUE;
            for (int round = 0; round < ROUNDS; round++) {
                alone = Math.min(alone, run(new BareTracker(stacks), 1));
                together = Math.min(together, run(new BareTracker(stacks), 2));
            }
            System.out.printf(
                    Locale.ROOT,
                    "stacks=%-4s  one thread %6.1f ns a pair, two threads %6.1f ns each: %.2f times the throughput%n",
                    stacks,
                    alone,
                    together,
                    2 * alone / together);
        }
    }

    private static double run(BareTracker bench, int threads) throws InterruptedException {
        double[] nanos = new double[threads];
        Thread[] running = new Thread[threads];
        for (int t = 0; t < threads; t++) {
            int self = t;
            running[t] = new Thread(() -> {
                long start = Cpu.ofThisThread();
                for (int i = 0; i < PAIRS; i++) {
                    Object owner = new Object();
                    bench.open(owner, null, 42 + self);
                    bench.close(owner, 42 + self);
                }
                nanos[self] = (double) (Cpu.ofThisThread() - start) / PAIRS;
            });
            running[t].start();
        }
        double sum = 0;
        for (int t = 0; t < threads; t++) {
            running[t].join();
            sum += nanos[t];
        }
        return sum / threads;
    }
}
