package io.notsock.process;

import java.io.FileInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Locale;

/**
 * Many opens, reads, writes and closes of real files and sockets, squeezed: whether the heap stays flat and the last tenth costs
 * what the first did. Run with and without the agent.
 *
 * <p>Arguments: opens of files, 50 million by default. For every fifty files a connection is made, accepted, written to, read from and
 * closed at both ends; a thousand files are open all the time, each for a while. Prints a line for each tenth: CPU time of the
 * whole process, and the heap after collection.
 */
public final class RealSoak {
    private static final int TENTHS = 10;
    private static final int KEPT = 1000;
    private static final int FILES_A_CONNECTION = 50;

    private final FileInputStream[] kept = new FileInputStream[KEPT];
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64);
    private final ServerSocketChannel server;

    private RealSoak() throws IOException {
        server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    public static void main(String[] args) throws Exception {
        long files = args.length > 0 ? Long.parseLong(args[0]) : 50_000_000L;
        RealSoak soak = new RealSoak();
        soak.run(files / TENTHS / TENTHS); // the compilers' work is not what is measured
        System.out.println("tenth  ns-a-file(process)  heap-KiB");
        for (int tenth = 1; tenth <= TENTHS; tenth++) {
            long start = cpu();
            soak.run(files / TENTHS);
            double each = (double) (cpu() - start) / (files / TENTHS);
            System.out.printf(Locale.ROOT, "%5d  %18.1f  %8d%n", tenth, each, heap() / 1024);
        }
    }

    private void run(long files) throws IOException {
        for (long i = 0; i < files; i++) {
            FileInputStream in = new FileInputStream("/dev/null");
            if (in.read() >= 0) {
                throw new IOException("something in /dev/null");
            }
            if (i % KEPT == 0) {
                int place = (int) (i / KEPT % KEPT);
                if (kept[place] != null) {
                    kept[place].close();
                }
                kept[place] = in;
            } else {
                in.close();
            }
            if (i % FILES_A_CONNECTION == 0) {
                connection();
            }
        }
    }

    private void connection() throws IOException {
        try (SocketChannel ours = SocketChannel.open(server.getLocalAddress());
                SocketChannel theirs = server.accept()) {
            buffer.clear();
            ours.write(buffer);
            buffer.clear();
            theirs.read(buffer);
        }
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    /** After a collection the agent's thread forgets what the collector has taken, every four seconds. */
    private static long heap() throws InterruptedException {
        System.gc();
        Thread.sleep(5000);
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
