package io.notsock.agent.http;

import io.notsock.agent.live.LiveView;
import io.notsock.handle.Space;
import io.notsock.registry.Registry;
import io.notsock.track.AgentThread;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Listens where {@code metrics=HOST:PORT} says and answers, a thread for each request, a few at a time. All its threads are
 * the agent's, so its sockets are never counted against the application; they keep no JVM alive.
 *
 * <p>Not the JDK's own {@code jdk.httpserver}: that is missing in many runtimes, and its threads would not be ours.
 */
public final class MetricsServer implements Runnable {
    /** More at once are no scraper and no reader. */
    private static final int AT_ONCE = 8;

    private static final int BACKLOG = 16;
    private static final long AFTER_FAILURE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final String host;
    private final int port;
    private final LiveView live;
    private final Sockets sockets;
    private final Consumer<String> problem;
    private final Consumer<String> listening;
    private final AtomicInteger talking = new AtomicInteger();

    /**
     * @param space where the numbers of sockets are on this OS
     * @param problem told in one line why nothing is served
     * @param listening told the address, once it listens
     */
    public MetricsServer(
            String host,
            int port,
            LiveView live,
            Registry registry,
            Space space,
            Consumer<String> problem,
            Consumer<String> listening) {
        this.host = host;
        this.port = port;
        this.live = live;
        this.sockets = new Sockets(registry, space);
        this.problem = problem;
        this.listening = listening;
    }

    /** Serves as long as the JVM lives; for a thread of the agent. */
    @Override
    public void run() {
        try {
            ServerSocketChannel server = ServerSocketChannel.open();
            InetAddress address = InetAddress.getByName(host);
            server.bind(new InetSocketAddress(address, port), BACKLOG);
            InetSocketAddress bound = (InetSocketAddress) server.getLocalAddress();
            listening.accept((host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + bound.getPort());
            serve(server, new Pages(live, new HostNames(names(address))));
        } catch (UnknownHostException e) {
            problem.accept("there is no host " + host + " here; nothing is served");
        } catch (IOException | RuntimeException e) {
            problem.accept("cannot listen there, nothing is served: " + e.getMessage());
        }
    }

    private void serve(ServerSocketChannel server, Pages pages) {
        FileDescriptor descriptor = sockets.descriptor(server);
        while (true) {
            try {
                SocketChannel channel = server.accept();
                if (talking.incrementAndGet() > AT_ONCE) {
                    talking.decrementAndGet();
                    channel.close();
                    continue;
                }
                begin(new Conversation(channel, sockets, pages, talking::decrementAndGet));
            } catch (IOException e) {
                if (!server.isOpen() || !sockets.holds(descriptor)) {
                    sockets.close(server, descriptor);
                    problem.accept("the listening socket is lost, nothing is served any more: " + e.getMessage());
                    return;
                }
                LockSupport.parkNanos(AFTER_FAILURE_NANOS); // no number left, perhaps: others give theirs back
            }
        }
    }

    /** Where the machine has no thread left, the peer sees the connection end. */
    private static void begin(Conversation conversation) {
        try {
            new AgentThread("notsock-http", conversation).start();
        } catch (Throwable t) {
            conversation.end();
        }
    }

    /** The host of the option; where that means every interface, this machine's name too. */
    private Set<String> names(InetAddress address) {
        Set<String> names = new HashSet<>();
        names.add(host.toLowerCase(Locale.ROOT));
        if (address.isAnyLocalAddress()) {
            try {
                InetAddress here = InetAddress.getLocalHost();
                names.add(here.getHostName().toLowerCase(Locale.ROOT));
                names.add(here.getCanonicalHostName().toLowerCase(Locale.ROOT));
            } catch (UnknownHostException e) {
                // a machine without a name is known by its addresses
            }
        }
        return names;
    }
}
