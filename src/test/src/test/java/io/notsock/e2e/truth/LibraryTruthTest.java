package io.notsock.e2e.truth;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.EachRuntime;
import io.notsock.e2e.Jdks;
import io.notsock.e2e.library.Libraries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the registry saw of libraries with native methods is what the kernel saw: their released jars under load, under
 * strace. Each library and version on one runtime; {@code LibrarySilenceTest} runs them on all.
 */
class LibraryTruthTest {
    /** A run: a runtime, a folder of jars, workloads, and the entries that have to see something. */
    private record Run(int jdk, String jars, List<String> workloads, List<String> entries) {
        @Override
        public String toString() {
            return jars + " on Java " + jdk;
        }
    }

    private static final List<String> NETTY = List.of(
            "netty.socket",
            "netty.datagram",
            "netty.unix-socket",
            "netty.epoll",
            "netty.eventfd",
            "netty.wrapper",
            "netty.epoll-socket",
            "netty.close");
    /**
     * Since 2.1 its natives close the descriptor when read or write fail by ECONNRESET, EPIPE and the like
     * (junixsocket-native, exceptions.c, throwErrnumException1).
     */
    private static final String RESET = "junixsocket closes what was reset";
    /** {@code JunixLoad} closes both ends under load in each of its three rounds; two threads accept. */
    private static final int STOPS_UNDER_LOAD = 6;

    private static final List<String> EPOLL = List.of("EpollLoad");

    @TempDir
    private Path folder;

    @BeforeAll
    static void straceIsThere() {
        EveryHandleTruthTest.straceIsThere();
    }

    static Stream<Run> runs() {
        return Stream.of(
                        new Run(11, "netty-4.1.34.Final", EPOLL, NETTY),
                        new Run(17, "netty-4.1.118.Final", EPOLL, NETTY),
                        new Run(25, "netty-4.2.4.Final", EPOLL, NETTY),
                        new Run(21, "grpc-netty-shaded-1.62.2", EPOLL, NETTY),
                        new Run(
                                11,
                                "junixsocket-2.3.2",
                                List.of("JunixLoad"),
                                List.of("junix.made-by-name", "junix.accept-old", "junix.close")),
                        new Run(
                                25,
                                "junixsocket-2.10.1",
                                List.of("JunixLoad", "JunixChannelLoad"),
                                List.of(
                                        "junix.socket",
                                        "junix.accept",
                                        "junix.pair-first",
                                        "junix.pair-second",
                                        "junix.pipe-source",
                                        "junix.pipe-sink",
                                        "junix.close")),
                        new Run(
                                17,
                                "jnr-0.38.22",
                                List.of("JnrLoad"),
                                List.of(
                                        "jnr.socket",
                                        "jnr.socketpair",
                                        "jnr.selector",
                                        "jnr.channel",
                                        "jnr.unix-channel",
                                        "jnr.unix-server-channel",
                                        "jnr.channel.close")))
                .filter(run -> Jdks.find(run.jdk).isPresent());
    }

    @EachRuntime
    @MethodSource("runs")
    void theRegistrySawWhatTheKernelSaw(Run run) throws IOException {
        ChildJvm jvm = traced(Jdks.find(run.jdk).orElseThrow());
        if (run.jars.startsWith("grpc")) {
            Libraries.relocate("io.notsock.fixtures.silence.EpollLoad", folder.resolve("relocated"));
            jvm.classpath(folder.resolve("relocated"));
        }
        jvm.fixture("io.notsock.fixtures.silence.SilentMain")
                .classpath(Libraries.jars(run.jars))
                .args(run.workloads.toArray(String[]::new))
                .run()
                .expectExit(0);

        Comparison comparison = Comparison.of(folder.resolve("strace"), folder.resolve("journal"), rules());
        System.out.println("[notsock] " + run + ": " + comparison.summary());
        assertThat(comparison.problems())
                .as(() -> String.join("\n", comparison.problems()))
                .isEmpty();
        assertThat(comparison.fired()).containsAll(run.entries);
        assertThat(comparison.closesCompared()).isGreaterThan(400);
        assertThat(comparison.explainedBy(RESET)).as(RESET).isLessThanOrEqualTo(STOPS_UNDER_LOAD);
        assertThat(Files.readString(folder.resolve("alerts")))
                .as("alerts of a healthy program")
                .isEmpty();
    }

