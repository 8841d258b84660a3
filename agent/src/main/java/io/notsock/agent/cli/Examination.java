package io.notsock.agent.cli;

import java.io.IOException;
import java.io.NotsockHooks;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What a second JVM under the agent says of itself when it is asked. */
final class Examination {
    /** The argument for that second JVM. */
    static final String INSIDE = "inside";

    private static final String[] QUESTIONS = {"health", "coverage", "hooks"};
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final List<String> health = new ArrayList<>();
    private final List<String> coverage = new ArrayList<>();
    private final List<String> hooks = new ArrayList<>();

    private Examination() {}

    /** Runs that JVM and reads its answers. */
    static Examination run() throws IOException {
        String jar = AgentJar.path().toString();
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-javaagent:" + jar + "=log=off,cache=off",
                        "-cp",
                        jar,
                        "io.notsock.agent.boot.Main",
                        "doctor",
                        INSIDE))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            int status = process.waitFor();
            if (status != 0) {
                throw new IOException("a JVM under the agent ended with status " + status);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return read(said);
    }

    static Examination read(String said) {
        Examination examination = new Examination();
        List<String> part = new ArrayList<>();
        for (String line : said.lines().toArray(String[]::new)) {
            if (line.startsWith("[") && line.endsWith("]")) {
                part = examination.part(line.substring(1, line.length() - 1));
            } else if (!line.isEmpty()) {
                part.add(line);
            }
        }
        return examination;
    }

    private List<String> part(String question) {
        switch (question) {
            case "health":
                return health;
            case "coverage":
                return coverage;
            case "hooks":
                return hooks;
            default:
                return new ArrayList<>();
        }
    }

    /** In that JVM: loading a class is what weaves it; then the answers. */
    static int inside(PrintStream out) {
        if (!NotsockHooks.installed()) {
            return Command.CANNOT;
        }
        CacheWarm.load();
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!NotsockHooks.ask("health").contains("tested=true") && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        for (String question : QUESTIONS) {
            out.println("[" + question + "]");
            out.println(NotsockHooks.ask(question));
        }
        out.flush();
        return Command.FINE;
    }

    /** The value of a {@code key=value} line of the health, or {@code null}. */
    String health(String key) {
        for (String line : health) {
            if (line.startsWith(key + "=")) {
                return line.substring(key.length() + 1);
            }
        }
        return null;
    }

    /** Lines of the coverage. */
    List<String> coverage() {
        return coverage;
    }

    /** One line for each entry of the catalog in force: id, role, kind, target, what is missing; tab separated. */
    List<String> hooks() {
        return hooks;
    }
}
