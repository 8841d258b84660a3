package io.notsock.samples.kinds;

import java.io.FileOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** A log's number is closed underneath it and given to a connection: the next line of the log goes to the peer. */
public final class UseOfReused {
    private UseOfReused() {}

    public static void main(String[] args) throws IOException {
        Path file = Files.createTempFile("audit", ".log");
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            FileOutputStream log = new FileOutputStream(file.toFile());
            Libc.C.close(Libc.numberOf(file));
            SocketChannel connection = SocketChannel.open(server.getLocalAddress());
            SocketChannel peer = server.accept();

            log.write("user alice, password hunter2\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));

            ByteBuffer got = ByteBuffer.allocate(100);
            peer.read(got);
            System.out.print("the peer got: "
                    + new String(got.array(), 0, got.position(), java.nio.charset.StandardCharsets.UTF_8));
            peer.close();
            connection.close();
        }
        Files.delete(file);
    }
}
