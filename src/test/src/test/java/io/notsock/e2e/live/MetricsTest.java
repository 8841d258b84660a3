package io.notsock.e2e.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.EachRuntime;
import io.notsock.e2e.Jdks;
import io.notsock.e2e.start.Runtimes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** The server of {@code metrics=}: what a scraper and a browser get of it, and what nobody gets. */
class MetricsTest {
    private static final String PROGRAM = "io.notsock.fixtures.live.Watched";
    private static final String OPENS = "--add-opens=java.base/java.io=ALL-UNNAMED";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    static Stream<Jdks.Jdk> linux() {
        return Runtimes.withOwn();
    }

    static Stream<Jdks.Jdk> all() {
        List<Jdks.Jdk> all = new ArrayList<>(linux().toList());
        all.addAll(Jdks.windows());
        return all.stream();
    }

    @EachRuntime
    @MethodSource("all")
    void theMetricsAreThoseOfTheProgramAndPromtoolFindsNoFault(Jdks.Jdk jdk) throws Exception {
        String space = jdk.windows() ? "handle" : "fd";
        try (Served served = serve(jdk, "metrics=127.0.0.1:0,log=off", "handles", "violate", "pause=1500")) {
            Reply reply = served.get("/metrics");
            assertThat(reply.status).isEqualTo(200);
            assertThat(reply.head).contains("Content-Type: text/plain; version=0.0.4; charset=utf-8");
            assertThat(reply.body)
                    .contains("notsock_open_handles{space=\"" + space + "\",type=\"file\"} 1\n")
                    .contains(
                            "notsock_alerts_total{kind=\"FOREIGN_CLOSE\"} 1\n",
                            "notsock_alerts_total{kind=\"LEAK\"} 0\n")
                    .contains("notsock_dropped_alerts_total 0\n", "notsock_redundant_closes_total ");
            if (!jdk.windows()) {
                assertThat(reply.body).contains("notsock_unclassified_handles 0\n");
            }
            long opened = value(reply.body, "notsock_opened_total");
            // One file is kept open; our own sockets are not counted, however often we ask.
            assertThat(opened - value(reply.body, "notsock_closed_total")).isEqualTo(1);
            String again = served.get("/metrics").body;
            assertThat(value(again, "notsock_opened_total")).isEqualTo(opened);
            assertThat(again).doesNotContain("type=\"server-socket\"", "type=\"socket\"");

            Reply page = served.get("/");
            assertThat(page.status).isEqualTo(200);
            assertThat(page.head).contains("Content-Type: text/html; charset=utf-8");
            assertThat(page.body).startsWith("<!DOCTYPE html>").contains("FOREIGN_CLOSE", "Planted.secondDescriptor(");

            if (Promtool.there()) {
                Path metrics = Files.writeString(folder.resolve("metrics.txt"), reply.body);
                assertThat(Promtool.run(metrics, "check", "metrics")).isEmpty();
            }
        }
    }

    @EachRuntime
    @MethodSource("linux")
    void scriptsGetTheOpenHandlesAndANumbersHistory(Jdks.Jdk jdk) throws Exception {
        try (Served served = serve(jdk, "metrics=localhost:0,log=off,stacks=all", "handles")) {
            JsonNode list = JSON.readTree(served.get("/list.json").body);
            assertThat(list.path("schema").asText()).isEqualTo("notsock.list/1");
            assertThat(list.path("handles")).hasSize(1);
            assertThat(list.path("coverage").path("agent").asInt()).isGreaterThanOrEqualTo(2); // jar and socket
            String number = list.path("handles").path(0).path("number").asText();

            JsonNode history = JSON.readTree(served.get("/history.json?number=" + number).body);
            assertThat(history.path("schema").asText()).isEqualTo("notsock.history/1");
            assertThat(history.path("lives").toString()).contains("Watched.handles(Watched.java:");
            assertThat(served.get("/history.json?number=x").status).isEqualTo(400);
            assertThat(served.get("/nothing").status).isEqualTo(404);
        }
    }

