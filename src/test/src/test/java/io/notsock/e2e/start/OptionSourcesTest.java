package io.notsock.e2e.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Options as a user gives them, to the packaged jar. */
class OptionSourcesTest {
    private static final String OPENS = "--add-opens=java.base/java.io=ALL-UNNAMED";

    @TempDir
    Path folder;

    @Test
    void aBadOptionIsSaidInOneLineAndTheApplicationRuns() {
        ChildJvm.Result result = program("stacks=maybe").args("say=ran").run().expectExit(0);

        assertThat(result.stdout()).isEqualTo("ran\n");
        assertThat(result.stderr().lines())
                .singleElement()
                .asString()
                .startsWith("notsock: ")
                .contains("stacks", "maybe", "auto, all, off");
    }

    @Test
    void anUnknownKeyIsSaidWithTheNearestOne() {
        ChildJvm.Result result = program("alert=x.json").args("say=ran").run().expectExit(0);

        assertThat(result.stdout()).isEqualTo("ran\n");
        assertThat(result.stderr().lines()).singleElement().asString().contains("alert", "alerts");
    }

    @Test
    void onerrorExitEndsBeforeTheApplicationBegins() {
        ChildJvm.Result result =
                program("stacks=maybe,onerror=exit").args("say=ran").run().expectExit(78);

        assertThat(result.stdout()).isEmpty();
        assertThat(result.stderr().lines()).hasSize(1);
    }

    @Test
    void theArgumentWinsOverPropertyEnvironmentAndFile() throws Exception {
        Path config = Files.writeString(
                folder.resolve("notsock.properties"),
                "alerts=" + folder.resolve("file.json") + "\nlog=off\nexitcode=11\n");

        ChildJvm.Result result = program("alerts=" + folder.resolve("argument.json"))
                .jvmArgs("-Dnotsock.alerts=" + folder.resolve("property.json"), "-Dnotsock.exitcode=12")
                .env("NOTSOCK_EXITCODE", "13")
                .env("NOTSOCK_CONFIG", config.toString())
                .args("violate")
                .run()
                .expectExit(12);

        assertThat(result.stderr()).isEmpty();
        assertThat(folder.resolve("argument.json")).exists();
        assertThat(folder.resolve("property.json")).doesNotExist();
        assertThat(folder.resolve("file.json")).doesNotExist();
    }

    @Test
    void theEnvironmentWinsOverTheFile() throws Exception {
        Path config = Files.writeString(folder.resolve("notsock.properties"), "log=off\nexitcode=11\n");

        program("")
                .env("NOTSOCK_EXITCODE", "13")
                .env("NOTSOCK_CONFIG", config.toString())
                .args("violate")
                .run()
                .expectExit(13);
        program("config=" + config).args("violate").run().expectExit(11);
    }

    @Test
    void fileNamesTakePidAndStartTimeAndFilesAreForTheirOwnerOnly() throws Exception {
        ChildJvm.Result result = program(
                        "alerts=" + folder + "/new/alerts-%p-%t.json,log=file:" + folder + "/log-%p.txt")
                .args("violate")
                .run()
                .expectExit(0);

        assertThat(result.stderr()).isEmpty();
        List<Path> files;
        try (var all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        assertThat(files).hasSize(2);
        for (Path file : files) {
            assertThat(file.getFileName().toString()).matches("alerts-\\d+-\\d{8}-\\d{6}\\.json|log-\\d+\\.txt");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(Files.size(file)).isPositive();
        }
    }

    @Test
    void aHealthyRunLeavesAnEmptyAlertsFile() {
        Path alerts = folder.resolve("alerts.json");

        program("alerts=" + alerts).args("say=ran").run().expectExit(0);

        assertThat(alerts).isEmptyFile();
    }

    private static ChildJvm program(String options) {
        return ChildJvm.of(Jdks.own()).agent(options).jvmArgs(OPENS).fixture("io.notsock.fixtures.start.Program");
    }
}
