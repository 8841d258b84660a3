package io.notsock.process;

import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/**
 * Many connections between virtual threads at once, a file opened in each, with the JVM's own events of pinned threads as witness.
 *
 * <p>Argument: connections; each is two handles. JDK 21 and later. Run it without and with the agent: {@code pinned.sh} does. Prints how many
 * connections there were at once, and where threads were pinned.
 */
public final class Pinned {
    private Pinned() {}

    public static void main(String[] args) throws Exception {
        int connections = Integer.parseInt(args[0]);
        Path file = Files.createTempFile("pinned", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.VirtualThreadPinned").withoutThreshold().withStackTrace();
            recording.start();
            int answered = connect(connections);
            recording.stop();
            recording.dump(file);
            System.out.println("connections at once: " + answered);
        }
        System.out.println("pinned: " + places(file));
        Files.delete(file);
    }

    private static int connect(int connections) throws Exception {
        CountDownLatch open = new CountDownLatch(connections);
        CountDownLatch over = new CountDownLatch(connections);
        AtomicInteger answered = new AtomicInteger();
        ExecutorService threads = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        try (ServerSocket server = new ServerSocket(0, connections, InetAddress.getLoopbackAddress())) {
            threads.submit(() -> {
                for (int i = 0; i < connections; i++) {
                    Socket socket = server.accept();
                    threads.submit(() -> answer(socket, open));
                }
                return null;
            });
            for (int i = 0; i < connections; i++) {
                threads.submit(() -> ask(server.getLocalPort(), open, over, answered));
            }
            over.await(2, TimeUnit.MINUTES);
            threads.shutdownNow();
        }
        return answered.get();
    }

    private static Void answer(Socket accepted, CountDownLatch open) throws Exception {
        try (Socket socket = accepted) {
            int read = socket.getInputStream().read();
            open.await();
            socket.getOutputStream().write(read);
        }
        return null;
    }

    private static Void ask(int port, CountDownLatch open, CountDownLatch over, AtomicInteger answered)
            throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(7);
            try (FileInputStream in = new FileInputStream("/proc/self/stat")) {
                in.read();
            }
            open.countDown();
            if (socket.getInputStream().read() == 7) {
                answered.incrementAndGet();
            }
        } finally {
            over.countDown();
        }
        return null;
    }

    private static Map<String, Integer> places(Path file) throws IOException {
        Map<String, Integer> places = new TreeMap<>();
        for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
            if (event.getEventType().getName().equals("jdk.VirtualThreadPinned")) {
                places.merge(place(event.getStackTrace()), 1, Integer::sum);
            }
        }
        return places;
    }

    private static String place(RecordedStackTrace stack) {
        return stack == null
                ? "unknown"
                : stack.getFrames().stream()
                        .map(f -> f.getMethod().getType().getName() + "."
                                + f.getMethod().getName())
                        .filter(name ->
                                !name.startsWith("java.lang.VirtualThread") && !name.startsWith("jdk.internal.vm"))
                        .limit(4)
                        .collect(Collectors.joining(" < "));
    }
}
