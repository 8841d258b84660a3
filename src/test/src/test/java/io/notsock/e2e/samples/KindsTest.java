package io.notsock.e2e.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.EachRuntime;
import io.notsock.e2e.Jdks;
import io.notsock.samples.Notsock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages in {@code docs/alerts} show what the agent says today: their examples are run and compared. */
class KindsTest {
    private static final Path PAGES =
            Path.of("../../docs/alerts").toAbsolutePath().normalize();
    private static final String SAMPLES = "io.notsock.samples.kinds.";

    @ParameterizedTest
    @CsvSource({
        "DOUBLE_CLOSE, DoubleClose",
        "CLOSE_OF_REUSED, CloseOfReused",
        "FOREIGN_CLOSE, ForeignClose",
        "USE_AFTER_CLOSE, UseAfterClose",
        "USE_OF_REUSED, UseOfReused",
        "HIDDEN_CLOSE, HiddenClose",
        "LEAK, Leak"
    })
    void thePageShowsWhatTheAgentSays(String kind, String sample) throws Exception {
        List<String> page = alert(kind, Files.readAllLines(PAGES.resolve(kind + ".md")));
        ChildJvm.Result result = run(Jdks.own(), sample);

        assertThat(alert(kind, result.stderr().lines().toList()))
                .as("%s", result)
                .isEqualTo(page)
                .hasSizeGreaterThan(4);
    }

    /** What is told on every runtime of the matrix; the stacks of the JDK differ. */
    @EachRuntime
    @MethodSource("io.notsock.e2e.Jdks#all")
    void everyRuntimeFindsAKindsBug(Jdks.Jdk jdk) {
        assertThat(run(jdk, "CloseOfReused").stderr())
                .startsWith("notsock: ERROR CLOSE_OF_REUSED fd ")
                .contains("culprit: rogue close, jna:close at " + SAMPLES + "Device.close(Device.java:");
        assertThat(run(jdk, "UseOfReused").stderr())
                .contains("notsock: ERROR USE_OF_REUSED fd ", "culprit: first close, jna:close at " + SAMPLES);
    }

    @Test
    void aRedundantCloseIsCountedOnly() {
        ChildJvm.Result result = run(Jdks.own(), "RedundantClose");

        assertThat(result.stdout()).isEqualTo("read 0\nredundant=1\n");
        assertThat(result.stderr()).isEmpty();
    }

    @Test
    void aRedundantCloseIsToldOfWhereAskedFor() throws Exception {
        ChildJvm.Result result = child(Jdks.own(), "RedundantClose", ",level=INFO");

        assertThat(result.stdout()).isEqualTo("read 0\nredundant=1\n");
        assertThat(alert("REDUNDANT_CLOSE", result.stderr().lines().toList()))
                .as("%s", result)
                .isEqualTo(alert("REDUNDANT_CLOSE", Files.readAllLines(PAGES.resolve("REDUNDANT_CLOSE.md"))))
                .hasSizeGreaterThan(4);
    }

    /** What closes everything twice is not accused of anything. */
    @Test
    void nothingButRedundantClosesIsToldOfAHealthyProgram() throws Exception {
        ChildJvm.Result result = ChildJvm.of(Jdks.own())
                .jvmArgs("-XX:+IgnoreUnrecognizedVMOptions", "--enable-native-access=ALL-UNNAMED")
                .agent("level=INFO")
                .classpath(samples(), ChildJvm.jnaJar())
                .main("io.notsock.samples.healthy.Healthy")
                .run()
                .expectExit(0);

        assertThat(result.stderr().lines().filter(line -> line.startsWith("notsock: ")))
                .isNotEmpty()
                .allMatch(line -> line.startsWith("notsock: INFO REDUNDANT_CLOSE "));
    }

    @Test
    void everyKindHasAPage() throws Exception {
        String index = Files.readString(PAGES.resolveSibling("alerts.md"));
        try (Stream<Path> pages = Files.list(PAGES)) {
            for (Path page : pages.toList()) {
                assertThat(index).contains("(alerts/" + page.getFileName() + ")");
                assertThat(Files.readString(page))
                        .contains("## Example", "## How to fix it", "## When it can be wrong");
            }
        }
    }

    /** The alert of this kind, less what differs from run to run and from runtime to runtime: numbers, names, the JDK's frames. */
    private static List<String> alert(String kind, List<String> lines) {
        List<String> alert = new ArrayList<>();
        boolean inside = false;
        for (String line : lines) {
            if (line.startsWith("notsock: ") || line.startsWith("```")) {
                inside = line.contains(" " + kind + " ");
            }
            boolean ofJdk = line.matches(" +(at (java|sun|jdk|com\\.sun)\\..*|\\.\\.\\. \\d+ frames?)");
            if (inside && !ofJdk) {
                alert.add(line.replaceAll("fingerprint \\w+", "fingerprint")
                        .replaceAll("@[0-9a-f]+", "@")
                        .replaceAll("\\d+", "#")
                        .replaceAll("# (us|ms|s) earlier", "# earlier")
                        .replaceAll("#\\.# (us|ms|s) earlier", "# earlier")
                        .replaceAll("open for #(\\.#)? (us|ms|s)( to #(\\.#)? (us|ms|s))?", "open for #"));
            }
        }
        return alert;
    }

    private static ChildJvm.Result run(Jdks.Jdk jdk, String sample) {
        return child(jdk, sample, sample.equals("Leak") ? ",leaks=on,leaks.tail=0s" : "");
    }

    private static ChildJvm.Result child(Jdks.Jdk jdk, String sample, String options) {
        return ChildJvm.of(jdk)
                .jvmArgs("-XX:+IgnoreUnrecognizedVMOptions", "--enable-native-access=ALL-UNNAMED")
                .agent("stacks=all" + options)
                .classpath(samples(), ChildJvm.jnaJar())
                .main(SAMPLES + sample)
                .run()
                .expectExit(0);
    }

    private static Path samples() {
        try {
            return Path.of(Notsock.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
