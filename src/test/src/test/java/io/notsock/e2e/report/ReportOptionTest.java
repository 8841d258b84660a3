package io.notsock.e2e.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.EachRuntime;
import io.notsock.e2e.Jdks;
import io.notsock.e2e.start.Runtimes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code report=PATH}: the page of a run, at its end and while it goes on. */
class ReportOptionTest {
    private static final String HOLDER = "io.notsock.fixtures.live.Holder";
    private static final String OPENS = "--add-opens=java.base/java.io=ALL-UNNAMED";

    @TempDir
    Path folder;

    static Stream<Jdks.Jdk> attachable() {
        return Jdks.all().stream().filter(jdk -> Files.exists(jdk.home().resolve("lib/libattach.so")));
    }

    /** The data that the page's script reads. */
    static JsonNode data(Path page) throws Exception {
        String text = Files.readString(page);
        int start = text.indexOf("id=\"data\">") + "id=\"data\">".length();
        return new ObjectMapper().readTree(text.substring(start, text.indexOf("</script>", start)));
    }

    @EachRuntime
    @MethodSource("io.notsock.e2e.Jdks#all")
    void theEndOfARunLeavesItsPage(Jdks.Jdk jdk) throws Exception {
        Path go = Files.createFile(folder.resolve("go"));
        ChildJvm.Result result = ChildJvm.of(jdk)
                .agent("log=off,stacks=all,report=" + folder + "/pages/%p.html")
                .jvmArgs(OPENS)
                .fixture(HOLDER)
                .args(go.toString(), "violate")
                .run()
                .expectExit(0);
        assertThat(result.stderr()).isEmpty();

        Path page;
        try (Stream<Path> pages = Files.list(folder.resolve("pages"))) {
            page = pages.reduce((one, other) -> {
                        throw new AssertionError(one + " and " + other);
                    })
                    .orElseThrow();
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(page)))
                .isEqualTo("rw-------");
        JsonNode data = data(page);
        assertThat(page.getFileName().toString())
                .isEqualTo(data.path("snapshot").path("process").path("pid").asText() + ".html");
        assertThat(data.path("alerts")).hasSize(1);
        assertThat(data.path("alerts").path(0).path("kind").asText()).isEqualTo("FOREIGN_CLOSE");
        assertThat(data.path("lives").size()).isGreaterThan(2);
        assertThat(data.path("snapshot").path("unclassified")).isEmpty();
        assertThat(data.path("texts").toString()).contains("killed", "java.io.FileInputStream");
    }

    @EachRuntime
    @MethodSource("attachable")
    void aRunningProcessTellsWhenAsked(Jdks.Jdk jdk) throws Exception {
        Path go = folder.resolve("go");
        try (ChildJvm.Running child = ChildJvm.of(jdk)
                .agent("log=off,stacks=all")
                .jvmArgs(OPENS)
                .fixture(HOLDER)
                .args(go.toString(), "violate")
                .start()) {
            Runtimes.awaitReady(child);
            String pid = Long.toString(child.pid());

            command(jdk, "report", pid, "-o", folder.resolve("now.html").toString())
                    .expectExit(0);
            JsonNode data = data(folder.resolve("now.html"));
            assertThat(data.path("snapshot").path("process").path("pid").asText())
                    .isEqualTo(pid);
            assertThat(data.path("alerts")).hasSize(1);

            assertThat(command(jdk, "report", pid, "--format", "github", "--fail-on", "ERROR")
                            .expectExit(1)
                            .stdout())
                    .startsWith("::error file=")
                    .contains("io/notsock/fixtures/start/Planted.java,line=");
            Files.createFile(go);
            child.await().expectExit(0);
        }
    }

    @Test
    void whatCannotBeWrittenIsSaidOnce() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        Path go = Files.createFile(folder.resolve("go"));
        Files.writeString(folder.resolve("known.txt"), "LEAK:never\n");
        ChildJvm.Result result = ChildJvm.of(Jdks.own())
                .agent("report=" + file + "/page.html,suppressions=" + folder.resolve("known.txt"))
                .jvmArgs(OPENS)
                .fixture(HOLDER)
                .args(go.toString())
                .run()
                .expectExit(0);

        assertThat(result.stderr().lines())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("notsock: report=" + file + "/page.html: cannot be written: "))
                .anyMatch(line -> line.equals("notsock: suppressions that matched no alert: LEAK:never ("
                        + folder.resolve("known.txt") + ":1)"));
    }

    private static ChildJvm.Result command(Jdks.Jdk jdk, String... words) {
        return ChildJvm.of(jdk).jar(ChildJvm.agentJar()).args(words).run();
    }
}