    /**
     * io_uring accepts and closes in the kernel, and strace sees neither. It does see the sockets that Java asks for, and that
     * numbers come back: whenever one does, the registry must not hold it for open.
     */
    @EachRuntime
    @MethodSource("rings")
    void aNumberThatTheRingClosedIsNotHeldForOpen(Jdks.Jdk jdk, List<String> jars) throws IOException {
        ChildJvm.Result result = traced(jdk)
                .fixture("io.notsock.fixtures.silence.SilentMain")
                .classpath(jars.stream()
                        .flatMap(each -> Stream.of(Libraries.jars(each)))
                        .toArray(Path[]::new))
                .args("IoUringLoad")
                .run()
                .expectExit(0);
        Libraries.ioUringIsThere(jdk, result.stdout());

        List<JournalLine> journal = JournalLine.read(folder.resolve("journal"));
        RingNumbers ring = RingNumbers.of(KernelLog.read(folder.resolve("strace")), journal);
        System.out.println("[notsock] io_uring of " + jars + " on " + jdk + ": " + ring.summary());
        assertThat(ring.problems()).isEmpty();
        assertThat(ring.reused()).as("numbers of the ring that came back").isGreaterThan(50);
        assertThat(Files.readString(folder.resolve("alerts")))
                .as("alerts of a healthy program")
                .isEmpty();
    }

    /** netty 4.2 on the newest runtime, and 4.1 with the incubator's transport. */
    static Stream<Arguments> rings() {
        return Jdks.all().stream()
                .reduce((older, newer) -> newer)
                .map(jdk -> Stream.of(
                        Arguments.of(jdk, List.of("netty-4.2.4.Final")),
                        Arguments.of(jdk, List.of("netty-4.1.118.Final", "netty-io_uring-0.0.26.Final"))))
                .orElse(Stream.empty());
    }

    private ChildJvm traced(Jdks.Jdk jdk) {
        return ChildJvm.of(jdk)
                .under(KernelLog.strace(folder.resolve("strace")).toArray(new String[0]))
                .agent("cache=off,journal=" + folder.resolve("journal") + ",alerts=" + folder.resolve("alerts"));
    }

    /** The steps of {@code EveryHandle} are not known here: what it may do in some step, a library may do at any time. */
    private static List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        for (Rule rule : Unseen.RULES) {
            rules.add(new Rule(rule.name(), Pattern.compile(".*"), rule.end(), rule.call()));
        }
        rules.addAll(LIBRARIES);
        return rules;
    }

    /** What native code of the libraries opens and closes by itself. */
    private static final List<Rule> LIBRARIES = List.of(
            within("kernel settings", "open(at)?\\((AT_FDCWD, )?\"/proc/sys/net/[^\"]*\", .*"),
            within("netty tries epoll", "epoll_create1?\\(.*"),
            within("host names", "open(at)?\\((AT_FDCWD, )?\"/etc/(host.conf|resolv.conf|hosts|gai.conf)\", .*"),
            within("host names", "socket\\(AF_UNIX, SOCK_STREAM\\|SOCK_CLOEXEC\\|SOCK_NONBLOCK, 0\\)"),
            within("junixsocket tries what there is", "socket\\(AF_(UNIX|VSOCK|TIPC|SYSTEM)[^)]*\\)"),
            within("junixsocket tries what there is", "open(at)?\\((AT_FDCWD, )?\"/dev/vsock\", .*"),
            within("listing by java.io.File", "open(at)?\\(.*O_DIRECTORY.*"),
            within("libraries", "open(at)?\\((AT_FDCWD, )?\"/etc/ld.so.conf[^\"]*\", .*"),
            within("junixsocket wakes its acceptors", "socket\\(AF_UNIX, SOCK_STREAM, 0\\)"),
            Rule.of(RESET, ".*", Rule.End.FAILED_CALL, "accept4?\\(.*AF_UNIX.*"));

    private static Rule within(String name, String call) {
        return Rule.of(name, ".*", Rule.End.SAME_THREAD, call);
    }
}
