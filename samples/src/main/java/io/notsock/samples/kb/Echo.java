package io.notsock.samples.kb;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;

/** A server on the loopback interface that sends back what it gets, one connection after the other. */
final class Echo implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Thread thread = new Thread(this::serve, "echo");

    Echo() throws IOException {
        thread.setDaemon(true);
        thread.start();
    }

    SocketAddress address() {
        return server.getLocalSocketAddress();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept();
                    InputStream in = socket.getInputStream();
                    OutputStream out = socket.getOutputStream()) {
                in.transferTo(out);
            } catch (IOException e) {
                // a client went away, or this server was closed
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
