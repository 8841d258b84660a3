package io.notsock.e2e.silence;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.EachRuntime;
import io.notsock.e2e.Jdks;
import io.notsock.e2e.StacksMode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Healthy programs under load: no alert, the same results as without the agent, every handle accounted for. Each ends with
 * one planted violation in the same JVM, because silence counts only where the alarm works.
 */
class SilenceTest {
    private static final String MAIN = "io.notsock.fixtures.silence.SilentMain";

    /** What needs nothing but {@code java.base} and the class path. */
    private static final List<String> EVERYWHERE =
            List.of("ChannelLoad", "FileLoad", "ProcessLoad", "ForgottenLoad", "NettyLoad", "JettyLoad", "TomcatLoad");

    /** What a runtime's workloads achieve without the agent; each runtime is asked once. */
    private static final Map<Jdks.Jdk, Map<String, String>> WITHOUT_AGENT = new ConcurrentHashMap<>();

    /** For which runtimes it was said what they lack. */
    private static final Set<Jdks.Jdk> SAID = ConcurrentHashMap.newKeySet();

    @TempDir
    private Path folder;

    /** The matrix, and the JVM of the build, which is a full JDK and often a newer update of one of them. */
    static Stream<Jdks.Jdk> runtimes() {
        return Stream.concat(Jdks.all().stream(), Stream.of(Jdks.own())).distinct();
    }

    static Stream<Arguments> workloadsOnTheirOwn() {
        return runtimes().flatMap(jdk -> workloads(jdk).stream().map(workload -> Arguments.of(jdk, workload)));
    }

    @EachRuntime
    @MethodSource("workloadsOnTheirOwn")
    void aHealthyProgramGivesNoAlertAndTheAlarmWorks(Jdks.Jdk jdk, String workload) throws Exception {
        check(jdk, List.of(workload));
    }

    /** Numbers go from one library's hands into another's; and the JVM verifies the woven classes of java.base. */
    @EachRuntime
    @MethodSource("runtimes")
    void allOfThemAtOnceGiveNoAlertAndTheAlarmWorks(Jdks.Jdk jdk) throws Exception {
        check(jdk, workloads(jdk), "-XX:+UnlockDiagnosticVMOptions", "-XX:+BytecodeVerificationLocal");
    }

    private void check(Jdks.Jdk jdk, List<String> workloads, String... jvmArgs) throws IOException {
        Path alerts = folder.resolve("alerts.json");
        ChildJvm.Result result = program(jdk, workloads)
                .agent("cache=off,audit=10ms,alerts=" + alerts)
                .jvmArgs("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED")
                .jvmArgs(jvmArgs)
                .args("alerts=" + alerts)
                .run()
                .expectExit(0);

        Map<String, String> expected = withoutAgent(jdk);
        assertThat(results(result)).as("results of %s", result).hasSize(workloads.size());
        results(result)
                .forEach((workload, tally) -> assertThat(tally)
                        .as("%s with the agent as without", workload)
                        .isEqualTo(expected.get(workload)));
        silentAndWhole(result);
        planted(Files.readAllLines(alerts));
    }

    /** Before the violation no alert, no complaint, and every handle accounted for. */
    static void silentAndWhole(ChildJvm.Result result) {
        assertThat(result.stdout().lines())
                .as("%s", result)
                .contains(
                        "coverage unclassified=0; ",
                        "health: tested=true",
                        "health: missing=[]",
                        "health: failures=0",
                        "health: summary=null",
                        "alerts: dropped=0",
                        "alerts file 0",
                        "planted victim died");
        assertThat(result.stdout()).as("no kind counted").doesNotContainPattern("alerts: [A-Z_]+=[1-9]");
        assertThat(result.stderr().substring(0, result.stderr().indexOf("--- workloads ended")))
                .as("before the violation")
                .doesNotContain("notsock:");
    }

    /** Two alerts of one incident, each with the right parties, and nothing else. */
    static void planted(List<String> alerts) {
        assertThat(alerts).hasSize(2);
        Alert foreign = new Alert(alerts.get(0));
        assertThat(foreign.value("kind")).isEqualTo("FOREIGN_CLOSE");
        assertThat(foreign.value("culprit")).isEqualTo("rogue");
        assertThat(foreign.party("rogue")).contains("jna:close").contains("Plant.rogueClose(");
        // Its open was one of thousands: stacks=auto need not have its stack, the thread is always there.
        assertThat(foreign.party("victim"))
                .contains("\"thread\":\"main\"")
                .contains("\"api\":\"java:")
                .doesNotContain("Plant.victimOpen(");

        Alert reused = new Alert(alerts.get(1));
        assertThat(reused.value("kind")).isEqualTo("CLOSE_OF_REUSED");
        assertThat(reused.value("culprit")).isEqualTo("firstClose");
        assertThat(reused.value("incident")).isEqualTo(foreign.value("incident"));
        assertThat(reused.party("rogue")).contains("Plant.innocentClose(");
        assertThat(reused.party("firstClose")).contains("jna:close").contains("Plant.rogueClose(");
        assertThat(reused.party("victim")).contains(StacksMode.opening("Plant.victimOpen("));
    }

    private static Map<String, String> withoutAgent(Jdks.Jdk jdk) {
        return WITHOUT_AGENT.computeIfAbsent(
                jdk, j -> results(program(j, workloads(j)).run().expectExit(0)));
    }

    private static ChildJvm program(Jdks.Jdk jdk, List<String> workloads) {
        Path[] servers = Arrays.stream(
                        System.getProperty("notsock.servers.classpath").split(File.pathSeparator))
                .map(Path::of)
                .toArray(Path[]::new);
        return ChildJvm.of(jdk)
                .fixture(MAIN)
                .classpath(servers)
                .args(workloads.toArray(String[]::new))
                .timeout(Duration.ofMinutes(3));
    }

    private static List<String> workloads(Jdks.Jdk jdk) {
        List<String> workloads = new ArrayList<>(EVERYWHERE);
        if (hasModule(jdk, "jdk.httpserver")) {
            workloads.add("JdkHttpLoad");
        } else if (SAID.add(jdk)) {
            System.out.println("[notsock] the JDK's HTTP server is not tested on " + jdk
                    + ": this runtime image has no module jdk.httpserver");
        }
        if (jdk.version() >= 21) {
            workloads.add("VirtualThreadLoad");
        }
        return workloads;
    }

    private static boolean hasModule(Jdks.Jdk jdk, String module) {
        Properties release = new Properties();
        try (var in = Files.newInputStream(jdk.home().resolve("release"))) {
            release.load(in);
        } catch (IOException e) {
            throw new IllegalStateException(jdk + " has no release file", e);
        }
        String modules = release.getProperty("MODULES", "").replace("\"", "");
        return Arrays.asList(modules.split(" ")).contains(module);
    }

    static Map<String, String> results(ChildJvm.Result result) {
        return result.stdout()
                .lines()
                .filter(line -> line.startsWith("result "))
                .map(line -> line.split(" ", 3))
                .collect(Collectors.toMap(line -> line[1], line -> line[2]));
    }
}
