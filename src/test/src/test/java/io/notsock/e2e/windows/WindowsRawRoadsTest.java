package io.notsock.e2e.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.EachRuntime;
import io.notsock.e2e.Jdks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Closes by hand through JNA on Windows: what Windows answers, and the verdict owed. Left out is what only wine does: its
 * closesocket remembers a socket's number after CloseHandle, and answers 0 once more.
 */
class WindowsRawRoadsTest {
    /** A step of the fixtures: the last method of theirs in a stack that was not called by another. */
    private static final Pattern STEP = Pattern.compile(
            "fixtures\\.windows\\.(\\w+\\.\\w+)\\([^)]*\\)\",\"io\\.notsock\\.fixtures\\.windows\\.RawRoads\\.lambda");

    @TempDir
    Path folder;

    static List<Jdks.Jdk> runtimes() {
        return Jdks.windows();
    }

    /** A runtime and a road by which its programs come to native functions. */
    private record Way(Jdks.Jdk jdk, String road) {
        String api() {
            return road.equals("ffm") ? "ffm:" : "jna:";
        }

        @Override
        public String toString() {
            return road + " on " + jdk;
        }
    }

    static List<Way> ways() {
        List<Way> ways = new ArrayList<>();
        for (Jdks.Jdk jdk : runtimes()) {
            ways.add(new Way(jdk, "platform"));
            ways.add(new Way(jdk, "direct"));
            if (jdk.version() >= 25) {
                ways.add(new Way(jdk, "ffm"));
            }
        }
        return ways;
    }

    @EachRuntime
    @MethodSource("ways")
    void everyWrongCloseIsReportedAndNoOther(Way way) throws Exception {
        ChildJvm.Result result = run(way.jdk(), way.road(), "RawRoads");

        List<String> said = result.stdout().lines().toList();
        assertThat(said)
                .as("%s", result)
                .contains(
                        "healthy socket: 0",
                        "healthy file: true",
                        "healthy crt: 0",
                        "healthy thread: true",
                        "healthy WSASocket: 0",
                        "healthy WSADuplicateSocket: 0",
                        "protected: false 6",
                        "closesocket again: -1 10038",
                        "CloseHandle again: false 6",
                        "NtClose: 0",
                        "NtClose again: c0000008",
                        "closesocket of an event: -1 10038",
                        "the event: true",
                        "its close: true",
                        "closesocket after close(): -1 10038",
                        "closesocket underneath: 0",
                        "write: threw",
                        "CloseHandle of a socket: true",
                        "CloseHandle of a HANDLE object: true",
                        "CloseHandle after _close: false 6",
                        "CloseHandle behind a descriptor: true",
                        "its _close: -1",
                        "stale _close: 0",
                        "stale closesocket: 0",
                        "stale CloseHandle: true",
                        "silent write: wrote 1",
                        "the other reads: 42",
                        "unseen silent write: wrote 1",
                        "the other reads unseen: 42",
                        "robbed read: threw",
                        "robbed accept: threw",
                        "robbed configureBlocking: threw",
                        "robbed send: threw",
                        "robbed bind: threw",
                        "robbed connect: threw",
                        "robbed setOption: threw",
                        "robbed selector: returned",
                        "robbed asynchronous read: threw",
                        "robbed stream: threw",
                        "robbed packet: threw",
                        "failures=0",
                        "summary=null",
                        "witness=ready");
        assertThat(said.stream().filter(line -> line.startsWith("healthy") && line.endsWith("false")))
                .isEmpty();
        assertThat(said.stream().filter("its victim: threw"::equals)).hasSize(3);
        Set<String> verdicts = new TreeSet<>();
        for (String line : alerts()) {
            verdicts.add(verdict(line));
        }
        assertThat(verdicts).as("%s", result).containsExactlyInAnyOrderElementsOf(expected(way));
        // wine shows an access list as permissions, and administrators as the group
        assertThat(Files.getPosixFilePermissions(folder.resolve("alerts.json")))
                .doesNotContain(PosixFilePermission.OTHERS_READ);
    }

