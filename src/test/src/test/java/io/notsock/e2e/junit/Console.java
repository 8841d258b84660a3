package io.notsock.e2e.junit;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.Jdks;
import io.notsock.e2e.library.Libraries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs fixture tests by JUnit's own console launcher, with {@code notsock-junit} on the class path. */
final class Console {
    static final String JUNIT_5 = "junit-5.14.4";
    static final String JUNIT_6 = "junit-6.1.0";

    private static final String FIXTURES = "io.notsock.fixtures.junit.";
    /** {@code | '-- name() [OK]}, and what failed behind {@code [X]}. */
    private static final Pattern RESULT =
            Pattern.compile("^[|'+. -]*[-] (?<name>.*?) \\[(?<result>OK|X)\\](?<text>.*)$");

    private final ChildJvm jvm;

    private Console(Jdks.Jdk jdk, String junit, Path... more) {
        jvm = ChildJvm.of(jdk)
                .jvmArgs("--add-opens=java.base/java.io=ALL-UNNAMED")
                .classpath(more)
                .classpath(jar())
                .classpath(Libraries.jars(junit))
                .timeout(Duration.ofMinutes(2))
                .fixture("org.junit.platform.console.ConsoleLauncher")
                .args(
                        "execute",
                        "--disable-ansi-colors",
                        "--disable-banner",
                        "--details=tree",
                        "--details-theme=ascii");
    }

    static Console of(Jdks.Jdk jdk, String junit, Path... more) {
        return new Console(jdk, junit, more);
    }

    static Path jar() {
        return Path.of(System.getProperty("notsock.junit.jar"));
    }

    Console agent(String options) {
        jvm.agent(options);
        return this;
    }

    Console jvmArgs(String... args) {
        jvm.jvmArgs(args);
        return this;
    }

    Console config(String key, String value) {
        jvm.args("--config=" + key + "=" + value);
        return this;
    }

    Console tests(String... classes) {
        for (String name : classes) {
            jvm.args("--select-class=" + FIXTURES + name);
        }
        return this;
    }

    ChildJvm.Result run() {
        return jvm.run();
    }

    /** Makes a class path folder in which services are registered, each under its interface. */
    static Path services(Path folder, String service, String fixture) {
        try {
            Path services = Files.createDirectories(folder.resolve("META-INF/services"));
            Files.writeString(services.resolve(service), FIXTURES + fixture + "\n");
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every node of the tree with its result: empty if it passed, else the first line of the reason. */
    static Map<String, String> results(ChildJvm.Result result) {
        Map<String, String> results = new LinkedHashMap<>();
        for (String line : result.stdout().lines().toList()) {
            Matcher matcher = RESULT.matcher(line);
            if (matcher.matches()) {
                results.put(
                        matcher.group("name"),
                        matcher.group("result").equals("OK")
                                ? ""
                                : matcher.group("text").strip());
            }
        }
        if (results.isEmpty()) {
            throw new AssertionError("no results in " + result);
        }
        return results;
    }
}
