package io.notsock.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Tells notsock about handles that it cannot see: numbers that native code opens and closes, and numbers that change hands.
 *
 * <p>The agent weaves itself into these methods when it is there. Without it they are empty, and cost what an empty
 * static method costs: nothing, once compiled. No call throws, whatever it is given.
 *
 * <pre>{@code
 * // A descriptor goes from Java to C, which will close it:
 * int fd = numberOf(channel);
 * Handles.release(fd);
 * handOver(fd);       // native
 *
 * // A library's object owns a number of its own:
 * this.fd = open(path);            // native
 * Handles.opened(fd, this);
 * ...
 * Handles.closing(fd, this);       // directly before the close
 * close(fd);                       // native
 * }</pre>
 *
 * <p>A number is a file descriptor on POSIX systems, a HANDLE or SOCKET on Windows. The owner is the object that will close
 * it, compared by identity; it is held weakly.
 */
public final class Handles {
    private Handles() {}

    /**
     * Native code has just given out this number, and {@code owner} will close it, telling so by {@link #closing}. Whoever
     * else closes it before is reported. To be called before anybody else can get to know the number.
     */
    public static void opened(long number, Object owner) {
        // woven by the agent
    }

    /** The number is about to be closed by {@code owner}: to be called directly before the close, in the same thread. */
    public static void closing(long number, Object owner) {
        // woven by the agent
    }

    /**
     * {@code owner} takes over a number that somebody else has opened, and will close it, telling so by {@link #closing}. If
     * the opener is still to close it too, two owners hold one number; whoever hands a number over calls {@link #release}
     * first.
     */
    public static void adopt(long number, Object owner) {
        // woven by the agent
    }

    /**
     * Whoever owned the number lets go of it: native code, or another owner, may close it from now on, and that is never
     * reported.
     */
    public static void release(long number) {
        // woven by the agent
    }

    /**
     * What is known about a number: its opening and its end, of its present life and of some before, oldest first, one line
     * each, for people to read.
     *
     * @return empty without the agent, or where nothing is known
     */
    public static List<String> history(long number) {
        String answer;
        try {
            // The agent's one class in the JDK; there is none without the agent.
            answer = (String) Class.forName("java.io.NotsockHooks")
                    .getMethod("ask", String.class)
                    .invoke(null, "history " + number);
        } catch (ReflectiveOperationException | LinkageError e) {
            return Collections.emptyList();
        }
        if (answer == null || answer.isEmpty()) {
            return Collections.emptyList();
        }
        List<String> lines = new ArrayList<>();
        answer.lines().forEach(lines::add);
        return Collections.unmodifiableList(lines);
    }
}