    @EachRuntime
    @MethodSource("oldestAndNewest")
    void withoutStacksTheVerdictsAreTheSame(Jdks.Jdk jdk) throws Exception {
        Way way = new Way(jdk, "direct");
        ChildJvm.Result result = run(jdk, way.road(), "RawRoads", "off");

        Set<String> verdicts = new TreeSet<>();
        for (String line : alerts()) {
            verdicts.add(withoutStep(verdict(line)));
        }
        assertThat(verdicts)
                .as("%s", result)
                .containsExactlyInAnyOrderElementsOf(expected(way).stream()
                        .map(WindowsRawRoadsTest::withoutStep)
                        .collect(Collectors.toSet()));
    }

    static List<Jdks.Jdk> oldestAndNewest() {
        List<Jdks.Jdk> all = runtimes();
        return all.size() < 2 ? all : List.of(all.get(0), all.get(all.size() - 1));
    }

    private static String withoutStep(String verdict) {
        return verdict.substring(0, verdict.lastIndexOf(' '));
    }

    /** Kind, level, confidence, culprit, rogue and the fixture's step. */
    private static Set<String> expected(Way way) {
        String closesocket = way.api() + "closesocket ";
        String closeHandle = way.api() + "CloseHandle ";
        String write = "java:sun.nio.ch.SocketDispatcher.write ";
        Set<String> verdicts = new TreeSet<>(Set.of(
                "DOUBLE_CLOSE ERROR confirmed unknown " + closesocket + "RawRoads.closesocketTwice",
                "DOUBLE_CLOSE ERROR confirmed unknown " + closeHandle + "RawRoads.closeHandleTwice",
                "DOUBLE_CLOSE ERROR confirmed unknown " + way.api() + "NtClose RawRoads.ntCloseTwice",
                "DOUBLE_CLOSE ERROR confirmed rogue " + closesocket + "RawRoads.javaThenRaw",
                "FOREIGN_CLOSE ERROR certain rogue " + closesocket + "RawRoads.underneathSocket",
                "FOREIGN_CLOSE ERROR certain rogue " + closeHandle + "RawRoads.typedHandle",
                "FOREIGN_CLOSE ERROR certain rogue " + closeHandle + "RawRoads.closeHandleOfSocket",
                "FOREIGN_CLOSE ERROR certain rogue " + way.api() + "DuplicateHandle RawRoads.closeSource",
                "DOUBLE_CLOSE ERROR confirmed unknown " + closeHandle + "RawRoads.crtClosesBoth",
                "FOREIGN_CLOSE ERROR certain rogue " + way.api() + "_close RawRoads.crtOverStream",
                "DOUBLE_CLOSE ERROR confirmed firstClose " + way.api() + "_close RawRoads.crtFindsItClosed",
                "CLOSE_OF_REUSED ERROR certain firstClose " + way.api() + "_close Victims.descriptorClosed",
                "CLOSE_OF_REUSED ERROR certain rogue " + closesocket + "Victims.socketClosedTwice",
                "CLOSE_OF_REUSED ERROR certain rogue " + closeHandle + "Victims.eventClosedTwice",
                "FOREIGN_CLOSE ERROR certain rogue " + closesocket + "Victims.writesToTheOther",
                "USE_OF_REUSED ERROR certain firstClose " + write + "Victims.writesToTheOther",
                "HIDDEN_CLOSE WARN certain unknown - Victims.writesToTheOtherUnseen",
                "USE_OF_REUSED ERROR certain firstClose " + write + "Victims.writesToTheOtherUnseen"));
        for (String step : List.of(
                "reads",
                "accepts",
                "configures",
                "sends",
                "binds",
                "connects",
                "setsOption",
                "selects",
                "readsLater",
                "writesToStream",
                "sendsPacket")) {
            verdicts.add("FOREIGN_CLOSE ERROR certain rogue " + closesocket + "Robbed." + step);
        }
        if (way.road().equals("platform")) {
            verdicts.add("DOUBLE_CLOSE ERROR confirmed unknown jna:CloseHandle PlatformForms.handleClosedTwice");
            verdicts.add("FOREIGN_CLOSE ERROR certain rogue jna:CloseHandle PlatformForms.underneathStream");
            verdicts.add("FOREIGN_CLOSE ERROR certain rogue jna:DuplicateHandle PlatformForms.moved");
        }
        return verdicts;
    }

