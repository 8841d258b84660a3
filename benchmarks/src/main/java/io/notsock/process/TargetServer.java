package io.notsock.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** One of the servers under measurement, in a process of its own, and the client that asks it. For one thread. */
final class TargetServer implements AutoCloseable {
    private static final byte[] KEEP = request("keep-alive");
    private static final byte[] CLOSE = request("close");
    /** As HotSpot names them, cut to the 15 characters that Linux keeps. */
    private static final Pattern COMPILER = Pattern.compile("C[12] Compiler");

    private final byte[] buffer = new byte[4096];
    private final Process process;
    private final BufferedReader out;
    private final int port;
    private Map<String, Long> nanosOfThreads = new HashMap<>();
    private long compiling;

    /** @param command starts a server that prints its port */
    TargetServer(List<String> command) throws IOException {
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        port = readPort();
    }

    /** The JVM itself may have something to say before, Flight Recorder for instance. */
    private int readPort() throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.matches("[0-9]+")) {
                return Integer.parseInt(line);
            }
        }
        throw new IOException("the server has not told its port");
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        return socket;
    }

    /** Nanoseconds of CPU time that the process takes for so many requests over one connection. */
    long keepAlive(int requests) throws IOException {
        try (Socket socket = connect()) { // one for each burst: servers close what is idle meanwhile
            exchange(socket, KEEP); // what accepting costs is no part of it
            cpu();
            for (int i = 0; i < requests; i++) {
                exchange(socket, KEEP);
            }
            return cpu();
        }
    }

    /** The same with a connection for each. */
    long connectEach(int requests) throws IOException {
        cpu();
        for (int i = 0; i < requests; i++) {
            try (Socket socket = connect()) {
                exchange(socket, CLOSE);
            }
        }
        return cpu();
    }

    /** Nanoseconds of what {@link #keepAlive} or {@link #connectEach} told last that the JVM's compilers took. */
    long compiling() {
        return compiling;
    }

    /** Bytes that the process has allocated since it started. */
    long allocated() throws IOException {
        process.getOutputStream().write('a');
        process.getOutputStream().flush();
        return Long.parseLong(out.readLine());
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The answer ends with its body, which is known. */
    private void exchange(Socket socket, byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        InputStream in = socket.getInputStream();
        int length = 0;
        while (length < 5 || !new String(buffer, length - 5, 5, StandardCharsets.US_ASCII).equals("hello")) {
            int read = in.read(buffer, length, buffer.length - length);
            if (read < 0) {
                throw new IOException("the server closed after " + length + " bytes");
            }
            length += read;
        }
    }

    private static byte[] request(String connection) {
        return ("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: " + connection + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * CPU time since the last call, of all threads: the scheduler counts in nanoseconds, the ticks of {@code stat} are 10 ms. Of a
     * thread that has ended meanwhile the last piece is missing.
     */
    private long cpu() throws IOException {
        Map<String, Long> now = new HashMap<>();
        long spent = 0;
        long compilers = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + process.pid() + "/task"))) {
            for (Path thread : threads) {
                try {
                    String statistics = Files.readString(thread.resolve("schedstat"));
                    long nanos = Long.parseLong(statistics.substring(0, statistics.indexOf(' ')));
                    String id = thread.getFileName().toString();
                    now.put(id, nanos);
                    long since = nanos - nanosOfThreads.getOrDefault(id, 0L);
                    spent += since;
                    if (COMPILER.matcher(Files.readString(thread.resolve("comm")))
                            .lookingAt()) {
                        compilers += since;
                    }
                } catch (NoSuchFileException e) {
                    continue; // has just ended
                }
            }
        }
        if (now.isEmpty()) {
            throw new IOException("no schedstat of any thread: this kernel does not tell");
        }
        nanosOfThreads = now;
        compiling = compilers;
        return spent;
    }
}
