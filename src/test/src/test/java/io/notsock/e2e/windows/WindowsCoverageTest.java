package io.notsock.e2e.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.EachRuntime;
import io.notsock.e2e.Jdks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the registry holds for open is in the list that Windows gives of the process's handles, and of what is in that list
 * every file, socket and pipe is known. The one exception is the JDK's: the driver by which a selector waits.
 */
class WindowsCoverageTest {
    /** From 17 on a selector has a handle of AFD, made in native code; wine gives it no name. */
    private static final Pattern OF_SELECTOR = Pattern.compile("open: unclassified \\d+ file");

    @TempDir
    Path folder;

    static List<Jdks.Jdk> runtimes() {
        return Jdks.windows();
    }

    @EachRuntime
    @MethodSource("runtimes")
    void everyHandleIsAccountedFor(Jdks.Jdk jdk) {
        Path alerts = folder.resolve("alerts.json");
        ChildJvm.Result result = ChildJvm.of(jdk)
                .agent("log=off,alerts=" + alerts)
                .noMoreThreadsOfItsOwn()
                .jvmArgs("-XX:+IgnoreUnrecognizedVMOptions", "--enable-native-access=ALL-UNNAMED")
                .fixture("io.notsock.fixtures.windows.Covered")
                .timeout(Duration.ofMinutes(2))
                .run()
                .expectExit(0);

        List<String> said = result.stdout().lines().toList();
        assertThat(said)
                .as("%s", result)
                .contains("open: vanished=0", "closed: vanished=0", "closed: unclassified=0", "failures=0");
        List<String> unknown = said.stream()
                .filter(line -> line.startsWith("open: unclassified "))
                .toList();
        assertThat(unknown).as("%s", result).hasSizeLessThanOrEqualTo(jdk.version() < 17 ? 0 : 1);
        assertThat(unknown).as("%s", result).allMatch(OF_SELECTOR.asMatchPredicate());
        assertThat(known(said)).as("%s", result).isGreaterThanOrEqualTo(25);
        assertThat(alerts)
                .satisfiesAnyOf(
                        file -> assertThat(file).doesNotExist(),
                        file -> assertThat(file).isEmptyFile());
    }

    private static int known(List<String> said) {
        String prefix = "open: known=";
        return said.stream()
                .filter(line -> line.startsWith(prefix))
                .mapToInt(line -> Integer.parseInt(line.substring(prefix.length())))
                .findFirst()
                .orElse(0);
    }
}
