package io.notsock.agent.start;

import java.io.FileInputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;

/**
 * The environment, as far as the agent reads it. {@code System.getenv} brings up the JDK's classes for processes, 4 to 10 ms of
 * a start; on Linux a look into {@code /proc/self/environ} (proc(5)) tells that it can be spared.
 */
final class Environment {
    /** Where caches lie, by the XDG Base Directory Specification. */
    static final String CACHE_HOME = "XDG_CACHE_HOME";

    private static final String OURS = "NOTSOCK";
    private static final Map<String, String> VARIABLES = read();

    private Environment() {}

    /** All variables, or none where none of those is set that the agent could read. */
    static Map<String, String> variables() {
        return VARIABLES;
    }

    private static Map<String, String> read() {
        try (FileInputStream in = new FileInputStream("/proc/self/environ")) {
            byte[] block = in.readAllBytes();
            return block.length > 0 && !concerns(block) ? Collections.emptyMap() : System.getenv();
        } catch (IOException | SecurityException e) {
            return System.getenv(); // not Linux, mostly
        }
    }

    /** Whether a variable of the agent's is among these, in any spelling. */
    static boolean concerns(byte[] block) {
        int at = 0;
        while (at < block.length) {
            byte first = block[at];
            if ((first == 'N' || first == 'n' || first == 'X')
                    && (isNext(block, at, OURS) || isNext(block, at, CACHE_HOME))) {
                return true;
            }
            while (at < block.length && block[at] != 0) {
                at++;
            }
            at++;
        }
        return false;
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
