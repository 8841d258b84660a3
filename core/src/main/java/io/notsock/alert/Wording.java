package io.notsock.alert;

import java.util.Map;
import java.util.regex.Pattern;

/** The names people use for threads, owners and closers, in place of those the JDK uses inside. */
final class Wording {
    private static final String UNKNOWN_THREAD = "an unknown thread";
    private static final String CHANNELS = "java.nio.channels.";
    /** Of an owner, what follows the class: its identity, or the descriptor it closed through. */
    private static final Pattern NOT_THE_CLASS = Pattern.compile("[@ ].*$");

    /** What hooks deep in the JDK act for, where no stack tells the class. */
    private static final Map<String, String> BY_HOOK = Map.ofEntries(
            Map.entry("java.io.FileCleanable", "java.io stream"),
            Map.entry("java.io.FileCleanable.performCleanup", "Cleaner of a java.io stream"),
            Map.entry("java.net.SocketCleanable", "java.net socket"),
            Map.entry("java.net.SocketCleanable.performCleanup", "Cleaner of a java.net socket"),
            Map.entry("sun.nio.ch.DatagramDispatcher.close", "datagram socket"),
            Map.entry("sun.nio.ch.SocketDispatcher.close", "socket"),
            Map.entry("sun.nio.ch.UnixDispatcher.close", "socket or pipe"));

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
        return party.apiFamily().equals("java") ? byHook(party.apiName()) : null;
    }

    private static String byHook(String hook) {
        String known = BY_HOOK.get(hook);
        if (known != null) {
            return known;
        }
        int dot = hook.lastIndexOf('.');
        boolean method = dot > 0 && Character.isLowerCase(hook.charAt(dot + 1));
        String type = PublicClass.of(method ? hook.substring(0, dot) : hook);
        return type == null ? null : className(type);
    }

    /** {@code java.nio SocketChannel} for {@code sun.nio.ch.SocketChannelImpl@1b2c}; without identity and descriptor. */
    private static String className(String owner) {
        String name = NOT_THE_CLASS.matcher(owner).replaceFirst("");
        String known = PublicClass.of(name);
        if (known != null) {
            name = known;
        }
        if (name.startsWith(CHANNELS)) {
            return "java.nio " + name.substring(CHANNELS.length());
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
        if (frame != null) {
            return Frames.text(frame);
        }
        return party == null || party.thread() == null ? UNKNOWN_THREAD : "thread " + thread(party);
    }
}
