package io.notsock.agent.hook;

import java.io.FileDescriptor;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Asks an IP socket for both its addresses, as {@code sun.nio.ch.Net} does for the channels: getsockname(2) and
 * getpeername(2), which open nothing. JDK 11 declares {@code remoteInetAddress} and has no native code for it: there
 * only the local address is told. Made on the first suspicion about a socket.
 */
final class SocketAddresses {
    private static final Method LOCAL = method("localAddress");
    private static final Method REMOTE = method("remoteAddress");

    private SocketAddresses() {}

    /** {@code local -> remote}, or the local one where there is no peer; {@code null} where the OS tells neither. */
    static String of(FileDescriptor socket) {
        InetSocketAddress local = ask(LOCAL, socket);
        if (local == null || local.getPort() == 0) {
            return null; // not bound yet: nothing to tell it by
        }
        InetSocketAddress remote = ask(REMOTE, socket);
        return remote == null || remote.getPort() == 0 ? text(local) : text(local) + " -> " + text(remote);
    }

    private static String text(InetSocketAddress address) {
        return text(address.getAddress(), address.getPort());
    }

    private static Method method(String name) {
        try {
            Method method = Class.forName("sun.nio.ch.Net", false, null).getDeclaredMethod(name, FileDescriptor.class);
            HookReceiver.open(method);
            return method;
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            return null; // a JDK that asks otherwise
        }
    }

    private static InetSocketAddress ask(Method method, FileDescriptor socket) {
        try {
            return method == null ? null : (InetSocketAddress) method.invoke(null, socket);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null; // ENOTCONN: no peer; UnsatisfiedLinkError
        }
    }

    /** Never a host's name: looking for one may block. */
    static String text(InetAddress host, int port) {
        String name = host.getHostAddress();
        return (name.indexOf(':') >= 0 ? "[" + name + "]" : name) + ":" + port;
    }
}
