package io.notsock.process;

import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * CPU time and allocation of an HTTP server per request, with and without agents.
 *
 * <p>The servers of a round run side by side and are asked in short bursts, one after the other, again and again: what else
 * happens on the machine hits all of them alike. Medians of the bursts; a ratio is the median of the ratios within one burst.
 * Each round has fresh servers, because no two JVMs compile a program the same way.
 *
 * <p>Arguments: Java home, class path, rounds, requests a round, the server's main class with its arguments, and variants as {@code
 * NAME=JVM OPTIONS}; the first one is what the others are compared with.
 */
public final class RequestCost {
    /** The servers' collector: its barriers are part of what an agent costs. */
    private static final String COLLECTOR = System.getProperty("collector", "Serial");

    private static final int BURST = 500;
    private static final int BURST_OF_CONNECTIONS = 200;

    /** Figures of one kind, under the names of the variants; those at one index were measured together. */
    private final Map<String, List<Double>> kept = new LinkedHashMap<>();

    private final Map<String, List<Double>> fresh = new LinkedHashMap<>();
    private final Map<String, List<Double>> allocated = new LinkedHashMap<>();

    private RequestCost() {}

    public static void main(String[] args) throws Exception {
        Map<String, List<String>> variants = new LinkedHashMap<>();
        for (String variant : Arrays.asList(args).subList(5, args.length)) {
            String[] parts = variant.split("=", 2);
            List<String> command = new ArrayList<>(List.of(args[0] + File.separator + "bin" + File.separator + "java"));
            Collections.addAll(command, "-XX:+Use" + COLLECTOR + "GC", "-Xmx256m", "-Dsun.net.httpserver.nodelay=true");
            if (!parts[1].isEmpty()) {
                Collections.addAll(command, parts[1].split(" ", -1));
            }
            Collections.addAll(command, "-cp", args[1]);
            Collections.addAll(command, args[4].split(" ", -1));
            variants.put(parts[0], command);
        }
        RequestCost cost = new RequestCost();
        for (int round = 0; round < Integer.parseInt(args[2]); round++) {
            cost.round(variants, Integer.parseInt(args[3]));
        }
        print("keep-alive, us CPU", cost.kept);
        print("a connection each, us CPU", cost.fresh);
        print("keep-alive, bytes", cost.allocated);
    }

    private void round(Map<String, List<String>> variants, int requests) throws Exception {
        Map<String, TargetServer> servers = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, List<String>> variant : variants.entrySet()) {
                TargetServer server = new TargetServer(variant.getValue());
                servers.put(variant.getKey(), server);
                for (int i = 0; i < 2; i++) { // the compilers' work is not what is measured
                    server.keepAlive(requests);
                    server.connectEach(requests);
                }
            }
            for (int i = 0; i < requests / BURST; i++) {
                for (Map.Entry<String, TargetServer> server : servers.entrySet()) {
                    add(kept, server.getKey(), server.getValue().keepAlive(BURST) / (1000.0 * BURST));
                }
            }
            for (int i = 0; i < requests / BURST_OF_CONNECTIONS / 2; i++) {
                for (Map.Entry<String, TargetServer> server : servers.entrySet()) {
                    long nanos = server.getValue().connectEach(BURST_OF_CONNECTIONS);
                    add(fresh, server.getKey(), nanos / (1000.0 * BURST_OF_CONNECTIONS));
                }
            }
            for (Map.Entry<String, TargetServer> server : servers.entrySet()) {
                add(allocated, server.getKey(), bytesEach(server.getValue(), requests));
            }
        } finally {
            for (TargetServer server : servers.values()) {
                server.close();
            }
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

    private static void add(Map<String, List<Double>> figures, String variant, double figure) {
        figures.computeIfAbsent(variant, n -> new ArrayList<>()).add(figure);
    }

    private static void print(String what, Map<String, List<Double>> figures) {
        List<Double> base = figures.values().iterator().next();
        figures.forEach((variant, all) -> {
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                ratios.add(all.get(i) / base.get(i));
            }
            System.out.printf(
                    "%-26s %-20s median %8.2f  ratio %.3f  (%.2f to %.2f, %d bursts)%n",
                    what,
                    variant,
                    quantile(all, 0.5),
                    quantile(ratios, 0.5),
                    quantile(all, 0.05),
                    quantile(all, 0.95),
                    all.size());
        });
    }

    private static double quantile(List<Double> values, double share) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get((int) Math.round(share * (sorted.size() - 1)));
    }
}
