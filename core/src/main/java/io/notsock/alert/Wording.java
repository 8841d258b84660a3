package io.notsock.alert;

import java.util.Map;

/** The names people use for threads, owners and closers, in place of those the JDK uses inside. */
final class Wording {
    private static final String UNKNOWN_THREAD = "an unknown thread";

    /** Implementation classes of the JDK whose users know them by another name. */
    private static final Map<String, String> PUBLIC_NAMES = Map.ofEntries(
            Map.entry("sun.nio.ch.SocketChannelImpl", "java.nio SocketChannel"),
            Map.entry("sun.nio.ch.ServerSocketChannelImpl", "java.nio ServerSocketChannel"),
            Map.entry("sun.nio.ch.DatagramChannelImpl", "java.nio DatagramChannel"),
            Map.entry("sun.nio.ch.FileChannelImpl", "java.nio FileChannel"),
            Map.entry("sun.nio.ch.SourceChannelImpl", "java.nio Pipe.SourceChannel"),
            Map.entry("sun.nio.ch.SinkChannelImpl", "java.nio Pipe.SinkChannel"),
            Map.entry("sun.nio.ch.EPollSelectorImpl", "java.nio Selector"),
            Map.entry("sun.nio.ch.WEPollSelectorImpl", "java.nio Selector"),
            Map.entry("sun.nio.ch.WindowsSelectorImpl", "java.nio Selector"),
            Map.entry("sun.nio.ch.NioSocketImpl", "java.net Socket"),
            Map.entry("java.net.PlainSocketImpl", "java.net Socket"),
            Map.entry("java.net.SocksSocketImpl", "java.net Socket"));

    private Wording() {}

    /** The thread as {@code "name"}. */
    static String thread(Party party) {
        return party == null || party.thread() == null ? UNKNOWN_THREAD : "\"" + party.thread() + "\"";
    }

    /** The object that acted or owns, or {@code null} where only a number is known. */
    static String owner(Party party) {
        if (party == null) {
            return null;
        }
        if (party.owner() != null) {
            return className(party.owner());
        }
        return party.apiFamily().equals("java") ? className(party.apiName()) : null;
    }

    /** {@code java.nio SocketChannel} for {@code sun.nio.ch.SocketChannelImpl@1b2c}; others without their identity. */
    private static String className(String owner) {
        int at = owner.indexOf('@');
        String name = at < 0 ? owner : owner.substring(0, at);
        String known = PUBLIC_NAMES.get(name);
        if (known != null) {
            return known;
        }
        int dot = name.lastIndexOf('.');
        return name.startsWith("java.") && dot > 0 ? name.substring(0, dot) + " " + name.substring(dot + 1) : name;
    }

    /** What the party did and who did it: {@code java.nio SocketChannel closed by "a"}, {@code jna:close by "a"}. */
    static String act(Party party, String verb) {
        String who = owner(party);
        if (who != null) {
            return who + " " + verb + " by " + thread(party);
        }
        return (party == null || party.api() == null ? "number " + verb : party.api()) + " by " + thread(party);
    }

    /** Where the party did it: its innermost application frame, or else its thread. */
    static String place(Party party) {
        StackTraceElement frame = party == null ? null : Frames.firstApplication(party);
        return frame != null ? Frames.text(frame) : "thread " + thread(party);
    }
}