    @Test
    void onlyReadingAndOnlyUnderItsOwnNames() throws Exception {
        try (Served served = serve(Jdks.own(), "metrics=127.0.0.1:0")) {
            for (String name : List.of("127.0.0.1", "localhost", "LOCALHOST:1", "127.0.0.1:9404", "[::1]:80")) {
                assertThat(served.ask("GET /metrics HTTP/1.1", "Host: " + name).status)
                        .as(name)
                        .isEqualTo(200);
            }
            for (String name : List.of("evil.example", "127.0.0.1.evil.example", "localhost.evil.example:9404", "")) {
                Reply reply = served.ask("GET /metrics HTTP/1.1", "Host: " + name);
                assertThat(reply.status).as(name).isEqualTo(403);
                assertThat(reply.body).doesNotContain("notsock_");
            }
            assertThat(served.ask("GET /metrics HTTP/1.1").status).isEqualTo(403);
            for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS", "TRACE", "get")) {
                Reply reply = served.ask(method + " /metrics HTTP/1.1", "Host: localhost");
                assertThat(reply.status).as(method).isEqualTo(405);
                assertThat(reply.head).contains("Allow: GET, HEAD");
            }
            Reply head = served.ask("HEAD /metrics HTTP/1.1", "Host: localhost");
            assertThat(head.status).isEqualTo(200);
            assertThat(head.body).isEmpty();
            assertThat(head.head)
                    .contains("Content-Security-Policy: default-src 'none'", "X-Content-Type-Options: nosniff");
            for (String nonsense : List.of("GET", "GET http://evil.example/ HTTP/1.1", "\u0016\u0003\u0001 x y")) {
                assertThat(served.ask(nonsense, "Host: localhost").status)
                        .as(nonsense)
                        .isEqualTo(400);
            }
            assertThat(served.ask("GET /" + "x".repeat(20_000) + " HTTP/1.1", "Host: localhost").status)
                    .isIn(400, 0);
            assertThat(served.get("/metrics").status).isEqualTo(200);
        }
    }

    /** Peers that say nothing take no more than their share, and hold nobody up. */
    @Test
    void silentPeersDoNotHoldOthersUpNorTheJvm() throws Exception {
        try (Served served = serve(Jdks.own(), "metrics=127.0.0.1:0")) {
            List<Socket> silent = new ArrayList<>();
            try {
                for (int i = 0; i < 7; i++) {
                    Socket socket = served.connect();
                    socket.getOutputStream().write("GET /metrics HTT".getBytes(StandardCharsets.US_ASCII));
                    silent.add(socket);
                }
                assertThat(served.get("/metrics").status).isEqualTo(200);
                Files.createFile(folder.resolve("go"));
                assertThat(served.child.await().expectExit(0).stderr()).isEmpty();
            } finally {
                for (Socket socket : silent) {
                    socket.close();
                }
            }
        }
    }

    @EachRuntime
    @MethodSource("all")
    void aBusyPortIsOneLineAndTheApplicationGoesOn(Jdks.Jdk jdk) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            ChildJvm.Result result = ChildJvm.of(jdk)
                    .agent("metrics=" + address)
                    .fixture(PROGRAM)
                    .args("handles", "pause=1500", "handles")
                    .run()
                    .expectExit(0);

            assertThat(result.stdout()).hasLineCount(2);
            assertThat(result.stderr().lines())
                    .singleElement()
                    .asString()
                    .startsWith("notsock: metrics=" + address + ": cannot listen there, nothing is served: ");
        }
    }

    private Served serve(Jdks.Jdk jdk, String options, String... steps) {
        List<String> all = new ArrayList<>(List.of(steps));
        all.addAll(List.of(
                "address",
                "ready",
                "wait-for=" + (jdk.windows() ? ChildJvm.windowsPath(folder.resolve("go")) : folder.resolve("go"))));
        ChildJvm.Running child = ChildJvm.of(jdk)
                .agent(options)
                .jvmArgs(OPENS)
                .fixture(PROGRAM)
                .args(all.toArray(new String[0]))
                .start();
        Runtimes.awaitReady(child);
        return new Served(child);
    }

    private static long value(String page, String metric) {
        return page.lines()
                .filter(line -> line.startsWith(metric + " "))
                .mapToLong(line -> Long.parseLong(line.substring(metric.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + metric + " in " + page));
    }

    private record Reply(int status, String head, String body) {}

    private static final class Served implements AutoCloseable {
        private final ChildJvm.Running child;
        private final int port;

        Served(ChildJvm.Running child) {
            this.child = child;
            this.port = child.stdout()
                    .lines()
                    .filter(line -> line.startsWith("address="))
                    .mapToInt(line -> Integer.parseInt(line.substring(line.lastIndexOf(':') + 1)))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(child.stdout() + child.stderr()));
        }

        Socket connect() throws IOException {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(20_000);
            return socket;
        }

        Reply get(String path) throws IOException {
            return ask("GET " + path + " HTTP/1.1", "Host: localhost:" + port);
        }

        /** Sends these lines and an empty one; a reply of status 0 is none. */
        Reply ask(String... lines) throws IOException {
            try (Socket socket = connect()) {
                String head = String.join("\r\n", lines) + "\r\n\r\n";
                String all;
                try {
                    socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
                    all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                } catch (IOException reset) {
                    all = "";
                }
                int end = all.indexOf("\r\n\r\n");
                return end < 0
                        ? new Reply(0, all, "")
                        : new Reply(
                                Integer.parseInt(all.substring(9, 12)), all.substring(0, end), all.substring(end + 4));
            }
        }

        @Override
        public void close() {
            child.close();
        }
    }
}
