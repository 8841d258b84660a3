package io.notsock.samples.healthy;

import io.notsock.samples.healthy.Healthy.Habit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Sockets and channels, closed more often than opened, and by other threads than those that use them. */
@SuppressWarnings("try") // a resource that is closed by hand as well is what this is about
final class Sockets {
    private Sockets() {}

    static void addTo(Map<String, Habit> habits) {
        habits.put("a socket, its streams, and the socket again", Sockets::socketAndStreams);
        habits.put("a channel and the socket it backs", Sockets::channelAndSocket);
        habits.put("a channel closed by two threads at once", Sockets::twoThreads);
        habits.put("a channel closed while another thread waits in accept", Sockets::asynchronousClose);
        habits.put("a selector and the channels registered with it", Sockets::selector);
        habits.put("a datagram channel and both ends of a pipe", Sockets::others);
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static void socketAndStreams() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket accepted = server.accept()) {
            client.getOutputStream().close();
            client.getInputStream().close();
            client.close();
            accepted.getInputStream().close();
            accepted.close();
            server.close();
        } catch (SocketException e) {
            // the stream of a socket that is closed says so; that is healthy too
        }
    }

    private static void channelAndSocket() throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(loopback());
                SocketChannel client = SocketChannel.open(server.getLocalAddress());
                SocketChannel accepted = server.accept()) {
            client.socket().close();
            client.close();
            accepted.close();
            accepted.socket().close();
            server.socket().close();
        }
    }

    private static void twoThreads() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (SocketChannel channel = SocketChannel.open()) {
            CountDownLatch together = new CountDownLatch(2);
            Future<Void> one = threads.submit(() -> closeTogether(channel, together));
            Future<Void> other = threads.submit(() -> closeTogether(channel, together));
            one.get();
            other.get();
        } finally {
            threads.shutdown();
        }
    }

    private static Void closeTogether(SocketChannel channel, CountDownLatch together) throws Exception {
        together.countDown();
        together.await();
        channel.close();
        return null;
    }

    private static void asynchronousClose() throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(loopback())) {
            CountDownLatch entered = new CountDownLatch(1);
            Future<Void> accepting = threads.submit(() -> acceptUntilClosed(server, entered));
            entered.await();
            server.close();
            accepting.get();
        } finally {
            threads.shutdown();
        }
    }

    private static Void acceptUntilClosed(ServerSocketChannel server, CountDownLatch entered) throws IOException {
        entered.countDown();
        try (SocketChannel nobody = server.accept()) {
            throw new IOException("connected by " + nobody);
        } catch (ClosedChannelException e) {
            return null; // an AsynchronousCloseException if the close came while it waited
        }
    }

    private static void selector() throws Exception {
        try (Selector selector = Selector.open();
                ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(loopback()).configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
            selector.selectNow();
            server.close();
            selector.selectNow();
            selector.close();
            server.close();
        }
    }

    private static void others() throws Exception {
        try (DatagramChannel datagrams = DatagramChannel.open()) {
            datagrams.socket().close();
            datagrams.close();
        }
        Pipe pipe = Pipe.open();
        try (Pipe.SourceChannel source = pipe.source();
                Pipe.SinkChannel sink = pipe.sink()) {
            sink.write(ByteBuffer.wrap(new byte[1]));
            sink.close();
            source.close();
        }
    }
}
