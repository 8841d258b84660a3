package io.notsock.process;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * CPU time and allocation of an HTTP server per request, with and without agents: fresh servers in turn, medians.
 *
 * <p>Arguments: Java home, class path, rounds, requests a round, the server's main class with its arguments, and variants as {@code
 * NAME=JVM OPTIONS}; the first one is what the others are compared with.
 */
public final class RequestCost {
    /** Clock ticks of {@code /proc/PID/stat}: USER_HZ is 100 on every Linux. */
    private static final double MICROS_PER_TICK = 10_000;

    private static final byte[] KEEP = request("keep-alive");
    private static final byte[] CLOSE = request("close");

    private RequestCost() {}

    public static void main(String[] args) throws Exception {
        int rounds = Integer.parseInt(args[2]);
        int requests = Integer.parseInt(args[3]);
        Map<String, List<String>> variants = new LinkedHashMap<>();
        for (String variant : Arrays.asList(args).subList(5, args.length)) {
            String[] parts = variant.split("=", 2);
            variants.put(parts[0], parts[1].isEmpty() ? List.of() : Arrays.asList(parts[1].split(" ", -1)));
        }
        Map<String, List<Double>> kept = new LinkedHashMap<>();
        Map<String, List<Double>> fresh = new LinkedHashMap<>();
        Map<String, List<Double>> allocated = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<String, List<String>> variant : variants.entrySet()) {
                List<String> command =
                        new ArrayList<>(List.of(args[0] + File.separator + "bin" + File.separator + "java"));
                Collections.addAll(command, "-XX:+UseSerialGC", "-Xmx256m", "-Dsun.net.httpserver.nodelay=true");
                command.addAll(variant.getValue());
                Collections.addAll(command, "-cp", args[1]);
                Collections.addAll(command, args[4].split(" ", -1));
                double[] costs = measure(command, requests);
                kept.computeIfAbsent(variant.getKey(), n -> new ArrayList<>()).add(costs[0]);
                fresh.computeIfAbsent(variant.getKey(), n -> new ArrayList<>()).add(costs[1]);
                allocated
                        .computeIfAbsent(variant.getKey(), n -> new ArrayList<>())
                        .add(costs[2]);
            }
        }
        String first = variants.keySet().iterator().next();
        print("keep-alive, us CPU", kept, first);
        print("a connection each, us CPU", fresh, first);
        print("keep-alive, bytes", allocated, first);
    }

    /** Microseconds a request with keep-alive and with a connection each, bytes a request with keep-alive. */
    private static double[] measure(List<String> command, int requests) throws Exception {
        Process server = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.US_ASCII))) {
            int port = Integer.parseInt(out.readLine());
            keepAlive(port, requests); // the compilers' work is not what is measured
            connectEach(port, requests);
            keepAlive(port, requests);
            connectEach(port, requests);
            long start = ticks(server.pid());
            keepAlive(port, 2 * requests);
            long middle = ticks(server.pid());
            connectEach(port, requests);
            long end = ticks(server.pid());
            allocated(server, out); // asking allocates by itself, the first time most
            long before = allocated(server, out);
            long between = allocated(server, out);
            keepAlive(port, requests);
            long after = allocated(server, out);
            return new double[] {
                (middle - start) * MICROS_PER_TICK / (2 * requests),
                (end - middle) * MICROS_PER_TICK / requests,
                (double) (after - between - (between - before)) / requests
            };
        } finally {
            server.getOutputStream().close();
            server.waitFor();
        }
    }

    private static long allocated(Process server, BufferedReader out) throws IOException {
        server.getOutputStream().write('a');
        server.getOutputStream().flush();
        return Long.parseLong(out.readLine());
    }

    private static void keepAlive(int port, int requests) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            byte[] buffer = new byte[4096];
            for (int i = 0; i < requests; i++) {
                exchange(socket, KEEP, buffer);
            }
        }
    }

    private static void connectEach(int port, int requests) throws IOException {
        byte[] buffer = new byte[4096];
        for (int i = 0; i < requests; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                exchange(socket, CLOSE, buffer);
            }
        }
    }

    /** The answer ends with its body, which is known. */
    private static void exchange(Socket socket, byte[] request, byte[] buffer) throws IOException {
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

    /** User and system time of the process. */
    private static long ticks(long pid) throws IOException {
        String stat = new String(Files.readAllBytes(Path.of("/proc/" + pid + "/stat")), StandardCharsets.US_ASCII);
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    private static void print(String what, Map<String, List<Double>> byVariant, String first) {
        double base = median(byVariant.get(first));
        for (Map.Entry<String, List<Double>> entry : byVariant.entrySet()) {
            double median = median(entry.getValue());
            System.out.printf(
                    "%-26s %-20s median %8.2f  ratio %.3f  (%.2f to %.2f, %d rounds)%n",
                    what,
                    entry.getKey(),
                    median,
                    median / base,
                    Collections.min(entry.getValue()),
                    Collections.max(entry.getValue()),
                    entry.getValue().size());
        }
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
