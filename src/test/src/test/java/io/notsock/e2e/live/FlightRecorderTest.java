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
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Opens, closes and alerts are in a recording, as the runtime's own {@code jfr print} shows it. */
class FlightRecorderTest {
    private static final String PROGRAM = "io.notsock.fixtures.live.Watched";
    private static final String OPENS = "--add-opens=java.base/java.io=ALL-UNNAMED";
    private static final String EVERYTHING = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
            + "<configuration version=\"2.0\">"
            + "<event name=\"io.notsock.HandleOpen\"><setting name=\"enabled\">true</setting></event>"
            + "<event name=\"io.notsock.HandleClose\"><setting name=\"enabled\">true</setting></event>"
            + "</configuration>";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    static Stream<Jdks.Jdk> runtimes() {
        return Runtimes.withOwn().filter(jdk -> Files.exists(jdk.home().resolve("bin/jfr")));
    }

    @EachRuntime
    @MethodSource("runtimes")
    void aRecordingBegunWithTheJvmHasOpensClosesAndAlertsWithStacks(Jdks.Jdk jdk) throws Exception {
        Path settings = Files.writeString(folder.resolve("notsock.jfc"), EVERYTHING);
        Path file = folder.resolve("run.jfr");
        watched(
                jdk,
                "log=off,stacks=all", // on a crowded machine the recorder's own files use up what auto may spend at
                // first
                List.of(startRecording(file, ",settings=" + settings)),
                "handles",
                "violate",
                "pause=2500");

        List<JsonNode> opens = events(jdk, file, "io.notsock.HandleOpen");
        JsonNode kept = withFrame(opens, "handles");
        assertThat(kept.path("type").asText()).isIn("file", "server-socket", "socket");
        assertThat(kept.path("space").asText()).isEqualTo("fd");
        assertThat(kept.path("generation").asLong()).isPositive();
        assertThat(kept.path("api").asText()).startsWith("java:");
        assertThat(kept.path("eventThread").path("javaName").asText()).isEqualTo("main");
        // On 11 a plain ServerSocket is known as such only once it listens.
        assertThat(opens.stream().map(open -> open.path("type").asText())).contains("file", "socket");

        List<JsonNode> closes = events(jdk, file, "io.notsock.HandleClose");
        JsonNode close = withFrame(closes, "handles");
        assertThat(close.path("byStranger").asBoolean()).isFalse();
        assertThat(close.path("openedBy").asText()).isEqualTo("main");
        assertThat(close.path("openFor").asText()).isNotEmpty();
        assertThat(withFrame(closes, "secondDescriptor").path("byStranger").asBoolean())
                .isTrue();

        JsonNode alert = events(jdk, file, "io.notsock.Alert").get(0);
        assertThat(alert.path("kind").asText()).isEqualTo("FOREIGN_CLOSE");
        assertThat(alert.path("culprit").asText()).isEqualTo("rogue");
        assertThat(alert.path("rogue").asText())
                .contains("by thread \"main\"", "\n  at io.notsock.fixtures.start.Planted.secondDescriptor(");
        assertThat(alert.path("victim").asText()).contains("Planted.secondDescriptor(");
        assertThat(alert.path("advice").asText()).isNotEmpty();

        String text = jfr(jdk, "print", "--stack-depth", "40", "--events", "io.notsock.*", file.toString());
        assertThat(text)
                .contains("io.notsock.HandleOpen {", "io.notsock.HandleClose {", "io.notsock.Alert {")
                .contains("io.notsock.fixtures.live.Watched.handles() line:");
    }

    @EachRuntime
    @MethodSource("runtimes")
    void opensAndClosesAreOffUnlessARecordingWantsThem(Jdks.Jdk jdk) throws Exception {
        Path file = folder.resolve("run.jfr");
        watched(jdk, "log=off", List.of(startRecording(file, "")), "handles", "violate", "pause=2500");

        assertThat(events(jdk, file, "io.notsock.HandleOpen")).isEmpty();
        assertThat(events(jdk, file, "io.notsock.HandleClose")).isEmpty();
        assertThat(events(jdk, file, "io.notsock.Alert")).hasSize(1);
    }

