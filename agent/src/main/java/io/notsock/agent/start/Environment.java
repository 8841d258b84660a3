package io.notsock.agent.start;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The environment, as far as the agent reads it. {@code System.getenv} brings up the JDK's classes for processes, 4 to 10 ms of
 * a start; on Linux the few variables that count are taken out of {@code /proc/self/environ} (proc(5)), as they were
 * when the program started, whatever a program that makes a JVM inside itself has changed since.
 *
 * <p>Thread-safe.
 */
final class Environment {
    /** Where caches lie, by the XDG Base Directory Specification. */
    static final String CACHE_HOME = "XDG_CACHE_HOME";

    private static final String OURS = "NOTSOCK";
    private static final Map<String, String> VARIABLES = read();

    private Environment() {}

    /** At least those that the agent could read: its own in any spelling, and where caches lie. */
    static Map<String, String> variables() {
        return VARIABLES;
    }

    private static Map<String, String> read() {
        try (FileInputStream in = new FileInputStream("/proc/self/environ")) {
            Map<String, String> ours = ours(in.readAllBytes());
            return ours == null ? System.getenv() : ours;
        } catch (IOException | SecurityException e) {
            return System.getenv(); // not Linux, mostly
        }
    }

    /**
     * The variables of such a block that count, or {@code null} where the block does not tell: it is empty (memory that the process has given
     * another use), or a value is not ASCII, whose encoding the JDK knows. Of a name that comes twice the first one counts, as
     * in {@code java.lang.ProcessEnvironment}.
     */
    static Map<String, String> ours(byte[] block) {
        Map<String, String> found = new HashMap<>();
        for (int at = 0, end; at < block.length; at = end + 1) {
            end = at;
            while (end < block.length && block[end] != 0) {
                end++;
            }
            if (mayBeOurs(block[at]) && (isNext(block, at, OURS) || isNext(block, at, CACHE_HOME))) {
                String variable = new String(block, at, end - at, StandardCharsets.ISO_8859_1);
                int equals = variable.indexOf('=');
                if (!isAscii(variable)) {
                    return null;
                }
                if (equals > 0) {
                    found.putIfAbsent(variable.substring(0, equals), variable.substring(equals + 1));
                }
            }
        }
        return block.length == 0 ? null : found;
    }

    private static boolean mayBeOurs(byte first) {
        return first == 'N' || first == 'n' || first == 'X';
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7e) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNext(byte[] block, int at, String name) {
        if (at + name.length() > block.length) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (Character.toUpperCase((char) block[at + i]) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
