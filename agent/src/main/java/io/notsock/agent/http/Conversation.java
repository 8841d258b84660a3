package io.notsock.agent.http;

import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One request and its answer, within a time that no peer can stretch. Before each write and before the close it is checked
 * that the number still names this connection: if the application's bug has closed it, nothing more is sent, and the
 * channel is kept without being closed, for its close would hit whoever has the number now.
 */
final class Conversation implements Runnable {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final SocketChannel channel;
    private final FileDescriptor descriptor;
    private final Sockets sockets;
    private final Pages pages;
    private final Runnable atEnd;
    private final long begin = System.nanoTime();

    Conversation(SocketChannel channel, Sockets sockets, Pages pages, Runnable atEnd) {
        this.channel = channel;
        this.descriptor = sockets.descriptor(channel);
        this.sockets = sockets;
        this.pages = pages;
        this.atEnd = atEnd;
    }

    @Override
    public void run() {
        try {
            channel.configureBlocking(false);
            byte[] head = readHead();
            if (head != null) {
                Request request = Request.parse(head, head.length);
                Response response = pages.answer(request);
                send(response.bytes(request != null && request.headOnly()));
            }
        } catch (Throwable t) {
            // The peer is gone, or wanted something we could not answer, in this heap for instance: it sees the end.
        } finally {
            end();
        }
    }

    /** Ends the connection. Once. */
    void end() {
        sockets.close(channel, descriptor);
        atEnd.run();
    }

    /** The bytes up to the empty line; {@code null} where the peer said nothing; what it said where there was no end. */
    private byte[] readHead() throws IOException {
        byte[] bytes = new byte[Request.LONGEST_HEAD];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining() && Request.endOfHead(bytes, buffer.position()) < 0) {
            int read = channel.read(buffer);
            if (read < 0) {
                return buffer.position() == 0 ? null : Arrays.copyOf(bytes, buffer.position());
            }
            if (read == 0) {
                await();
            }
        }
        return Arrays.copyOf(bytes, buffer.position());
    }

    private void send(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (!sockets.holds(descriptor)) {
                throw new IOException("the application closed this connection's number");
            }
            if (channel.write(bytes) == 0) {
                await();
            }
        }
        channel.shutdownOutput();
    }

    private void await() throws IOException {
        if (System.nanoTime() - begin > LIMIT_NANOS) {
            throw new IOException("the peer took too long");
        }
        LockSupport.parkNanos(PAUSE_NANOS);
    }
}
