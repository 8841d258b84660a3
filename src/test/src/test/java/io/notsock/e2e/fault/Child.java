package io.notsock.e2e.fault;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.Jdks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Child JVMs of the fault tests: a fixture of theirs that may plant violations, and what came of it. */
final class Child {
    static final String OPENS = "--add-opens=java.base/java.io=ALL-UNNAMED";
    static final String PROGRAM = "io.notsock.fixtures.start.Program";

    private Child() {}

    /** Without the agent. */
    static ChildJvm plain(Jdks.Jdk jdk, String fixture) {
        return ChildJvm.of(jdk).jvmArgs(OPENS).fixture("io.notsock.fixtures.fault." + fixture);
    }

    static ChildJvm agent(Jdks.Jdk jdk, String options, String fixture) {
        return plain(jdk, fixture).agent(options);
    }

    /** The kinds in an alerts file, one a line; every line has to be whole. */
    static List<String> kinds(Path alerts) throws IOException {
        return Files.readAllLines(alerts).stream().map(Child::kindOf).toList();
    }

    /** What stderr holds but for the JVM's own warnings: of native access, Unsafe, late agents, security managers. */
    static List<String> saidBesidesTheJvm(ChildJvm.Result result) {
        return result.stderr()
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("WARNING: "))
                .toList();
    }

    private static String kindOf(String line) {
        if (!line.startsWith("{\"schema\":\"notsock.alert/1\"") || !line.endsWith("}")) {
            throw new AssertionError("not a whole alert: " + line);
        }
        String key = "\"kind\":\"";
        int start = line.indexOf(key) + key.length();
        return line.substring(start, line.indexOf('"', start));
    }
}
