package io.notsock.process;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/** How a server under measurement is spoken to: it prints its port, then answers each byte on standard input, until that ends. */
final class Console {
    private Console() {}

    /** Each byte is answered by the bytes that all threads have allocated so far. */
    static void serve(int port) throws IOException {
        System.out.println(port);
        while (System.in.read() >= 0) {
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long sum = 0;
            for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
                sum += Math.max(0, bytes);
            }
            System.out.println(sum);
        }
    }
}
