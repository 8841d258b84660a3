package io.notsock.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdksTest {
    private static final Jdks.Jdk OWN = Jdks.own();

    @Test
    void theJvmOfTheBuildStandsForItsOwnVersion() {
        Jdks.Found found = Jdks.search(name -> null, new Jdks.Jdk(17, OWN.home()));

        assertThat(found.jdks()).containsExactly(new Jdks.Jdk(17, OWN.home()));
        assertThat(found.missing())
                .hasSize(3)
                .first()
                .asString()
                .isEqualTo("not tested on Java 11: NOTSOCK_JDK_11 is not set and the build runs on Java 17");
    }

    @Test
    void theEnvironmentWinsOverTheJvmOfTheBuild(@TempDir Path other) throws Exception {
        Path home = runtime(other, "17.0.9");

        Jdks.Found found = Jdks.search(Map.of("NOTSOCK_JDK_17", home.toString())::get, new Jdks.Jdk(17, OWN.home()));

        assertThat(found.jdks()).containsExactly(new Jdks.Jdk(17, home));
    }

    @Test
    void aHomeOfAnotherVersionIsMissingAndSaysWhy(@TempDir Path other) throws Exception {
        Path home = runtime(other, "17.0.9");

        Jdks.Found found = Jdks.search(Map.of("NOTSOCK_JDK_11", home.toString())::get, OWN);

        assertThat(found.missing()).contains("not tested on Java 11: NOTSOCK_JDK_11=" + home + " is Java 17.0.9");
    }

    @Test
    void aHomeWithoutJavaIsMissingAndSaysWhy(@TempDir Path empty) {
        Jdks.Found found = Jdks.search(Map.of("NOTSOCK_JDK_11", empty.toString())::get, OWN);

        assertThat(found.missing())
                .contains("not tested on Java 11: NOTSOCK_JDK_11=" + empty + " has no bin/java that can be run");
    }

    @Test
    void aWindowsRuntimeIsFoundByItsOwnVariable(@TempDir Path other) throws Exception {
        Path home = runtime(other, "17.0.9");
        Files.createFile(home.resolve("bin/java.exe"));

        Jdks.Found found = Jdks.searchWindows(Map.of("NOTSOCK_WIN_17", home.toString())::get);

        assertThat(found.jdks()).containsExactly(new Jdks.Jdk(17, home));
        assertThat(found.missing())
                .containsExactly(
                        "not tested on Windows Java 11: NOTSOCK_WIN_11 is not set",
                        "not tested on Windows Java 21: NOTSOCK_WIN_21 is not set",
                        "not tested on Windows Java 25: NOTSOCK_WIN_25 is not set");
    }

    @Test
    void aLinuxRuntimeIsNoWindowsRuntime(@TempDir Path other) throws Exception {
        Path home = runtime(other, "17.0.9");

        Jdks.Found found = Jdks.searchWindows(Map.of("NOTSOCK_WIN_17", home.toString())::get);

        assertThat(found.missing())
                .contains("not tested on Windows Java 17: NOTSOCK_WIN_17=" + home
                        + " has no bin/java.exe, it is no Windows runtime");
    }

    private static Path runtime(Path home, String version) throws Exception {
        Path java =
                Files.createFile(Files.createDirectories(home.resolve("bin")).resolve("java"));
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        return home;
    }
}
