package io.notsock.samples.kb;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;

/** The connections to the {@link Echo} server. */
final class Connections implements AutoCloseable {
    private static final int ENOUGH = 32;

    /** Whether a certain number is a socket's. */
    interface Probe {
        boolean now() throws IOException;
    }

    private final SocketAddress server;
    private final Deque<Connection> opened = new ArrayDeque<>();

    Connections(SocketAddress server) {
        this.server = server;
    }

    /** One healthy connection from open to close; it also loads what the JDK needs for the next ones. */
    void oneRequest() throws IOException {
        try (Connection connection = new Connection()) {
            connection.connect(server);
            connection.request("hello");
        }
    }

    /**
     * A connection whose socket has this number. The system gives out the lowest free number, so the first one has it,
     * unless the server's end of an earlier connection was closed only now.
     */
    Connection open(Probe isSocket) throws IOException {
        int enough = opened.size() + ENOUGH;
        do {
            opened.add(new Connection());
        } while (!isSocket.now() && opened.size() < enough);
        Connection last = opened.getLast();
        last.connect(server);
        return last;
    }

    @Override
    public void close() {
        for (Connection connection : opened) {
            try {
                connection.close();
            } catch (IOException e) {
                // the socket is gone already; that has been told
            }
        }
    }
}
