package io.notsock.alert;

import java.util.Map;
import java.util.Set;

/**
 * Finds the public class through which an application opened or closed a handle: what people call it, where hooks sit
 * deep inside the JDK.
 *
 * <p>In a stack it is the outermost platform frame next to the application's code. Where that one is a base class, a
 * factory or reflection, which say little, the frames further in are asked.
 */
public final class PublicClass {
    private static final Set<String> PACKAGES =
            Set.of("java.io", "java.net", "java.nio.channels", "java.util.zip", "java.util.jar", "javax.net.ssl");

    /** Public classes that do not tell what was opened or closed: bases, wrappers and factories. */
    private static final Set<String> VAGUE = Set.of(
            "java.io.Closeable",
            "java.io.File",
            "java.io.FilterInputStream",
            "java.io.FilterOutputStream",
            "java.io.InputStream",
            "java.io.NotsockHooks",
            "java.io.OutputStream",
            "java.io.Reader",
            "java.io.Writer",
            "java.nio.channels.Channels");

    /** What a method that accepts a connection returns is not an object of its own class. */
    private static final Map<String, String> ACCEPTED = Map.ofEntries(
            Map.entry("java.net.ServerSocket", "java.net.Socket"),
            Map.entry("sun.nio.ch.ServerSocketAdaptor", "java.net.Socket"),
            Map.entry("sun.nio.ch.ServerSocketChannelImpl", "java.nio.channels.SocketChannel"),
            Map.entry("sun.nio.ch.AsynchronousServerSocketChannelImpl", "java.nio.channels.AsynchronousSocketChannel"));

    /** Classes inside the JDK that stand for a public one. */
    private static final Map<String, String> STANDS_FOR = Map.ofEntries(
            Map.entry("java.lang.ProcessBuilder", "java.lang.Process"),
            Map.entry("java.lang.ProcessImpl", "java.lang.Process"),
            Map.entry("java.net.AbstractPlainDatagramSocketImpl", "java.net.DatagramSocket"),
            Map.entry("java.net.AbstractPlainSocketImpl", "java.net.Socket"),
            Map.entry("java.net.NetMulticastSocket", "java.net.DatagramSocket"),
            Map.entry("java.net.PlainSocketImpl", "java.net.Socket"),
            Map.entry("java.net.SocketInputStream", "java.net.Socket"),
            Map.entry("java.net.SocketOutputStream", "java.net.Socket"),
            Map.entry("java.net.SocksSocketImpl", "java.net.Socket"),
            Map.entry(
                    "sun.nio.ch.AsynchronousServerSocketChannelImpl",
                    "java.nio.channels.AsynchronousServerSocketChannel"),
            Map.entry("sun.nio.ch.AsynchronousSocketChannelImpl", "java.nio.channels.AsynchronousSocketChannel"),
            Map.entry("sun.nio.ch.DatagramChannelImpl", "java.nio.channels.DatagramChannel"),
            Map.entry("sun.nio.ch.DatagramSocketAdaptor", "java.net.DatagramSocket"),
            Map.entry("sun.nio.ch.EPollSelectorImpl", "java.nio.channels.Selector"),
            Map.entry("sun.nio.ch.FileChannelImpl", "java.nio.channels.FileChannel"),
            Map.entry("sun.nio.ch.NioSocketImpl", "java.net.Socket"),
            Map.entry("sun.nio.ch.SelectorImpl", "java.nio.channels.Selector"),
            Map.entry("sun.nio.ch.ServerSocketAdaptor", "java.net.ServerSocket"),
            Map.entry("sun.nio.ch.ServerSocketChannelImpl", "java.nio.channels.ServerSocketChannel"),
            Map.entry("sun.nio.ch.SimpleAsynchronousFileChannelImpl", "java.nio.channels.AsynchronousFileChannel"),
            Map.entry("sun.nio.ch.SinkChannelImpl", "java.nio.channels.Pipe.SinkChannel"),
            Map.entry("sun.nio.ch.SocketAdaptor", "java.net.Socket"),
            Map.entry("sun.nio.ch.SocketChannelImpl", "java.nio.channels.SocketChannel"),
            Map.entry("sun.nio.ch.SourceChannelImpl", "java.nio.channels.Pipe.SourceChannel"),
            Map.entry("sun.nio.ch.WEPollSelectorImpl", "java.nio.channels.Selector"),
            Map.entry("sun.nio.ch.WindowsSelectorImpl", "java.nio.channels.Selector"),
            Map.entry("sun.nio.fs.LinuxWatchService", "java.nio.file.WatchService"),
            Map.entry("sun.nio.fs.UnixChannelFactory", "java.nio.channels.FileChannel"),
            Map.entry("sun.nio.fs.UnixDirectoryStream", "java.nio.file.DirectoryStream"),
            Map.entry("sun.nio.fs.UnixSecureDirectoryStream", "java.nio.file.DirectoryStream"));

    /** Methods that make what their own class does not tell. */
    private static final Map<String, String> MAKES = Map.of(
            "newDirectoryStream", "java.nio.file.DirectoryStream", "newWatchService", "java.nio.file.WatchService");

    private PublicClass() {}

    /**
     * The class by its full name.
     *
     * @param stack innermost frame first
     * @return {@code null} where the stack does not show it: it is empty, it has no frame of an application, or what lies
     *     between names no public class
     */
    public static String of(StackTraceElement... stack) {
        int application = 0;
        while (application < stack.length && Frames.origin(stack[application]) != Frames.Origin.APPLICATION) {
            application++;
        }
        if (application == stack.length) {
            return null; // a Cleaner's or a pool's thread: its outermost frame says nothing about the handle
        }
        for (int i = application - 1; i >= 0; i--) {
            String found = of(stack[i].getClassName(), stack[i].getMethodName());
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static String of(String className, String method) {
        if (method.equals("accept") && ACCEPTED.containsKey(className)) {
            return ACCEPTED.get(className);
        }
        if (MAKES.containsKey(method)
                && (className.startsWith("java.nio.file.") || className.startsWith("sun.nio.fs."))) {
            return MAKES.get(method);
        }
        return of(className);
    }

    /** The public class that this one is, or stands for; {@code null} if none. */
    static String of(String className) {
        int dollar = className.indexOf('$');
        String outer = dollar < 0 ? className : className.substring(0, dollar);
        String known = STANDS_FOR.get(outer);
        if (known != null) {
            return known;
        }
        int dot = outer.lastIndexOf('.');
        boolean named = dot > 0 && PACKAGES.contains(outer.substring(0, dot)) && !VAGUE.contains(outer);
        // By name, since the class itself must not be kept: what is not public in these packages is called so.
        return named && !outer.endsWith("Impl") && !outer.endsWith("Cleanable") ? outer : null;
    }
}
