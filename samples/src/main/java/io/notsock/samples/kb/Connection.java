package io.notsock.samples.kb;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** A client's connection, on a channel of its own. Nothing is wrong here. */
final class Connection implements AutoCloseable {
    private final SocketChannel channel;

    Connection() throws IOException {
        channel = SocketChannel.open();
    }

    void connect(SocketAddress server) throws IOException {
        channel.connect(server);
    }

    String request(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        bytes.clear();
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException("the server has closed the connection");
            }
        }
        return new String(bytes.array(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
