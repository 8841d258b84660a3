package io.notsock.process;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * CPU time and allocation of an HTTP server per request, with and without agents.
 *
 * <p>The servers of a round run side by side and are asked in short bursts, in another order each time: what else happens on the
 * machine hits all of them alike. Two figures of a round: the median of its bursts, which leaves out what happens in few of them,
 * such as collections, and the mean of all, which has everything and more noise. Each round has fresh servers, because no two
 * JVMs compile a program the same way; so a round is what counts as one measurement.
 *
 * <p>With {@code -Dalone=true} a round has one server after the other, each by itself: what a server earns while others are asked (the
 * budget of {@code stacks=auto} goes by time) is no part of it then, and what the others leave in the processor's caches
 * neither, but whatever the machine does in between.
 *
 * <p>Arguments: Java home, class path, rounds, requests a round, the server's main class with its arguments, and variants as {@code
 * NAME=JVM OPTIONS}; the first one is what the others are compared with.
 */
public final class RequestCost {
    /** The servers' collector: its barriers are part of what an agent costs. */
    private static final String COLLECTOR = System.getProperty("collector", "Serial");

    /** Begins the servers' command: what keeps them on one core, so that none has a worse one than another. */
    private static final List<String> PINNED = Arrays.stream(
                    System.getProperty("pinned", "").split(" ", -1))
            .filter(word -> !word.isEmpty())
            .collect(Collectors.toList());

    private static final boolean ALONE = Boolean.getBoolean("alone");

    /**
     * Megabytes. Where the heap begins and ends decides which objects meet in the processor's caches, worth up to 4 % of a request and
     * the same at each start with the same options: so each round has a heap of its own, the same for all variants.
     */
    private static final int LEAST_HEAP = 256;

    private static final int STEP_OF_HEAP = 16;

    /**
     * Each time the other kind of request comes in turn the JIT compiles some methods anew, with an agent or without, but later with
     * one: a server on virtual threads is at rest after 40,000 requests or 60,000. So it is warm when nothing was compiled for as long.
     */
    private static final int QUIET_WARM_UPS = 3;

    private static final int MOST_WARM_UPS = 12;

    /** Of a server's time, the share of its compilers up to which it counts as quiet. */
    private static final double QUIET = 0.01;

    private static final int BURST = 500;
    private static final int BURST_OF_CONNECTIONS = 200;

    /** One figure a round, under the names of the variants. */
    private final Map<String, Map<String, List<Double>>> figures = new LinkedHashMap<>();

    private RequestCost() {}

    public static void main(String[] args) throws Exception {
        Map<String, List<String>> variants = new LinkedHashMap<>();
        for (String variant : Arrays.asList(args).subList(5, args.length)) {
            String[] parts = variant.split("=", 2);
            List<String> command = new ArrayList<>(PINNED);
            command.add(args[0] + File.separator + "bin" + File.separator + "java");
            Collections.addAll(command, "-XX:+Use" + COLLECTOR + "GC", "-Dsun.net.httpserver.nodelay=true");
            if (!parts[1].isEmpty()) {
                Collections.addAll(command, parts[1].split(" ", -1));
            }
            Collections.addAll(command, "-cp", args[1]);
            Collections.addAll(command, args[4].split(" ", -1));
            variants.put(parts[0], command);
        }
        if (Integer.parseInt(args[3]) < 2 * BURST) {
            throw new IllegalArgumentException("requests a round: " + args[3] + ", not less than " + 2 * BURST);
        }
        RequestCost cost = new RequestCost();
        for (int round = 0; round < Integer.parseInt(args[2]); round++) {
            String heap = "-Xmx" + (LEAST_HEAP + round * STEP_OF_HEAP) + "m";
            for (Map<String, List<String>> together : ALONE ? oneByOne(variants) : List.of(variants)) {
                cost.round(together, heap, Integer.parseInt(args[3]));
            }
        }
        cost.figures.forEach(RequestCost::print);
    }

