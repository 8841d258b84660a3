package io.notsock.e2e;

import java.util.List;

/**
 * The mode of {@code stacks=} that a whole run of these tests is put into by {@code -Dnotsock.stacks=MODE}: for every child JVM that is started
 * without a word on it. Verdicts may not depend on it.
 */
public final class StacksMode {
    private static final String PROPERTY = "notsock.stacks";
    private static final List<String> MODES = List.of("auto", "all", "off");

    private StacksMode() {}

    /** The options of an agent, with the mode of this run where there is one and they leave it open. */
    static String into(String options) {
        String mode = System.getProperty(PROPERTY);
        if (mode == null || options.contains("stacks=") || options.contains("mode=test")) {
            return options;
        }
        if (!MODES.contains(mode)) {
            throw new IllegalArgumentException("-D" + PROPERTY + "=" + mode + ": accepted are " + MODES);
        }
        return (options.isEmpty() ? "" : options + ",") + "stacks=" + mode;
    }

    /** A frame of an opening with which nothing was wrong, where this run captures such; else what an alert says in its place. */
    public static String opening(String frame) {
        return "off".equals(System.getProperty(PROPERTY)) ? "\"stackMissing\":\"not captured" : frame;
    }
}
