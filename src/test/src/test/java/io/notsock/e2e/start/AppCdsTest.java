package io.notsock.e2e.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.EachRuntime;
import io.notsock.e2e.Jdks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** A user's archive of classes (AppCDS), made without the agent, stays usable with it. */
class AppCdsTest {
    private static final String OPENS = "--add-opens=java.base/java.io=ALL-UNNAMED";

    @TempDir
    Path folder;

    /** One full JDK a version: dynamic archives need JDK 13 and the base archive, which jlinked runtimes do not have. */
    static Stream<Jdks.Jdk> withBaseArchive() {
        Map<Integer, Jdks.Jdk> found = new LinkedHashMap<>();
        candidates()
                .filter(jdk -> jdk.version() >= 13 && Files.exists(jdk.home().resolve("lib/server/classes.jsa")))
                .forEach(jdk -> found.putIfAbsent(jdk.version(), jdk));
        for (int version : Jdks.MATRIX) {
            if (!found.containsKey(version)) {
                System.out.println("[notsock] only a static archive, no dynamic one, tested on Java " + version
                        + (version < 13 ? ": it has no dynamic ones" : ": no runtime with a base archive here"));
            }
        }
        return found.values().stream();
    }

    /** The JVM of the build, the matrix, and what GitHub's runners have ({@code JAVA_HOME_25_X64}). */
    private static Stream<Jdks.Jdk> candidates() {
        Stream<Jdks.Jdk> runners = Jdks.MATRIX.stream()
                .filter(version -> System.getenv("JAVA_HOME_" + version + "_X64") != null)
                .map(version -> new Jdks.Jdk(version, Path.of(System.getenv("JAVA_HOME_" + version + "_X64"))));
        return Stream.of(Stream.of(Jdks.own()), Jdks.all().stream(), runners).flatMap(s -> s);
    }

    @EachRuntime
    @MethodSource("withBaseArchive")
    void aDynamicArchiveMadeWithoutTheAgentServesWithIt(Jdks.Jdk jdk) throws Exception {
        Path archive = folder.resolve("app.jsa");
        Path app = jarOfFixtures();
        program(jdk, app)
                .jvmArgs("-XX:ArchiveClassesAtExit=" + archive, OPENS)
                .args("read=/dev/null", "violate-jna")
                .run()
                .expectExit(0);
        assertThat(archive).exists();

        serves(jdk, app, archive, "shared objects file (top)");
    }

    static Stream<Jdks.Jdk> matrix() {
        return Jdks.all().stream();
    }

    @EachRuntime
    @MethodSource("matrix")
    void aStaticArchiveMadeWithoutTheAgentServesWithIt(Jdks.Jdk jdk) throws Exception {
        Path archive = folder.resolve("app.jsa");
        Path classes = folder.resolve("classes.list");
        Path app = jarOfFixtures();
        program(jdk, app)
                .jvmArgs("-Xshare:off", "-XX:DumpLoadedClassList=" + classes, OPENS)
                .args("read=/dev/null", "violate-jna")
                .run()
                .expectExit(0);
        program(jdk, app)
                .jvmArgs("-Xshare:dump", "-XX:SharedClassListFile=" + classes, "-XX:SharedArchiveFile=" + archive)
                .run()
                .expectExit(0);
        assertThat(archive).exists();

        serves(jdk, app, archive, "shared objects file");
    }

    static Stream<Jdks.Jdk> withAotCache() {
        return Jdks.all().stream().filter(jdk -> jdk.version() >= 25);
    }

    /** {@code AOTMode=on} refuses to start where the cache cannot be used: with the agent's own classes rewritten it can. */
    @EachRuntime
    @MethodSource("withAotCache")
    void anAotCacheRecordedWithTheAgentServesWithIt(Jdks.Jdk jdk) throws Exception {
        Path cache = folder.resolve("app.aot");
        Path app = jarOfFixtures();
        program(jdk, app)
                .agent("log=off")
                .jvmArgs("-XX:AOTCacheOutput=" + cache, OPENS)
                .args("read=/dev/null", "violate-jna")
                .run();
        assertThat(cache).exists();

        Path alerts = folder.resolve("alerts.json");
        ChildJvm.Result result = program(jdk, app)
                .agent("log=off,alerts=" + alerts)
                .jvmArgs("-XX:AOTCache=" + cache, "-XX:AOTMode=on", OPENS)
                .args("health", "violate-jna", "violate")
                .run()
                .expectExit(0);

        assertThat(result.stdout()).contains("missing=[]", "summary=null");
        assertThat(Files.readAllLines(alerts)).hasSize(2).allMatch(line -> line.contains("FOREIGN_CLOSE"));
    }

    /** The JVM itself refuses it, for any agent, and goes on without it: the handles are seen all the same. */
    @EachRuntime
    @MethodSource("withAotCache")
    void anAotCacheRecordedWithoutTheAgentIsOnlyNotUsed(Jdks.Jdk jdk) throws Exception {
        Path cache = folder.resolve("app.aot");
        Path app = jarOfFixtures();
        program(jdk, app)
                .jvmArgs("-XX:AOTCacheOutput=" + cache, OPENS)
                .args("read=/dev/null")
                .run();
        assertThat(cache).exists();

        ChildJvm.Result result = program(jdk, app)
                .agent("log=off")
                .jvmArgs("-XX:AOTCache=" + cache, OPENS)
                .args("health")
                .run()
                .expectExit(0);

        assertThat(result.stdout()).contains("missing=[]", "summary=null");
    }

    private static ChildJvm program(Jdks.Jdk jdk, Path app) {
        return ChildJvm.of(jdk).classpath(app, ChildJvm.jnaJar()).main("io.notsock.fixtures.start.Program");
    }

    private void serves(Jdks.Jdk jdk, Path app, Path archive, String source) throws IOException {
        Path alerts = folder.resolve("alerts.json");
        ChildJvm.Result result = program(jdk, app)
                .agent("log=off,alerts=" + alerts)
                .jvmArgs(
                        "-XX:SharedArchiveFile=" + archive,
                        "-Xshare:on",
                        "-Xlog:class+load:file=" + folder.resolve("load"))
                .jvmArgs(OPENS)
                .args("health", "violate-jna", "violate")
                .run()
                .expectExit(0);

        assertThat(result.stdout()).contains("missing=[]", "summary=null");
        // JNA's native access makes a JVM of 24 or later warn.
        assertThat(result.stderr().lines().filter(line -> !line.isBlank() && !line.startsWith("WARNING: ")))
                .isEmpty();
        assertThat(Files.readAllLines(alerts)).hasSize(2).allMatch(line -> line.contains("FOREIGN_CLOSE"));
        assertThat(Files.readString(folder.resolve("load")))
                .as("the application's own class comes from the archive")
                .contains("io.notsock.fixtures.start.Program source: " + source);
    }

    /** Archives hold no classes of folders. */
    private Path jarOfFixtures() throws IOException {
        Path jar = folder.resolve("app.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(ChildJvm.fixtures())) {
            for (Path file : files.filter(f -> f.toString().contains("fixtures/start/") && Files.isRegularFile(f))
                    .toList()) {
                out.putNextEntry(new JarEntry(
                        ChildJvm.fixtures().relativize(file).toString().replace('\\', '/')));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
        return jar;
    }
}