    private static String verdict(String alert) {
        StringBuilder text = new StringBuilder();
        for (String key : List.of("kind", "level", "confidence", "culprit")) {
            text.append(value(alert, key)).append(' ');
        }
        String rogue = party(alert, "rogue");
        text.append(rogue.isEmpty() ? "-" : value(rogue, "api")).append(' ');
        Matcher where = STEP.matcher(rogue.isEmpty() ? party(alert, "victim") : rogue);
        return text.append(where.find() ? where.group(1) : "?").toString();
    }

    private static String value(String json, String key) {
        Matcher matcher = Pattern.compile("\"" + key + "\":\"([^\"]*)\"").matcher(json);
        return matcher.find() ? matcher.group(1) : "-";
    }

    private static String party(String alert, String role) {
        int start = alert.indexOf("\"" + role + "\":{");
        return start < 0 ? "" : alert.substring(start, alert.indexOf("}", start));
    }

    @EachRuntime
    @MethodSource("runtimes")
    void aThreadHandleClosedByHandIsForeignAtOnceAndItsSecondCloseIsFound(Jdks.Jdk jdk) throws Exception {
        ChildJvm.Result result = run(jdk, "interface", "ThreadHandle");

        assertThat(result.stdout().lines())
                .as("%s", result)
                .contains("CloseHandle: true", "before the thread's end: writes", "summary=null", "witness=ready");
        assertThat(result.stdout()).contains("after the thread's end: java.io.IOException");
        List<String> alerts = alerts();
        assertThat(alerts).hasSizeGreaterThanOrEqualTo(2);
        assertThat(alerts.get(1))
                .contains(
                        "\"kind\":\"CLOSE_OF_REUSED\",\"level\":\"ERROR\",\"confidence\":\"confirmed\",\"culprit\":\"firstClose\"",
                        "\"type\":\"socket\"",
                        "\"code\":10038",
                        "\"api\":\"crt:_endthread\"",
                        "ThreadHandle.closedByHand(",
                        "ThreadHandle.victimOpens(");
        assertThat(alerts.get(0))
                .contains(
                        "\"kind\":\"FOREIGN_CLOSE\",\"level\":\"ERROR\",\"confidence\":\"certain\",\"culprit\":\"rogue\"",
                        "\"type\":\"thread\"",
                        "jna:CloseHandle",
                        "ThreadHandle.closedByHand(",
                        "jna:_beginthread",
                        "_beginthreadex");
    }

    private List<String> alerts() throws IOException {
        return Files.readAllLines(folder.resolve("alerts.json"));
    }

    private ChildJvm.Result run(Jdks.Jdk jdk, String road, String fixture) {
        return run(jdk, road, fixture, "all");
    }

    private ChildJvm.Result run(Jdks.Jdk jdk, String road, String fixture, String stacks) {
        return ChildJvm.of(jdk)
                .agent("log=off,stacks=" + stacks + ",alerts=" + folder.resolve("alerts.json"))
                .jvmArgs("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED", "--add-opens=java.base/java.io=ALL-UNNAMED")
                .jvmArgs("--add-opens=java.base/java.net=ALL-UNNAMED")
                .noMoreThreadsOfItsOwn()
                .jvmArgs(
                        "-Droad=" + road,
                        "-Dalerts=" + folder.resolve("alerts.json"),
                        "-XX:+IgnoreUnrecognizedVMOptions",
                        "--enable-native-access=ALL-UNNAMED")
                .classpath(ChildJvm.jnaPlatformJar())
                .fixture("io.notsock.fixtures.windows." + fixture)
                .timeout(Duration.ofMinutes(3))
                .run()
                .expectExit(0);
    }
}