    private static List<Map<String, List<String>>> oneByOne(Map<String, List<String>> variants) {
        return variants.entrySet().stream()
                .map(variant -> Map.of(variant.getKey(), variant.getValue()))
                .collect(Collectors.toList());
    }

    private void round(Map<String, List<String>> variants, String heap, int requests) throws Exception {
        Map<String, TargetServer> servers = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, List<String>> variant : variants.entrySet()) {
                List<String> command = new ArrayList<>(variant.getValue());
                command.add(command.indexOf("-cp"), heap);
                TargetServer server = new TargetServer(command);
                servers.put(variant.getKey(), server);
                warmUp(server, requests);
            }
            bursts("keep-alive", servers, requests / BURST, BURST, TargetServer::keepAlive);
            bursts(
                    "connection each",
                    servers,
                    requests / BURST_OF_CONNECTIONS / 2,
                    BURST_OF_CONNECTIONS,
                    TargetServer::connectEach);
            for (Map.Entry<String, TargetServer> server : servers.entrySet()) {
                add("keep-alive, bytes", server.getKey(), bytesEach(server.getValue(), requests));
            }
        } finally {
            for (TargetServer server : servers.values()) {
                server.close();
            }
        }
    }

    private static void warmUp(TargetServer server, int requests) throws IOException {
        int quiet = 0;
        for (int i = 0; quiet < QUIET_WARM_UPS && i < MOST_WARM_UPS; i++) {
            long spent = server.keepAlive(requests);
            long compiling = server.compiling();
            spent += server.connectEach(requests);
            compiling += server.compiling();
            quiet = compiling < QUIET * spent ? quiet + 1 : 0;
        }
        if (quiet < QUIET_WARM_UPS) {
            System.out.println("not warm: the JIT is still at work");
        }
    }

    /** Asks a server for so many requests, and tells the nanoseconds of CPU that it took for them. */
    private interface Burst {
        long nanos(TargetServer server, int requests) throws IOException;
    }

    private void bursts(String what, Map<String, TargetServer> servers, int count, int length, Burst burst)
            throws IOException {
        Map<String, List<Double>> micros = new LinkedHashMap<>();
        List<String> order = new ArrayList<>(servers.keySet());
        for (int i = 0; i < count; i++) {
            Collections.rotate(order, 1);
            for (String variant : order) {
                double each = burst.nanos(servers.get(variant), length) / (1000.0 * length);
                micros.computeIfAbsent(variant, n -> new ArrayList<>()).add(each);
            }
        }
        for (String variant : servers.keySet()) {
            List<Double> all = micros.get(variant);
            add(what + ", us CPU, median", variant, median(all));
            add(
                    what + ", us CPU, mean",
                    variant,
                    all.stream().mapToDouble(d -> d).sum() / all.size());
        }
    }

    private static double bytesEach(TargetServer server, int requests) throws Exception {
        server.allocated(); // asking allocates by itself, the first time most
        long before = server.allocated();
        long between = server.allocated();
        server.keepAlive(requests);
        long after = server.allocated();
        return (double) (after - between - (between - before)) / requests;
    }

    private void add(String what, String variant, double figure) {
        figures.computeIfAbsent(what, n -> new LinkedHashMap<>())
                .computeIfAbsent(variant, n -> new ArrayList<>())
                .add(figure);
    }

    private static void print(String what, Map<String, List<Double>> byVariant) {
        List<Double> base = byVariant.values().iterator().next();
        byVariant.forEach((variant, all) -> {
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                ratios.add(all.get(i) / base.get(i));
            }
            System.out.printf(
                    Locale.ROOT,
                    "%-32s %-20s median %8.2f (%.2f to %.2f)  ratio %.3f (%.3f to %.3f), %d rounds%n",
                    what,
                    variant,
                    median(all),
                    Collections.min(all),
                    Collections.max(all),
                    median(ratios),
                    Collections.min(ratios),
                    Collections.max(ratios),
                    all.size());
        });
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
