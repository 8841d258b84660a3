package io.notsock.leak;

import io.notsock.alert.Frames;
import io.notsock.alert.Frames.Origin;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Tells from the stack of an opening whether the handle is meant to stay open: caches of the JDK, jars of class loaders,
 * log files. The list is data, {@code kept.txt}. Confined to the agent's thread.
 */
final class Kept {
    private static final String LIST = "kept.txt";
    /** What a class loader is doing when it opens a jar, in whatever class. */
    private static final Set<String> LOADING = Set.of(
            "loadClass",
            "findClass",
            "findResource",
            "findResources",
            "getResource",
            "getResources",
            "getResourceAsStream");

    private final List<String> prefixes = new ArrayList<>();
    private final List<String> exact = new ArrayList<>();
    private final int depth;

    /** @param depth frames kept of a stack */
    Kept(int depth) {
        this.depth = depth;
        try (InputStream in = Kept.class.getResourceAsStream(LIST);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.endsWith("*")) {
                    prefixes.add(line.substring(0, line.length() - 1));
                } else if (!line.isEmpty() && line.charAt(0) != '#') {
                    exact.add(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(LIST, e);
        }
    }

    /**
     * Whether nobody but the platform or the agent is known to have had a part in the opening: there is no place where to close it. Without a stack
     * nobody is known, and nobody can tell a leak from what is kept by design.
     */
    boolean nobodys(StackTraceElement[] stack) {
        int first = opener(stack);
        return first == stack.length ? stack.length < depth : Frames.origin(stack[first]) == Origin.AGENT;
    }

    /** Whether a class loader opened a jar: it keeps it for as long as it lives. */
    static boolean byClassLoader(StackTraceElement[] stack) {
        boolean zip = false;
        boolean loading = false;
        for (StackTraceElement frame : stack) {
            zip |= frame.getClassName().equals("java.util.zip.ZipFile");
            loading |= LOADING.contains(frame.getMethodName());
        }
        return zip && loading;
    }

    /** Whether it was opened to stay open until the JVM ends. */
    boolean untilTheEnd(StackTraceElement[] stack) {
        int first = opener(stack);
        for (int i = 0; i <= first && i < stack.length; i++) {
            if (listed(stack[i].getClassName() + "." + stack[i].getMethodName())) {
                return true;
            }
        }
        return false;
    }

    private boolean listed(String frame) {
        for (String prefix : prefixes) {
            if (frame.startsWith(prefix)) {
                return true;
            }
        }
        return exact.contains(frame);
    }

    /** Index of the innermost frame that is neither the platform's nor the agent's hook; the length where there is none. */
    private static int opener(StackTraceElement[] stack) {
        int i = 0;
        while (i < stack.length && Frames.origin(stack[i]) == Origin.AGENT) {
            i++;
        }
        while (i < stack.length && Frames.origin(stack[i]) == Origin.PLATFORM) {
            i++;
        }
        return i;
    }
}
