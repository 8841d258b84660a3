package io.notsock.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.AbstractHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty on a loopback port that it prints. */
public final class JettyTarget {
    private JettyTarget() {}

    public static void main(String[] args) throws Exception {
        byte[] body = "hello".getBytes(StandardCharsets.US_ASCII);
        Server server = new Server(new QueuedThreadPool(8));
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new AbstractHandler() {
            @Override
            public void handle(String target, Request base, HttpServletRequest request, HttpServletResponse response)
                    throws IOException {
                base.setHandled(true);
                response.setContentLength(body.length);
                response.getOutputStream().write(body);
            }
        });
        server.start();
        Console.serve(connector.getLocalPort());
        server.stop();
    }
}
