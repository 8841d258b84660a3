package io.notsock.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The runtimes to test. Each version of {@link #MATRIX} is looked for in the environment variable {@code NOTSOCK_JDK_n},
 * a Java home; where that is not set, the JVM that runs the build stands for its own version. What is missing is said on
 * standard output, and is a failure with {@code -Dnotsock.require.all=true} or {@code NOTSOCK_REQUIRE_ALL=true}.
 */
public final class Jdks {
    public static final List<Integer> MATRIX = List.of(11, 17, 21, 25);

    /** One Java runtime: its feature version and its home. */
    public record Jdk(int version, Path home) {
        public Path java() {
            Path windows = home.resolve("bin/java.exe");
            return Files.exists(windows) ? windows : home.resolve("bin/java");
        }

        /** A runtime for Windows; on another system wine runs it. */
        public boolean windows() {
            return Files.exists(home.resolve("bin/java.exe"));
        }

        @Override
        public String toString() {
            return (windows() ? "Windows Java " : "Java ") + version;
        }
    }

    /** What a search has found, and for each version that it has not found, one line that says why. */
    record Found(List<Jdk> jdks, List<String> missing) {
        Found {
            jdks = List.copyOf(jdks);
            missing = List.copyOf(missing);
        }
    }

    /** Searched once for a test run, so each missing runtime is said once. */
    private static final class Once {
        static final Found FOUND = search(System::getenv, own());

        static {
            FOUND.missing().forEach(line -> System.out.println("[notsock] " + line));
        }
    }

    private static final class WindowsOnce {
        static final Found FOUND = searchWindows(System::getenv);

        static {
            FOUND.missing().forEach(line -> System.out.println("[notsock] " + line));
        }
    }

    private Jdks() {}

    /**
     * Every Windows runtime to test, lowest version first: those named by {@code NOTSOCK_WIN_n}, which {@code
     * .ci/windows-runtimes} sets together with what wine needs.
     */
    public static List<Jdk> windows() {
        if (requireAll() && !WindowsOnce.FOUND.missing().isEmpty()) {
            throw new AssertionError(String.join(System.lineSeparator(), WindowsOnce.FOUND.missing()));
        }
        return WindowsOnce.FOUND.jdks();
    }

    /** Every runtime to test, lowest version first. */
    public static List<Jdk> all() {
        if (requireAll() && !Once.FOUND.missing().isEmpty()) {
            throw new AssertionError(String.join(System.lineSeparator(), Once.FOUND.missing()));
        }
        return Once.FOUND.jdks();
    }

    /** Every runtime to test from a version on. */
    public static List<Jdk> since(int version) {
        return all().stream().filter(jdk -> jdk.version() >= version).toList();
    }

    public static Optional<Jdk> find(int version) {
        return all().stream().filter(jdk -> jdk.version() == version).findFirst();
    }

    /** The JVM that runs the build, whatever its version. */
    public static Jdk own() {
        return new Jdk(Runtime.version().feature(), Path.of(System.getProperty("java.home")));
    }

    /** Whether what cannot be tested here is a failure. */
    public static boolean requireAll() {
        return Boolean.getBoolean("notsock.require.all") || Boolean.parseBoolean(System.getenv("NOTSOCK_REQUIRE_ALL"));
    }

    /** Whether this machine has a program of that name. */
    public static boolean onPath(String program) {
        return Stream.of(System.getenv("PATH").split(":", -1)).anyMatch(p -> Files.isExecutable(Path.of(p, program)));
    }

    /** Whether something a test needs is there: if not, that is said in one line, and a failure where all is required. */
    public static boolean there(boolean there, String notTested) {
        if (!there) {
            System.out.println("[notsock] " + notTested);
            if (requireAll()) {
                throw new AssertionError(notTested + ", and nothing may be left out");
            }
        }
        return there;
    }

    static Found search(UnaryOperator<String> environment, Jdk own) {
        List<Jdk> jdks = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (int version : MATRIX) {
            String variable = "NOTSOCK_JDK_" + version;
            String home = environment.apply(variable);
            if (home != null && !home.isBlank()) {
                Jdk jdk = new Jdk(version, Path.of(home));
                Optional<String> flaw = flaw(jdk);
                if (flaw.isEmpty()) {
                    jdks.add(jdk);
                } else {
                    missing.add("not tested on Java " + version + ": " + variable + "=" + home + " " + flaw.get());
                }
            } else if (own.version() == version) {
                jdks.add(own);
            } else {
                missing.add("not tested on Java " + version + ": " + variable
                        + " is not set and the build runs on Java " + own.version());
            }
        }
        return new Found(jdks, missing);
    }

    static Found searchWindows(UnaryOperator<String> environment) {
        List<Jdk> jdks = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (int version : MATRIX) {
            String variable = "NOTSOCK_WIN_" + version;
            String home = environment.apply(variable);
            if (home == null || home.isBlank()) {
                missing.add("not tested on Windows Java " + version + ": " + variable + " is not set");
                continue;
            }
            Jdk jdk = new Jdk(version, Path.of(home));
            Optional<String> flaw =
                    jdk.windows() ? flaw(jdk) : Optional.of("has no bin/java.exe, it is no Windows runtime");
            if (flaw.isEmpty()) {
                jdks.add(jdk);
            } else {
                missing.add("not tested on Windows Java " + version + ": " + variable + "=" + home + " " + flaw.get());
            }
        }
        return new Found(jdks, missing);
    }

    private static Optional<String> flaw(Jdk jdk) {
        if (!jdk.windows() && !Files.isExecutable(jdk.java())) {
            return Optional.of("has no bin/java that can be run");
        }
        Properties release = new Properties();
        try (InputStream in = Files.newInputStream(jdk.home().resolve("release"))) {
            release.load(in);
        } catch (IOException e) {
            return Optional.of("has no release file that can be read: " + e);
        }
        String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
        return version.equals(Integer.toString(jdk.version())) || version.startsWith(jdk.version() + ".")
                ? Optional.empty()
                : Optional.of("is Java " + version);
    }
}
