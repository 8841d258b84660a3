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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * CPU time of an HTTP server per request, without agent, with an empty one and with notsock: fresh servers in turn, medians.
 *
 * <p>Arguments: Java home, class path, jar of the empty agent, jar of notsock, rounds, requests per round.
 */
public final class RequestCost {
    /** Clock ticks of {@code /proc/PID/stat}: USER_HZ is 100 on every Linux. */
    private static final double MICROS_PER_TICK = 10_000;

    private static final byte[] KEEP = request("keep-alive");
    private static final byte[] CLOSE = request("close");

    private RequestCost() {}

    public static void main(String[] args) throws Exception {
        Map<String, String> agents = new LinkedHashMap<>();
        agents.put("none", null);
        agents.put("empty", args[2]);
        agents.put("notsock", args[3]);
        int rounds = Integer.parseInt(args[4]);
        int requests = Integer.parseInt(args[5]);
        Map<String, List<Double>> kept = new LinkedHashMap<>();
        Map<String, List<Double>> fresh = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<String, String> agent : agents.entrySet()) {
                measure(args[0], args[1], agent.getKey(), agent.getValue(), requests, kept, fresh);
            }
        }
        print("keep-alive", kept);
        print("connection per request", fresh);
    }

    private static void measure(
            String home,
            String classPath,
            String name,
            String agent,
            int requests,
            Map<String, List<Double>> kept,
            Map<String, List<Double>> fresh)
            throws Exception {
        List<String> command = new ArrayList<>(List.of(home + File.separator + "bin" + File.separator + "java"));
        Collections.addAll(command, "-XX:+UseSerialGC", "-Xmx256m", "-Dsun.net.httpserver.nodelay=true");
        if (agent != null) {
            command.add("-javaagent:" + agent);
        }
        Collections.addAll(command, "-cp", classPath, HttpTarget.class.getName());
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
            kept.computeIfAbsent(name, n -> new ArrayList<>()).add((middle - start) * MICROS_PER_TICK / (2 * requests));
            fresh.computeIfAbsent(name, n -> new ArrayList<>()).add((end - middle) * MICROS_PER_TICK / requests);
        } finally {
            server.getOutputStream().close();
            server.waitFor();
        }
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

    private static void print(String what, Map<String, List<Double>> byAgent) {
        double none = median(byAgent.get("none"));
        for (Map.Entry<String, List<Double>> entry : byAgent.entrySet()) {
            double median = median(entry.getValue());
            System.out.printf(
                    "%-24s %-8s median %7.2f us  ratio %.3f  (%.2f to %.2f)%n",
                    what,
                    entry.getKey(),
                    median,
                    median / none,
                    Collections.min(entry.getValue()),
                    Collections.max(entry.getValue()));
        }
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
