package io.notsock.process;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * CPU time of a file's open and close in the whole process, its collector's and compilers' included.
 *
 * <p>Arguments: frames below the open, opens a block, blocks, 1 to make two raw throwables each time, as a measure for {@code stacks=all}. The first third of the blocks warms up. Prints the median and the lowest
 * of the others, in nanoseconds an open and close, and how many collections there were.
 */
public final class FileCost {
    /** Keeps the compiler from leaving a stack out. */
    private static volatile Stack sink;

    private FileCost() {}

    public static void main(String[] args) throws IOException {
        int frames = Integer.parseInt(args[0]);
        int opens = Integer.parseInt(args[1]);
        int blocks = Integer.parseInt(args[2]);
        boolean throwables = args.length > 3 && Integer.parseInt(args[3]) > 0;
        long[] nanos = new long[blocks];
        for (int block = 0; block < blocks; block++) {
            long before = cpuNanos();
            for (int i = 0; i < opens; i++) {
                at(frames, throwables);
            }
            nanos[block] = (cpuNanos() - before) / opens;
        }
        long[] counted = Arrays.copyOfRange(nanos, blocks / 3, blocks);
        Arrays.sort(counted);
        System.out.println(counted[counted.length / 2] + " " + counted[0]);
    }

    private static void at(int frames, boolean throwables) throws IOException {
        if (frames > 0) {
            at(frames - 1, throwables);
            return;
        }
        FileInputStream in = new FileInputStream("/dev/null");
        if (throwables) {
            sink = new Stack();
        }
        in.close();
        if (throwables) {
            sink = new Stack();
        }
    }

    /** As the agent captures one: no message, no cause, no suppressed ones, not rendered. */
    private static final class Stack extends Throwable {
        private static final long serialVersionUID = 1L;

        Stack() {
            super(null, null, false, true);
        }
    }

    /** The scheduler's own account, to the nanosecond; {@code stat} counts in steps of 10 ms. */
    private static long cpuNanos() throws IOException {
        long sum = 0;
        try (java.util.stream.Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            for (Path task : (Iterable<Path>) tasks::iterator) {
                try {
                    String text = Files.readString(task.resolve("schedstat"));
                    sum += Long.parseLong(text.substring(0, text.indexOf(' ')));
                } catch (IOException e) {
                    continue; // a thread that has ended meanwhile
                }
            }
        }
        return sum;
    }
}
