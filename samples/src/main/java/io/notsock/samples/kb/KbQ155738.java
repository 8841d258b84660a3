package io.notsock.samples.kb;

import io.notsock.samples.Notsock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The story of Microsoft's article Q155738: a handle is closed by hand although its owner will close it, the system gives
 * the number to somebody's socket, and the owner's rightful close kills that socket.
 *
 * <p>On Windows, as there, the owner is the C runtime, which closes the handle of a {@code _beginthread} thread; on Linux
 * it is a stream.
 * Each step runs in the thread of whom it belongs to, one after the other, so that the story always ends the same way.
 */
public final class KbQ155738 {
    private static final int CONNECTIONS_BEFORE = 8;
    private static final int PATIENCE = 10_000;
    private static final int THREADS = 20;

    private KbQ155738() {}

    public static void main(String[] args) throws Exception {
        System.out.println();
        System.out.println("=== Q155738 retold: " + (Notsock.present() ? "with notsock" : "without notsock"));
        if (System.getProperty("os.name").startsWith("Windows")) {
            storyOfThreads();
        } else {
            Path spool = Files.createTempDirectory("notsock-sample");
            Path file = spool.resolve("job-3.txt");
            try {
                story(spool, file);
            } finally {
                Files.deleteIfExists(file);
                Files.delete(spool);
            }
        }
        System.out.println();
        System.out.println(
                Notsock.present()
                        ? "notsock has named all three on stderr: who closed first, who closed again, whose socket died."
                        : "That exception is all a bug report would have: a stack of correct code, and nobody to blame.");
    }

    private static void story(Path spool, Path file) throws Exception {
        ExecutorService worker = thread("worker-3");
        ExecutorService janitor = thread("janitor");
        ExecutorService client = thread("conn-9");
        try (Echo echo = new Echo();
                Connections connections = new Connections(echo.address())) {
            Janitor broom = new Janitor(spool);
            for (int i = 0; i < CONNECTIONS_BEFORE; i++) {
                connections.oneRequest();
            }
            tell("conn-1..8", "connect, are answered, and close: all is well");

            Job job = in(worker, () -> new Job(file));
            long number = in(janitor, broom::findNumber);
            tell("worker-3", "opens " + file.getFileName() + " with a FileOutputStream: fd " + number);

            in(janitor, () -> broom.close(number));
            tell("janitor", "thinks it forgotten and calls close(" + number + ") through JNA");

            Connection connection = in(
                    client, () -> connections.open(() -> broom.describe(number).startsWith("socket:")));
            tell("conn-9", "connects; its SocketChannel is given the free number: fd " + number);

            in(worker, job::finish);
            tell("worker-3", "is done and closes its FileOutputStream, as it should");

            tell("conn-9", "sends its request: " + in(client, () -> outcome(connection)));
        } finally {
            worker.shutdown();
            janitor.shutdown();
            client.shutdown();
        }
    }

    private static void storyOfThreads() throws Exception {
        ExecutorService worker = thread("worker-3");
        ExecutorService client = thread("conn-9");
        try (Echo echo = new Echo();
                Connections connections = new Connections(echo.address())) {
            for (int i = 0; i < CONNECTIONS_BEFORE; i++) {
                connections.oneRequest();
            }
            tell("conn-1..8", "connect, are answered, and close: all is well");
            ThreadHandles.isSocket(-1); // loads JNA
            awaitWitness();
            in(client, () -> null); // its thread begins now: the handles of that must not take the number in question
            for (int i = 0; i < THREADS; i++) {
                ThreadHandles threads = new ThreadHandles();
                long handle = in(worker, threads::begin);
                tell("worker-3", "starts a thread with _beginthread: handle " + handle);

                in(worker, () -> threads.close(handle));
                tell("worker-3", "needs the handle no more and calls CloseHandle(" + handle + ") through JNA");

                Connection connection = in(client, () -> connections.open(() -> ThreadHandles.isSocket(handle)));
                if (ThreadHandles.isSocket(handle)) {
                    tell("conn-9", "connects; its SocketChannel is given the free number: handle " + handle);

                    in(worker, threads::end);
                    tell("C runtime", "ends the thread and closes its handle, as it should");

                    tell("conn-9", "sends its request: " + in(client, () -> outcomeAfter(connection, handle)));
                    return;
                }
                // That thread must not end now: it would take from the JVM what it is to take from conn-9.
                tell("the JVM", "had a use for handle " + handle + " itself; so once more");
            }
        } finally {
            worker.shutdown();
            client.shutdown();
        }
    }

    /**
     * The agent asks Windows through a JNA of its own, which its thread loads when the program first uses one. That takes a
     * second; the bugs of real programs come later.
     */
    private static void awaitWitness() throws InterruptedException {
        for (int i = 0; i < PATIENCE && Notsock.ask("health").contains("witness=not needed yet"); i++) {
            Thread.sleep(1);
        }
    }

    /** The thread still has to leave the C runtime. */
    private static String outcomeAfter(Connection connection, long handle) throws InterruptedException {
        for (int i = 0; i < PATIENCE && ThreadHandles.isSocket(handle); i++) {
            Thread.sleep(1);
        }
        return outcome(connection);
    }

    private static String outcome(Connection connection) {
        try {
            return "answered " + connection.request("hello");
        } catch (IOException e) {
            StringBuilder text = new StringBuilder().append(e);
            for (StackTraceElement frame : e.getStackTrace()) {
                if (frame.getClassName().startsWith("io.notsock.samples.")) {
                    return text.append(System.lineSeparator())
                            .append("                at ")
                            .append(frame)
                            .toString();
                }
            }
            return text.toString();
        }
    }

    private static ExecutorService thread(String name) {
        return Executors.newSingleThreadExecutor(task -> new Thread(task, name));
    }

    private static <T> T in(ExecutorService thread, Callable<T> step) throws Exception {
        try {
            return thread.submit(step).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the story went wrong", e.getCause());
        }
    }

    private static void tell(String who, String what) {
        System.out.println("  " + who + " ".repeat(12 - who.length()) + what);
    }
}
