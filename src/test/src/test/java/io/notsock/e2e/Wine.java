package io.notsock.e2e;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a Windows runtime is started on Linux: by wine, as {@code .ci/windows-runtimes} prepared it and says in {@code
 * NOTSOCK_WINE}, {@code NOTSOCK_WINE_PREFIX} and {@code NOTSOCK_WINE_SHIM}. On Windows itself nothing is added.
 *
 * <p>Wine shows the file system as drive Z: and the working directory lies on it, so Linux paths work as they are.
 */
final class Wine {
    /** The first release whose network code asks for what wine 8 does not have ({@code .ci/wine/anycast.c}). */
    private static final int NEEDS_SHIM = 21;

    private Wine() {}

    /** The words in front of the JVM's own arguments. */
    static List<String> launcher(Jdks.Jdk jdk) {
        List<String> words = new ArrayList<>();
        if (jdk.windows() && onLinux()) {
            words.add(setting("NOTSOCK_WINE"));
            words.add(jdk.java().toString());
            // Wine knows no process groups, and HotSpot would say so on stderr at each start.
            words.addAll(List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:-PrintWarnings"));
            words.addAll(shim(jdk));
        } else {
            words.add(jdk.java().toString());
        }
        return words;
    }

    private static List<String> shim(Jdks.Jdk jdk) {
        return jdk.version() < NEEDS_SHIM
                ? List.of()
                : List.of("-agentpath:" + windowsPath(Path.of(setting("NOTSOCK_WINE_SHIM"))));
    }

    /** The same file as a Windows program names it. */
    static String windowsPath(Path path) {
        return (onLinux() ? "Z:" : "") + path.toAbsolutePath().toString().replace('/', '\\');
    }

    static void prepare(Jdks.Jdk jdk, Map<String, String> environment) {
        if (jdk.windows() && onLinux()) {
            environment.put("WINEPREFIX", setting("NOTSOCK_WINE_PREFIX"));
            environment.put("WINEDEBUG", "-all");
            environment.put("WINEDLLOVERRIDES", "mscoree,mshtml="); // no offer to fetch Mono and Gecko
            environment.remove("DISPLAY");
            environment.remove("JAVA_HOME");
            environment.remove("CLASSPATH");
        }
    }

    private static boolean onLinux() {
        return System.getProperty("os.name").equals("Linux");
    }

    private static String setting(String name) {
        String value = System.getenv(name);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException(name + " is not set; eval \"$(.ci/windows-runtimes)\" sets it");
        }
        return value;
    }
}
