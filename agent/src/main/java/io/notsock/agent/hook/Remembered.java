package io.notsock.agent.hook;

import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the JDK's sockets, channels and streams still know when they are closed: addresses and paths in private fields. Loaded where an
 * exception is to be explained.
 *
 * <p>Thread-safe. Runs no code of the application, whose own class an address may be of; never looks for a host's name.
 */
final class Remembered {
    private static final String SOCKET = "java.net.SocketImpl";

    /** Class and fields: what is local, then the peer. */
    private static final String[][] FIELDS = {
        {"sun.nio.ch.SocketChannelImpl", "localAddress", "remoteAddress"},
        {"sun.nio.ch.ServerSocketChannelImpl", "localAddress"},
        {"sun.nio.ch.DatagramChannelImpl", "localAddress", "remoteAddress"},
        {"sun.nio.ch.AsynchronousSocketChannelImpl", "localAddress", "remoteAddress"},
        {"sun.nio.ch.AsynchronousServerSocketChannelImpl", "localAddress"},
        {SOCKET, "localport", "port", "address"},
        {"sun.nio.ch.FileChannelImpl", "path"},
        {"java.io.FileInputStream", "path"},
        {"java.io.FileOutputStream", "path"},
        {"java.io.RandomAccessFile", "path"},
    };

    private static final Field[] NONE = {};

    /** By a class of the JDK. */
    private static final Map<Class<?>, Field[]> KNOWN = new ConcurrentHashMap<>();

    private Remembered() {}

    /** @param type the class of the JDK that the object is of, or extends */
    static String by(Object object, Class<?> type) {
        Field[] fields = KNOWN.get(type);
        if (fields == null) {
            fields = fields(type);
            KNOWN.put(type, fields);
        }
        if (fields.length == 0) {
            return null;
        }
        Object local = JdkInsides.value(fields[0], object);
        Object peer = fields.length == 1 ? null : JdkInsides.value(fields[1], object);
        if (fields.length == 3) {
            return socket(JdkInsides.value(fields[2], object), local, peer);
        }
        String from = text(local);
        String to = text(peer);
        return from == null ? to : to == null ? from : from + " -> " + to;
    }

    private static Field[] fields(Class<?> type) {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            for (String[] known : FIELDS) {
                if (known[0].equals(each.getName())) {
                    Field[] fields = new Field[known.length - 1];
                    for (int i = 0; i < fields.length; i++) {
                        fields[i] = JdkInsides.field(each, known[i + 1]);
                        if (fields[i] == null) {
                            return NONE; // another release of the JDK
                        }
                    }
                    return fields;
                }
            }
        }
        return NONE;
    }

    /** A socket's implementation has the address of its peer, a server's its own. */
    private static String socket(Object address, Object localPort, Object port) {
        if (!(address instanceof InetAddress) || !(localPort instanceof Integer) || !(port instanceof Integer)) {
            return null; // neither bound nor connected, or a socket around another
        }
        InetAddress host = (InetAddress) address;
        int local = (Integer) localPort;
        int remote = (Integer) port;
        if (remote > 0) {
            return (local > 0 ? "port " + local + " -> " : "-> ") + SocketAddresses.text(host, remote);
        }
        return local > 0 ? SocketAddresses.text(host, local) : null;
    }

    private static String text(Object known) {
        if (known instanceof InetSocketAddress) {
            InetSocketAddress address = (InetSocketAddress) known;
            return address.getAddress() == null || address.getPort() == 0
                    ? null
                    : SocketAddresses.text(address.getAddress(), address.getPort());
        }
        if (known == null || known.getClass().getClassLoader() != null) {
            return null;
        }
        String text = known.toString(); // a path, or the address of a Unix domain socket
        return text.isEmpty() ? null : text;
    }
}
