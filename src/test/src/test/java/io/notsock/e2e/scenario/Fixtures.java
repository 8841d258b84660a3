package io.notsock.e2e.scenario;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.Jdks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Starts the scenario programs. */
final class Fixtures {
    private static final String PACKAGE = "io.notsock.fixtures.scenario.";

    private Fixtures() {}

    /** The matrix, and the JVM of the build where that is another one. */
    static List<Jdks.Jdk> runtimes() {
        List<Jdks.Jdk> all = new ArrayList<>(Jdks.all());
        if (all.stream().noneMatch(jdk -> jdk.home().equals(Jdks.own().home()))) {
            all.add(Jdks.own());
        }
        return all;
    }

    static ChildJvm program(Jdks.Jdk jdk, String name) {
        ChildJvm child = ChildJvm.of(jdk).fixture(PACKAGE + name);
        for (String opened : List.of("java.io", "java.net", "sun.nio.ch")) {
            child.jvmArgs("--add-opens", "java.base/" + opened + "=ALL-UNNAMED");
        }
        if (jdk.version() >= 23) {
            child.jvmArgs("--sun-misc-unsafe-memory-access=allow"); // else it warns of a fixture's Unsafe
        }
        if (jdk.version() >= 24) {
            child.jvmArgs("--enable-native-access=ALL-UNNAMED"); // else JNA makes the JVM print a warning
        }
        return child;
    }

    /** The agent with every stack, alerts into a file and nothing on stderr. */
    static String options(Path alerts) {
        return "stacks=all,level=INFO,log=off,alerts=" + alerts;
    }

    /** What a scenario has printed as its number. */
    static long number(ChildJvm.Result result, String scenario) {
        Matcher matcher =
                Pattern.compile("(?m)^" + scenario + " number=(\\d+)$").matcher(result.stdout());
        if (!matcher.find()) {
            throw new AssertionError(scenario + " has printed no number: " + result);
        }
        return Long.parseLong(matcher.group(1));
    }
}
