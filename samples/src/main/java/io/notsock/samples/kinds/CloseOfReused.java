package io.notsock.samples.kinds;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** The same wrapper closed twice, and between the two closes a connection has got the number. */
public final class CloseOfReused {
    private CloseOfReused() {}

    public static void main(String[] args) throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Device device = new Device("/dev/null");
            device.close();
            SocketChannel connection = SocketChannel.open();
            device.close(); // in a finally block, a Cleaner, another thread
            try {
                connection.connect(server.getLocalAddress());
                connection.write(ByteBuffer.wrap(new byte[1]));
            } catch (IOException e) {
                System.out.println("the innocent connection: " + e);
            }
        }
    }
}
