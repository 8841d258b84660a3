package io.notsock.alert;

import java.util.List;
import java.util.regex.Pattern;

/** Knows stack frames: whose code a frame is, how it is written, and what of its name stays the same between runs. */
public final class Frames {
    /** Whose code a frame is. */
    public enum Origin {
        /** notsock itself. */
        AGENT,
        /** The JDK, and the libraries that only carry a call to a native function. */
        PLATFORM,
        /** The program and its libraries. */
        APPLICATION
    }

    private static final String OURS = "io.notsock.";

    /** The packages of the agent itself; samples, tests and a user's own are programs that are watched. */
    private static final List<String> AGENT_PACKAGES = List.of(
            OURS + "agent.",
            OURS + "alert.",
            OURS + "catalog.",
            OURS + "evidence.",
            OURS + "handle.",
            OURS + "os.",
            OURS + "pipeline.",
            OURS + "registry.",
            OURS + "report.",
            OURS + "shaded.",
            OURS + "track.",
            OURS + "verdict.");

    private static final List<String> PLATFORM_PACKAGES =
            List.of("java.", "jdk.", "sun.", "com.sun.jna.", "com.sun.proxy.", "com.kenai.jffi.", "jnr.ffi.");

    /** What a generated class has in its name that the next run names otherwise. */
    private static final Pattern CLASS_NOISE = Pattern.compile("[/+].*$"
            + "|(?<=\\$\\$Lambda)\\$\\d+"
            + "|(?<=\\$Proxy)\\d+"
            + "|(?<=\\$\\$[A-Za-z]{1,60})\\$\\$[0-9a-fA-F]+"
            + "|(?<=\\$(?:ByteBuddy|MockitoMock|HibernateProxy))\\$\\w+"
            + "|(?<=Generated(?:Method|Constructor|SerializationConstructor)Accessor)\\d+");

    /** The running number of a lambda, an accessor or an anonymous function: {@code lambda$main$3}, {@code access$000}. */
    private static final Pattern METHOD_NOISE = Pattern.compile("(?<=[$-])\\d+$");

    private Frames() {}

    /** Whose code this frame is. */
    public static Origin origin(StackTraceElement frame) {
        String name = frame.getClassName();
        if (isAgent(name)) {
            return Origin.AGENT;
        }
        String module = frame.getModuleName();
        if (module != null && (module.startsWith("java.") || module.startsWith("jdk."))) {
            return Origin.PLATFORM;
        }
        return startsWithAny(name, PLATFORM_PACKAGES) ? Origin.PLATFORM : Origin.APPLICATION;
    }

    /** Whether this class belongs to notsock itself, not to a sample or a test. */
    public static boolean isAgent(String className) {
        // NotsockHooks is the one class that the agent defines inside java.base.
        return startsWithAny(className, AGENT_PACKAGES) || className.equals("java.io.NotsockHooks");
    }

    private static boolean startsWithAny(String name, List<String> prefixes) {
        for (String prefix : prefixes) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /** The frame as {@code class.method(file:line)}: no loader and no module, which differ between JDKs. */
    public static String text(StackTraceElement frame) {
        return frame.getClassName() + "." + frame.getMethodName() + "(" + place(frame) + ")";
    }

    private static String place(StackTraceElement frame) {
        if (frame.isNativeMethod()) {
            return "Native Method";
        }
        if (frame.getFileName() == null) {
            return "Unknown Source";
        }
        return frame.getLineNumber() < 0 ? frame.getFileName() : frame.getFileName() + ":" + frame.getLineNumber();
    }

    /** {@code class.method} with what changes from run to run replaced; the replacement must hold no {@code $}. */
    static String stableName(StackTraceElement frame, String replacement) {
        return CLASS_NOISE.matcher(frame.getClassName()).replaceAll(replacement)
                + "."
                + METHOD_NOISE.matcher(frame.getMethodName()).replaceAll(replacement);
    }

    /** The innermost application frame of a party, or {@code null} where it has none. */
    static StackTraceElement firstApplication(Party party) {
        for (StackTraceElement frame : party.frames()) {
            if (origin(frame) == Origin.APPLICATION) {
                return frame;
            }
        }
        return null;
    }
}
