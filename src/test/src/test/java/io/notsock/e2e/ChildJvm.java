package io.notsock.e2e;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Starts a program in a JVM of its own.
 *
 * <pre>{@code
 * ChildJvm.Result result = ChildJvm.of(jdk).agent("stacks=all").fixture("io.notsock.fixtures.Echo").run();
 * }</pre>
 *
 * The environment is inherited, less the variables from which a JVM takes options; {@link #env} can set those again.
 * Output goes through files, so that neither a full pipe nor a grandchild that keeps one open can hold a test up.
 */
public final class ChildJvm {
    /** Options that the surrounding build meant for its own JVMs. */
    private static final List<String> JVM_OPTIONS = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    /**
     * On Linux HotSpot reads the limits of its container again and again, its compilers before they start a thread
     * (CompileBroker::possibly_add_compiler_threads calls os::available_memory; 57 times in 0.6 s of Java 17). The files
     * are open for microseconds, and whoever opens something just then gets the number above: a test that waits for a
     * certain number to be given out again would wait in vain.
     */
    private static final String NO_FILES_OF_ITS_OWN = "-XX:-UseContainerSupport";

    private final Jdks.Jdk jdk;
    private final List<String> jvmArgs = new ArrayList<>();
    private final List<Path> classpath = new ArrayList<>();
    private final List<String> program = new ArrayList<>();
    private final List<String> args = new ArrayList<>();
    private final Map<String, String> env = new LinkedHashMap<>();
    private final List<String> prefix = new ArrayList<>();
    private Duration timeout = Duration.ofSeconds(60);
    private Path directory = Path.of("").toAbsolutePath();

    private ChildJvm(Jdks.Jdk jdk) {
        this.jdk = jdk;
    }

    public static ChildJvm of(Jdks.Jdk jdk) {
        return new ChildJvm(jdk);
    }

    /** The packaged agent under test. */
    public static Path agentJar() {
        return pathOf("notsock.agent.jar");
    }

    /** The compiled fixture programs. */
    public static Path fixtures() {
        return pathOf("notsock.fixtures.classpath");
    }

    /** A file as a Windows program of this machine names it. */
    public static String windowsPath(Path path) {
        return Wine.windowsPath(path);
    }

    public static Path jnaJar() {
        return pathOf("notsock.jna.jar");
    }

    /** The functions of Windows as jna-platform declares them. */
    public static Path jnaPlatformJar() {
        return pathOf("notsock.jna.platform.jar");
    }

    public ChildJvm jvmArgs(String... more) {
        jvmArgs.addAll(Arrays.asList(more));
        return this;
    }

    /**
     * Keeps the JVM from starting threads of its compiler and collector whenever it likes: the handles of a new one take
     * just those numbers that a test has made free.
     */
    public ChildJvm noMoreThreadsOfItsOwn() {
        return jvmArgs("-XX:+UseSerialGC", "-XX:-UseDynamicNumberOfCompilerThreads");
    }

    /** Runs under the packaged agent; the options are those behind {@code =}, may be empty. */
    public ChildJvm agent(String options) {
        String all = StacksMode.into(options);
        return jvmArgs("-javaagent:" + agentJar() + (all.isEmpty() ? "" : "=" + all));
    }

    public ChildJvm classpath(Path... more) {
        classpath.addAll(Arrays.asList(more));
        return this;
    }

    public ChildJvm main(String className) {
        program.clear();
        program.add(className);
        return this;
    }

    /** Runs {@code java -jar}. */
    public ChildJvm jar(Path jar) {
        program.clear();
        program.addAll(List.of("-jar", jar.toString()));
        return this;
    }

    /** Runs a fixture program, with the fixtures and JNA on its class path. */
    public ChildJvm fixture(String className) {
        return classpath(fixtures(), jnaJar()).main(className);
    }

    public ChildJvm args(String... more) {
        args.addAll(Arrays.asList(more));
        return this;
    }

    public ChildJvm env(String name, String value) {
        env.put(name, value);
        return this;
    }

    /** The working directory; the one of the build if not set. */
    public ChildJvm directory(Path path) {
        directory = path;
        return this;
    }

    /** A command that starts the JVM, such as {@code strace -f -o FILE}. */
    public ChildJvm under(String... command) {
        prefix.addAll(Arrays.asList(command));
        return this;
    }

    public ChildJvm timeout(Duration limit) {
        timeout = limit;
        return this;
    }

    public List<String> command() {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(Wine.launcher(jdk));
        if (!jdk.windows()) {
            command.add(NO_FILES_OF_ITS_OWN);
        }
        command.addAll(jvmArgs);
        if (!classpath.isEmpty()) {
            command.add("-cp");
            command.add(classpath.stream()
                    .map(Path::toString)
                    .collect(Collectors.joining(jdk.windows() ? ";" : File.pathSeparator)));
        }
        command.addAll(program);
        command.addAll(args);
        return command;
    }

    /** Starts it and waits for its end. */
    public Result run() {
        try (Running running = start()) {
            return running.await();
        }
    }

    /** Starts it; closing the result ends it. */
    public Running start() {
        try {
            Path output = Files.createTempDirectory("notsock-child");
            ProcessBuilder builder = new ProcessBuilder(command())
                    .directory(directory.toFile())
                    .redirectOutput(output.resolve("stdout").toFile())
                    .redirectError(output.resolve("stderr").toFile());
            JVM_OPTIONS.forEach(builder.environment()::remove);
            Wine.prepare(jdk, builder.environment());
            builder.environment().putAll(env);
            Process process = builder.start();
            process.getOutputStream().close();
            return new Running(String.join(" ", builder.command()), process, output, timeout);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path pathOf(String property) {
        String path = System.getProperty(property);
        if (path == null) {
            throw new IllegalStateException(
                    "The build sets -D" + property + "; in an IDE set it in the run configuration");
        }
        return Path.of(path);
    }

    /** What a child JVM said and how it ended. The exit code of one that was ended for its time is not its own. */
    public record Result(String command, int exitCode, boolean timedOut, String stdout, String stderr) {
        /** Itself, if the program ended by itself with this code; else a failure that shows everything. */
        public Result expectExit(int code) {
            if (timedOut || exitCode != code) {
                throw new AssertionError("Expected exit code " + code + " of " + this);
            }
            return this;
        }

        @Override
        public String toString() {
            return command + System.lineSeparator()
                    + (timedOut ? "was ended because it took too long" : "exit code " + exitCode)
                    + System.lineSeparator() + "--- stdout" + System.lineSeparator() + stdout
                    + "--- stderr" + System.lineSeparator() + stderr;
        }
    }

    /** A child JVM that may still run. */
    public static final class Running implements AutoCloseable {
        private final String command;
        private final Process process;
        private final Path output;
        private final Duration timeout;

        private Running(String command, Process process, Path output, Duration timeout) {
            this.command = command;
            this.process = process;
            this.output = output;
            this.timeout = timeout;
        }

        public long pid() {
            return process.pid();
        }

        public boolean isAlive() {
            return process.isAlive();
        }

        /** What it has written so far. */
        public String stdout() {
            return read("stdout");
        }

        public String stderr() {
            return read("stderr");
        }

        /** Waits for its end, and ends it when its time is over. */
        public Result await() {
            try {
                boolean ended = process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
                if (!ended) {
                    kill();
                }
                return new Result(command, process.waitFor(), !ended, stdout(), stderr());
            } catch (InterruptedException e) {
                kill();
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for " + command, e);
            }
        }

        /** Asks it to end as a terminal or a container would: SIGTERM, shutdown hooks run. */
        public void terminate() {
            process.destroy();
        }

        @Override
        public void close() {
            kill();
            try {
                process.waitFor();
                Files.deleteIfExists(output.resolve("stdout"));
                Files.deleteIfExists(output.resolve("stderr"));
                Files.deleteIfExists(output);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void kill() {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }

        private String read(String stream) {
            try {
                return new String(Files.readAllBytes(output.resolve(stream)), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
