package io.notsock.process;

import com.sun.net.httpserver.HttpServer;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** The JDK's own HTTP server on a loopback port that it prints; with the argument {@code virtual} on virtual threads. */
public final class HttpTarget {
    private HttpTarget() {}

    public static void main(String[] args) throws Exception {
        byte[] body = "hello".getBytes(StandardCharsets.US_ASCII);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        if (args.length > 0 && args[0].equals("virtual")) { // JDK 21 and later
            server.setExecutor((Executor)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null));
        }
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        server.start();
        Console.serve(server.getAddress().getPort());
        server.stop(0);
    }
}