    @EachRuntime
    @MethodSource("runtimes")
    void aRecordingThatCodeBeginsHasThemToo(Jdks.Jdk jdk) throws Exception {
        Path file = folder.resolve("code.jfr");
        ChildJvm.Result result = watched(jdk, "log=off", List.of(), "flight-recorder", "handles", "record=" + file);

        assertThat(result.stdout()).contains("recorder false");
        assertThat(result.stderr()).isEmpty();
        assertThat(withFrame(events(jdk, file, "io.notsock.HandleOpen"), "handles"))
                .isNotNull();
        assertThat(withFrame(events(jdk, file, "io.notsock.HandleClose"), "handles"))
                .isNotNull();
    }

    @EachRuntime
    @MethodSource("runtimes")
    void jfrOffLeavesThemOut(Jdks.Jdk jdk) throws Exception {
        Path settings = Files.writeString(folder.resolve("notsock.jfc"), EVERYTHING);
        Path file = folder.resolve("run.jfr");
        watched(jdk, "log=off,jfr=off", List.of(startRecording(file, ",settings=" + settings)), "handles", "violate");

        assertThat(jfr(jdk, "summary", file.toString())).doesNotContain("io.notsock");
    }

    /**
     * The newest will do: what is written does not know of the system. A recording of 17 takes half a minute to begin under
     * wine, with the agent and without.
     */
    static Stream<Jdks.Jdk> windows() {
        return Jdks.windows().stream().reduce((older, newer) -> newer).stream();
    }

    @EachRuntime
    @MethodSource("windows")
    void aRecordingOfWindowsHasThemToo(Jdks.Jdk jdk) throws Exception {
        Path settings = Files.writeString(folder.resolve("notsock.jfc"), EVERYTHING);
        Path file = folder.resolve("run.jfr");
        String recording = "filename=" + ChildJvm.windowsPath(file) + ",settings=" + ChildJvm.windowsPath(settings);
        List<String> jvm = List.of("-XX:StartFlightRecording:" + recording);
        watched(jdk, "log=off,stacks=all", jvm, "handles", "violate", "pause=2500");

        Jdks.Jdk reader = runtimes().reduce((older, newer) -> newer).orElseThrow();
        List<JsonNode> events = events(reader, file, "io.notsock.*");
        JsonNode open =
                withFrame(events.stream().filter(e -> !e.has("openedBy")).toList(), "handles");
        assertThat(open.path("space").asText()).isEqualTo("handle");
        assertThat(open.path("number").asLong()).isPositive();
        JsonNode close =
                withFrame(events.stream().filter(e -> e.has("openedBy")).toList(), "handles");
        assertThat(close.path("openedBy").asText()).isEqualTo("main");
        assertThat(events.stream().filter(e -> e.has("culprit")))
                .singleElement()
                .satisfies(alert -> assertThat(alert.path("victim").asText()).contains("Planted.secondDescriptor("));
    }

    private static String startRecording(Path file, String more) {
        return "-XX:StartFlightRecording:filename=" + file + more;
    }

    private static ChildJvm.Result watched(Jdks.Jdk jdk, String options, List<String> jvm, String... steps) {
        return ChildJvm.of(jdk)
                .agent(options)
                .jvmArgs(OPENS)
                .jvmArgs(jvm.toArray(new String[0]))
                .fixture(PROGRAM)
                .args(steps)
                .run()
                .expectExit(0);
    }

    private List<JsonNode> events(Jdks.Jdk jdk, Path file, String name) throws Exception {
        String json = jfr(jdk, "print", "--json", "--stack-depth", "64", "--events", name, file.toString());
        List<JsonNode> events = new ArrayList<>();
        for (JsonNode event : JSON.readTree(json).path("recording").path("events")) {
            events.add(event.path("values"));
        }
        return events;
    }

    /** The first event whose stack goes through this method of a fixture's. */
    private static JsonNode withFrame(List<JsonNode> events, String method) {
        for (JsonNode event : events) {
            for (JsonNode frame : event.path("stackTrace").path("frames")) {
                if (frame.path("method").path("name").asText().equals(method)
                        && frame.path("method")
                                .path("type")
                                .path("name")
                                .asText()
                                .contains("fixtures")) {
                    return event;
                }
            }
        }
        throw new AssertionError("no event from " + method + " in " + events);
    }

    private String jfr(Jdks.Jdk jdk, String... words) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(jdk.home().resolve("bin/jfr").toString()));
        command.addAll(List.of(words));
        Path output = Files.createTempFile(folder, "jfr", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String said = Files.readString(output);
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
