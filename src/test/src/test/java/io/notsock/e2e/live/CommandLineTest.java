package io.notsock.e2e.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.EachRuntime;
import io.notsock.e2e.Jdks;
import io.notsock.e2e.start.Runtimes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands that ask a running JVM, as a user types them. */
class CommandLineTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HOLDER = "io.notsock.fixtures.live.Holder";
    private static final String OPENS = "--add-opens=java.base/java.io=ALL-UNNAMED";

    @TempDir
    Path folder;

    static Stream<Jdks.Jdk> runtimes() {
        return Jdks.all().stream().filter(jdk -> Files.exists(jdk.home().resolve("lib/libattach.so")));
    }

    @EachRuntime
    @MethodSource("runtimes")
    void listAndHistoryTellWhoHoldsWhat(Jdks.Jdk jdk) throws Exception {
        Path go = folder.resolve("go");
        try (ChildJvm.Running child = ChildJvm.of(jdk)
                .agent("log=off,stacks=all")
                .jvmArgs(OPENS)
                .fixture(HOLDER)
                .args(go.toString(), "violate")
                .start()) {
            Runtimes.awaitReady(child);
            String pid = Long.toString(child.pid());

            JsonNode list = JSON.readTree(
                    command(jdk, "list", pid, "--json").expectExit(0).stdout());
            assertThat(list.path("schema").asText()).isEqualTo("notsock.list/1");
            assertThat(list.path("process").path("pid").asText()).isEqualTo(pid);
            assertThat(list.path("attachedLate").asBoolean()).isFalse();
            assertThat(list.path("unclassified")).isEmpty();
            assertThat(list.path("alerts").path("FOREIGN_CLOSE").asInt()).isEqualTo(1);
            JsonNode file = handle(list, "release");
            assertThat(file.path("owner").asText()).isEqualTo("java.io.FileInputStream");
            assertThat(file.path("type").asText()).isEqualTo("file");
            assertThat(file.path("opened").path("thread").asText()).isEqualTo("main");
            assertThat(file.path("opened").path("stack").toString()).contains("Holder.main(Holder.java:");
            JsonNode server = handle(list, "127.0.0.1:");
            assertThat(server.path("type").asText()).isEqualTo("server-socket");
            JsonNode totals = list.path("totals").path("fd");
            assertThat(totals.path("opened").asLong() - totals.path("closed").asLong())
                    .isEqualTo(list.path("handles").size());

            String text = command(jdk, "list", pid).expectExit(0).stdout();
            assertThat(text)
                    .contains("open handles of process " + pid + " (" + HOLDER + ")")
                    .containsPattern(
                            "fd +" + file.path("number").asText() + " .* file .*java.io.FileInputStream +\"main\" +"
                                    + HOLDER + ".main\\(Holder.java:\\d+\\)");

            String number = file.path("number").asText();
            assertThat(command(jdk, "history", pid, number).expectExit(0).stdout())
                    .contains("history of number " + number, "(file): open, owner java.io.FileInputStream", "open: by");
            JsonNode history = JSON.readTree(
                    command(jdk, "history", pid, number, "--json").expectExit(0).stdout());
            JsonNode newest = history.path("lives").path(history.path("lives").size() - 1);
            assertThat(newest.path("state").asText()).isEqualTo("open");

            assertThat(command(jdk, "attach", pid, "level=ERROR").expectExit(0).stdout())
                    .contains("is under the agent already; nothing was changed");
            Files.createFile(go);
            // Nothing was loaded to ask: from 21 on the JVM would have warned of it.
            assertThat(child.await().expectExit(0).stderr()).isEmpty();
            assertThat(Path.of(System.getProperty("java.io.tmpdir"), "notsock-question-" + pid))
                    .doesNotExist();
        }
    }

    @EachRuntime
    @MethodSource("runtimes")
    void whereNoAgentIsNothingIsAttachedSilently(Jdks.Jdk jdk) throws Exception {
        Path go = folder.resolve("go");
        try (ChildJvm.Running child =
                ChildJvm.of(jdk).fixture(HOLDER).args(go.toString()).start()) {
            Runtimes.awaitReady(child);
            String pid = Long.toString(child.pid());

            ChildJvm.Result none = command(jdk, "list", pid).expectExit(3);
            assertThat(none.stderr())
                    .contains("process " + pid + " runs without the agent, nothing is tracked; 'attach " + pid + "'");
            assertThat(command(jdk, "history", pid, "1").expectExit(3).stdout()).isEmpty();

            assertThat(command(jdk, "attach", pid, "log=off").expectExit(0).stdout())
                    .contains("is under the agent now; what was opened before is unknown");
            assertThat(command(jdk, "list", pid).expectExit(0).stdout())
                    .contains("The agent was attached then: what was opened before is not listed", "before agent ");
            assertThat(command(jdk, "history", pid, "0").expectExit(0).stdout())
                    .contains("nothing was seen of it since", "what was before that is unknown");
            Files.createFile(go);
            child.await().expectExit(0);
        }
    }

    @EachRuntime
    @MethodSource("runtimes")
    void doctorFindsEveryHook(Jdks.Jdk jdk) throws Exception {
        ChildJvm.Result result = command(jdk, "doctor", "--json").expectExit(0);

        JsonNode doctor = JSON.readTree(result.stdout());
        assertThat(doctor.path("healthy").asBoolean()).isTrue();
        List<String> states = new ArrayList<>();
        doctor.path("hooks").forEach(hook -> states.add(hook.path("state").asText()));
        assertThat(states).contains("woven", "seen when called").doesNotContain("missing");
        assertThat(result.stderr()).isEmpty();
    }

    /** A relative path is taken from where the program happens to be started. */
    @Test
    void whereTheAlertsAreIsSaid() throws Exception {
        Jdks.Jdk jdk = Jdks.own();
        Path go = folder.resolve("go");
        Path log = folder.resolve("notsock.log");
        try (ChildJvm.Running child = ChildJvm.of(jdk)
                .agent("log=file:" + log + ",alerts=alerts.jsonl")
                .directory(folder)
                .fixture(HOLDER)
                .args(go.toString())
                .start()) {
            Runtimes.awaitReady(child);
            String pid = Long.toString(child.pid());
            String said = "alerts are written to " + folder.toRealPath().resolve("alerts.jsonl");

            if (runtimes().anyMatch(jdk::equals)) {
                assertThat(command(jdk, "list", pid).expectExit(0).stdout()).contains(said);
            }
            Files.createFile(go);
            child.await().expectExit(0);
            assertThat(log).content().contains("notsock: " + said);
        }
    }

    @Test
    void whatCannotBeUnderstoodOrDoneIsSaid() {
        Jdks.Jdk jdk = Jdks.own();
        assertThat(command(jdk).expectExit(2).stdout()).contains("attach PID", "list PID");
        assertThat(command(jdk, "lst").expectExit(2).stderr())
                .contains("unknown command 'lst'; accepted: attach, list");
        assertThat(command(jdk, "list").expectExit(2).stderr()).contains("usage: java -jar notsock-agent.jar list PID");
        assertThat(command(jdk, "history", "1", "x").expectExit(2).stderr()).contains("usage:");
        for (String[] words : List.of(
                new String[] {"list", "abc"}, new String[] {"history", "abc", "1"}, new String[] {"attach", "abc"})) {
            assertThat(command(jdk, words).expectExit(2).stderr())
                    .contains(
                            "notsock: " + words[0] + ": 'abc' is no process id", "usage: java -jar notsock-agent.jar");
        }
        assertThat(command(jdk, "list", "999999999").expectExit(3).stderr())
                .contains("notsock: list: process 999999999: ");
        assertThat(command(jdk, "help", "list").expectExit(0).stdout()).contains("notsock.list/1", "Status 3");
        assertThat(command(jdk, "doctor", "--help").expectExit(0).stdout()).contains("--hooks");
    }

    private static JsonNode handle(JsonNode list, String detail) {
        for (JsonNode handle : list.path("handles")) {
            if (handle.path("detail").asText().contains(detail)) {
                return handle;
            }
        }
        throw new AssertionError("no handle with " + detail + " in " + list.toPrettyString());
    }

    private static ChildJvm.Result command(Jdks.Jdk jdk, String... words) {
        return ChildJvm.of(jdk).jar(ChildJvm.agentJar()).args(words).run();
    }
}
