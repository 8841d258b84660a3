package io.notsock.e2e.start;

import static org.awaitility.Awaitility.await;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Which runtimes a test of this package takes, and how it waits for a child. */
public final class Runtimes {
    private Runtimes() {}

    /** The matrix and the JVM of the build, which may be a full JDK of a version that the matrix has too. */
    public static Stream<Jdks.Jdk> withOwn() {
        List<Jdks.Jdk> all = new ArrayList<>(Jdks.all());
        if (!all.contains(Jdks.own())) {
            all.add(Jdks.own());
        }
        return all.stream();
    }

    /** Runtimes that can attach to another JVM. */
    public static Stream<Jdks.Jdk> thatAttach() {
        return withOwn().filter(jdk -> has(jdk, "libattach.so"));
    }

    static boolean has(Jdks.Jdk jdk, String library) {
        boolean there = Files.exists(jdk.home().resolve("lib").resolve(library));
        if (!there) {
            System.out.println("[notsock] not tested on " + jdk + ": its runtime has no " + library);
        }
        return there;
    }

    public static void awaitReady(ChildJvm.Running child) {
        await().atMost(Duration.ofSeconds(30)).until(() -> child.stdout().contains("ready") || !child.isAlive());
    }

    public static List<String> linesOf(Path file) throws java.io.IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }
}
