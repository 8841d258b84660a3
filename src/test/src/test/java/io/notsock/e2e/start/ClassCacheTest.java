package io.notsock.e2e.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.EachRuntime;
import io.notsock.e2e.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Woven classes of an earlier start: used where they are right, ignored where they are not. */
class ClassCacheTest {
    private static final String PROGRAM = "io.notsock.fixtures.start.Program";
    /** Loaded by whoever reads a class file to weave it. */
    private static final String READER = "io.notsock.shaded.net.bytebuddy.jar.asm.ClassReader ";

    @TempDir
    private Path folder;

    private ChildJvm program(Jdks.Jdk jdk, String cache) {
        return ChildJvm.of(jdk)
                .jvmArgs("--add-opens=java.base/java.io=ALL-UNNAMED", "-Xlog:class+load")
                .agent("cache=" + cache + ",log=off,alerts=" + folder.resolve("alerts.json"))
                .fixture(PROGRAM)
                .args("violate", "exit=0");
    }

    private ChildJvm.Result alarmed(ChildJvm program) throws Exception {
        Files.deleteIfExists(folder.resolve("alerts.json"));
        ChildJvm.Result result = program.run().expectExit(0);
        assertThat(result.stderr()).as("%s", result).doesNotContain("notsock:");
        assertThat(Files.readAllLines(folder.resolve("alerts.json")))
                .singleElement()
                .asString()
                .contains("\"kind\":\"FOREIGN_CLOSE\"");
        return result;
    }

    private List<Path> files(Path cache) throws Exception {
        try (Stream<Path> files = Files.list(cache)) {
            return files.toList();
        }
    }

    @EachRuntime
    @MethodSource("io.notsock.e2e.Jdks#all")
    void theSecondStartWeavesNothingAndSeesTheSame(Jdks.Jdk jdk) throws Exception {
        Path cache = folder.resolve("cache");
        assertThat(read(alarmed(program(jdk, cache.toString())))).isTrue();
        assertThat(files(cache)).hasSize(1);

        ChildJvm.Result second = alarmed(program(jdk, cache.toString()));
        assertThat(read(second))
                .as("class files read to weave them, in %s", second)
                .isFalse();
    }

    @EachRuntime
    @MethodSource("io.notsock.e2e.Jdks#all")
    void aDamagedFileIsIgnoredAndReplaced(Jdks.Jdk jdk) throws Exception {
        Path cache = folder.resolve("cache");
        alarmed(program(jdk, cache.toString()));
        Path file = files(cache).get(0);
        byte[] whole = Files.readAllBytes(file);
        byte[] damaged = whole.clone();
        damaged[damaged.length / 2] ^= 1;
        Files.write(file, damaged);

        assertThat(read(alarmed(program(jdk, cache.toString())))).isTrue();
        assertThat(read(alarmed(program(jdk, cache.toString())))).isFalse();
    }

    @Test
    void aUsersCatalogHasItsOwn() throws Exception {
        Jdks.Jdk jdk = Jdks.own();
        Path cache = folder.resolve("cache");
        Path catalog = Files.writeString(folder.resolve("my.catalog"), """
                entry my.open
                  role open
                  method my.Device.open()I
                  number return
                  owner this
                """);
        alarmed(program(jdk, cache.toString()));
        alarmed(program(jdk, cache + ",catalog=" + catalog));
        assertThat(files(cache)).hasSize(2);
    }

    @Test
    void aFolderThatCannotBeWrittenIsSaidInOneLineAndCostsNothingElse() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        Files.deleteIfExists(folder.resolve("alerts.json"));
        ChildJvm.Result result = program(Jdks.own(), file + "/cache").run().expectExit(0);

        assertThat(result.stderr().lines().filter(line -> line.startsWith("notsock:")))
                .singleElement()
                .asString()
                .startsWith("notsock: cache=" + file + "/cache: cannot be written: ");
    }

    @Test
    void startsAtTheSameTimeDoNotDisturbEachOther() throws Exception {
        Path cache = folder.resolve("cache");
        ChildJvm program =
                ChildJvm.of(Jdks.own()).agent("cache=" + cache).fixture(PROGRAM).args("read=/dev/null", "say=ran");
        try (ChildJvm.Running one = program.start();
                ChildJvm.Running two = program.start();
                ChildJvm.Running three = program.start()) {
            for (ChildJvm.Running running : List.of(one, two, three)) {
                ChildJvm.Result result = running.await().expectExit(0);
                assertThat(result.stdout()).isEqualTo("ran\n");
                assertThat(result.stderr()).isEmpty();
            }
        }
        assertThat(files(cache)).hasSize(1);
        alarmed(program(Jdks.own(), cache.toString()));
        assertThat(read(alarmed(program(Jdks.own(), cache.toString())))).isFalse();
    }

    @EachRuntime
    @MethodSource("io.notsock.e2e.Jdks#all")
    void anImageBringsItsOwn(Jdks.Jdk jdk) throws Exception {
        Path cache = folder.resolve("image");
        ChildJvm.Result warm = ChildJvm.of(jdk)
                .jar(ChildJvm.agentJar())
                .args("cache", "warm", "-o", cache.toString())
                .run()
                .expectExit(0);
        Path file = files(cache).get(0);
        assertThat(warm.stdout()).startsWith(file + ": woven classes for Java " + jdk.version());
        assertThat(warm.stderr()).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r--r--");

        assertThat(read(alarmed(program(jdk, cache.toString())))).isFalse();
    }

    private static boolean read(ChildJvm.Result result) {
        return result.stdout().contains(READER);
    }
}
