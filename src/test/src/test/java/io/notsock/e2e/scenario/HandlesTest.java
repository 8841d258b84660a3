package io.notsock.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.EachRuntime;
import io.notsock.e2e.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** A library that tells of its handles by {@code io.notsock.api.Handles}, with the agent and without. */
class HandlesTest {
    @TempDir
    private Path folder;

    private ChildJvm.Result result;

    static List<Jdks.Jdk> runtimes() {
        return Jdks.all();
    }

    private static ChildJvm program(Jdks.Jdk jdk, String what) {
        return ChildJvm.of(jdk)
                .jvmArgs("--add-opens", "java.base/java.io=ALL-UNNAMED")
                .fixture("io.notsock.fixtures.library.OwnHandles")
                .classpath(Path.of(System.getProperty("notsock.api.jar")))
                .args(what);
    }

    private List<AlertLines.Line> alerts(Jdks.Jdk jdk, String what) {
        Path alerts = folder.resolve(what + ".json");
        result = program(jdk, what)
                .agent(Fixtures.options(alerts) + ",cache=off")
                .run()
                .expectExit(0);
        return AlertLines.read(alerts);
    }

    @EachRuntime
    @MethodSource("runtimes")
    void whoOpensTakesOverLetsGoAndClosesIsLeftAlone(Jdks.Jdk jdk) {
        assertThat(alerts(jdk, "healthy")).isEmpty();
    }

    @Test
    void aStrangersCloseOfAToldHandleIsForeign() {
        List<AlertLines.Line> lines = alerts(Jdks.own(), "foreign");

        assertThat(lines).extracting(AlertLines.Line::verdict).containsExactly("ERROR FOREIGN_CLOSE certain rogue");
        assertThat(lines.get(0).number()).isEqualTo(Fixtures.number(result, "foreign"));
        assertThat(lines.get(0).of("rogue", "api")).isEqualTo("jna:close");
        assertThat(lines.get(0).of("victim", "api")).isEqualTo("java:io.notsock.api.Handles.opened");
        assertThat(lines.get(0).stack("victim")).contains("OwnHandles$Device.<init>");
    }

    @Test
    void aSecondCloseIsADoubleClose() {
        List<AlertLines.Line> lines = alerts(Jdks.own(), "double");

        assertThat(lines).hasSize(1);
        assertThat(lines.get(0).text("kind")).isEqualTo("DOUBLE_CLOSE");
        assertThat(lines.get(0).text("culprit")).isEqualTo("rogue");
        assertThat(lines.get(0).stack("rogue")).contains("OwnHandles.closeAgain");
        assertThat(lines.get(0).of("firstClose", "api")).isEqualTo("java:io.notsock.api.Handles.closing");
    }

    @Test
    void aSecondCloseThatKillsAFileNamesIt() {
        List<AlertLines.Line> lines = alerts(Jdks.own(), "reused");

        assertThat(lines).extracting(AlertLines.Line::verdict).containsExactly("ERROR CLOSE_OF_REUSED certain rogue");
        assertThat(lines.get(0).stack("rogue")).contains("OwnHandles.closeAgain");
        assertThat(lines.get(0).stack("victim")).contains("OwnHandles.openVictim");
    }

    @Test
    void aCloseThatWasToldAndNotSeenHidesNoOther() {
        List<AlertLines.Line> lines = alerts(Jdks.own(), "unseen");

        assertThat(lines).hasSize(1);
        assertThat(lines.get(0).number()).isEqualTo(Fixtures.number(result, "unseen"));
        assertThat(lines.get(0).stack("rogue")).contains("OwnHandles.unseen");
        assertThat(lines.get(0).stack("victim")).contains("OwnHandles.openVictim");
    }

    @EachRuntime
    @MethodSource("runtimes")
    void theHistoryOfANumberCanBeRead(Jdks.Jdk jdk) {
        assertThat(alerts(jdk, "history")).isEmpty();
        List<String> lines = result.stdout()
                .lines()
                .filter(line -> line.startsWith("history: "))
                .toList();
        assertThat(lines).hasSizeGreaterThanOrEqualTo(3);
        assertThat(lines.get(lines.size() - 1))
                .contains("fd " + Fixtures.number(result, "history"))
                .contains("open by \"main\" through java:io.notsock.api.Handles.opened at ")
                .contains(" in io.notsock.fixtures.library.OwnHandles$Device.<init>(OwnHandles.java:");
        assertThat(lines)
                .anyMatch(line -> line.contains(": close by \"main\" through java:io.notsock.api.Handles.closing"));
        assertThat(result.stdout()).contains("unknown: []");
    }

    @Test
    void withoutTheAgentThereIsNoHistoryAndNothingElseChanges() {
        ChildJvm.Result plain = program(Jdks.own(), "history").run().expectExit(0);

        assertThat(plain.stdout()).doesNotContain("history: ").contains("unknown: []", "done");
        assertThat(plain.stderr()).isEmpty();
        assertThat(Files.exists(folder.resolve("history.json"))).isFalse();
    }
}
