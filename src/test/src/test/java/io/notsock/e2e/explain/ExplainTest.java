package io.notsock.e2e.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.EachRuntime;
import io.notsock.e2e.Jdks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** An exception about something closed carries one history that names who closed it, and is otherwise what it was. */
class ExplainTest {
    static final String PROGRAM = "io.notsock.fixtures.explain.Closed";

    /** What the history has to say of where a handle led to; the rest knows nothing any more, or has no handle. */
    private static final Map<String, String> BEHIND = Map.ofEntries(
            Map.entry("socket.read", "port \\d+ -> 127\\.0\\.0\\.1:\\d+\\)"),
            Map.entry("socket.write", "port \\d+ -> 127\\.0\\.0\\.1:\\d+\\)"),
            Map.entry("accept", "generation \\d+, 127\\.0\\.0\\.1:\\d+\\)"),
            Map.entry("channel.read", "127\\.0\\.0\\.1:\\d+ -> 127\\.0\\.0\\.1:\\d+\\)"),
            Map.entry("channel.accept", "generation \\d+, 127\\.0\\.0\\.1:\\d+\\)"),
            Map.entry("async.read", "127\\.0\\.0\\.1:\\d+ -> 127\\.0\\.0\\.1:\\d+\\)"),
            Map.entry("file.channel", "explain\\d+\\.bin\\)"),
            Map.entry("stream.read", "explain\\d+\\.bin\\)"),
            Map.entry("stream.write", "explain\\d+\\.bin\\)"),
            Map.entry("random.seek", "explain\\d+\\.bin\\)"),
            Map.entry("zip.entry", "zip file .*explain\\d+\\.jar closed"),
            Map.entry("zip.stream", "entry of zip file .*explain\\d+\\.jar closed"),
            Map.entry("jar.loader", "entry of zip file .*explain\\d+\\.jar closed"));

    /** What is closed, while its user is not in a call on it, by no other thread: there is nobody to name. */
    private static final List<String> BY_ITSELF = List.of("channel.interrupted-before", "file.interrupted");

    @TempDir
    Path folder;

    static List<Jdks.Jdk> runtimes() {
        return Jdks.all();
    }

    static List<Jdks.Jdk> withVirtualThreads() {
        return Jdks.since(21);
    }

    @EachRuntime
    @MethodSource("runtimes")
    void socketsChannelsFilesZipsAndProcesses(Jdks.Jdk jdk) {
        explained(jdk, "sockets", "files");
    }

    @EachRuntime
    @MethodSource("withVirtualThreads")
    void onVirtualThreads(Jdks.Jdk jdk) {
        explained(jdk, "sockets-virtual", "files-virtual");
    }

    @EachRuntime
    @MethodSource("runtimes")
    void executorsWhereAskedFor(Jdks.Jdk jdk) {
        Map<String, String[]> without = cases(run(jdk, "explain=on,stacks=all", "executors"));
        assertThat(without.values()).allSatisfy(of -> assertThat(of[2]).isEqualTo("0"));

        Map<String, String[]> cases = cases(run(jdk, "explain.executors=on,stacks=all", "executors"));
        assertThat(cases).hasSize(jdk.version() < 21 ? 3 : 4);
        cases.forEach((name, of) -> {
            assertThat(of[2]).as(name).isEqualTo("1");
            assertThat(of[3])
                    .as(name)
                    .contains("java.util.concurrent.", "shut down by thread \"closer\"")
                    .contains("shutdown");
            assertThat(of).as(name).endsWith("close");
        });
    }

    @EachRuntime
    @MethodSource("runtimes")
    void anErrorOfTheSystemNamesWhoClosedTheNumberByHand(Jdks.Jdk jdk) {
        Map<String, String[]> cases = cases(ChildJvm.of(jdk)
                .agent("log=off")
                .jvmArgs("--add-opens=java.base/java.io=ALL-UNNAMED", "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED")
                .fixture("io.notsock.fixtures.explain.Stolen")
                .run()
                .expectExit(0)
                .stdout());

        assertThat(cases.keySet()).containsExactly("file", "channel", "datagram.replaced", "options.replaced");
        cases.forEach((name, of) -> {
            boolean replaced = name.endsWith(".replaced");
            assertThat(of[1]).as(name).contains(replaced ? "Socket operation on non-socket" : "IOException");
            assertThat(of[2]).as(name).isEqualTo("1");
            assertThat(of[3])
                    .as(name)
                    .contains(
                            replaced
                                    ? "replaced underneath its owner by thread \"closer\""
                                    : "closed underneath its owner by thread \"closer\"",
                            replaced ? "through jna:dup2" : "through jna:close");
            assertThat(of).as(name).endsWith("close");
        });
    }

    @EachRuntime
    @MethodSource("runtimes")
    void nothingWhereItIsOff(Jdks.Jdk jdk) {
        Map<String, String[]> cases = cases(run(jdk, "explain=off,explain.executors=on", "sockets", "executors"));

        assertThat(cases).hasSizeGreaterThan(20);
        cases.forEach((name, of) -> assertThat(of[2]).as(name).isEqualTo("0"));
    }

    @EachRuntime
    @MethodSource("runtimes")
    void whatHasNoHistoryIsPrintedAsWithoutTheAgent(Jdks.Jdk jdk) {
        String program = "io.notsock.fixtures.explain.Untouched";
        String without = ChildJvm.of(jdk).fixture(program).run().expectExit(0).stdout();
        ChildJvm.Result with = ChildJvm.of(jdk)
                .agent("explain.executors=on")
                .fixture(program)
                .run()
                .expectExit(0);

        assertThat(with.stderr()).isEmpty();
        assertThat(names(with.stdout())).isEqualTo(names(without)).contains("done");
    }

    /** Lambda classes are numbered anew in each run. */
    private static String names(String traces) {
        return traces.replaceAll("\\$\\$Lambda[^(]*", "Lambda").replaceAll("@[0-9a-f]+", "");
    }

    @EachRuntime
    @MethodSource("runtimes")
    void whoReceivesTheExceptionNeedsNoClassOfOurs(Jdks.Jdk jdk) {
        String program = "io.notsock.fixtures.explain.Sent";
        String file = folder.resolve("exception.ser").toString();
        List<String> sent = ChildJvm.of(jdk)
                .agent("stacks=all")
                .fixture(program)
                .args("write", file)
                .run()
                .expectExit(0)
                .stdout()
                .lines()
                .toList();
        List<String> received = ChildJvm.of(jdk)
                .fixture(program)
                .args("read", file)
                .run()
                .expectExit(0)
                .stdout()
                .lines()
                .toList();

        assertThat(sent.get(0))
                .isEqualTo("java.nio.channels.ClosedChannelException|null|1")
                .isEqualTo(received.get(0));
        assertThat(sent.get(1)).startsWith("history|io.notsock.explain.HandleHistory|fd ");
        assertThat(received.get(1)).startsWith("history|java.lang.Throwable|HandleHistory: fd ");
        assertThat(received).contains("io.notsock.fixtures.explain.Closer.close");
        assertThat(received.subList(2, received.size())).isEqualTo(sent.subList(2, sent.size()));
    }

    @EachRuntime
    @MethodSource("runtimes")
    void logbackAndLog4jPrintIt(Jdks.Jdk jdk) {
        for (String framework : List.of("logback", "log4j")) {
            ChildJvm.Result logged = ChildJvm.of(jdk)
                    .agent("stacks=all")
                    .classpath(Path.of(System.getProperty("notsock.libraries"), "logging", "*"))
                    .fixture("io.notsock.fixtures.explain.Logged")
                    .args(framework)
                    .run()
                    .expectExit(0);

            assertThat(logged.stdout() + logged.stderr())
                    .contains("request failed", "ClosedChannelException")
                    .containsPattern("Suppressed: io.notsock.explain.HandleHistory: fd .* closed by thread \"closer\"")
                    .contains("io.notsock.fixtures.explain.Closer.close(Closer.java:");
        }
    }

    private static void explained(Jdks.Jdk jdk, String... args) {
        Map<String, String[]> without = cases(
                ChildJvm.of(jdk).fixture(PROGRAM).args(args).run().expectExit(0).stdout());
        Map<String, String[]> with = cases(run(jdk, "stacks=all", args));

        assertThat(with.keySet()).isEqualTo(without.keySet());
        assertThat(with).hasSizeGreaterThan(35);
        List<String> wrong = new ArrayList<>();
        with.forEach((name, of) -> {
            boolean byItself = BY_ITSELF.contains(name);
            boolean right = of[1].equals(without.get(name)[1])
                    && of[2].equals("1")
                    && of[3].startsWith("io.notsock.explain.HandleHistory: ")
                    && (byItself
                            ? of[3].contains("closed because this thread was interrupted before its call")
                            : of[3].contains("by thread \"closer\"") && of.length == 5);
            boolean byInterrupt = !name.equals("channel.interrupted")
                    || (of.length == 5
                            && of[3].contains("closed by an interrupt sent by thread")
                            && of[4].equals("interrupt"));
            String behind = BEHIND.get(name);
            boolean told =
                    behind == null || Pattern.compile(behind).matcher(of[3]).find();
            if (!right || !byInterrupt || !told) {
                wrong.add(String.join("|", of));
            }
        });
        assertThat(wrong).as("not explained on " + jdk).isEmpty();
    }

    private static String run(Jdks.Jdk jdk, String options, String... args) {
        ChildJvm.Result result = ChildJvm.of(jdk)
                .agent(options)
                .fixture(PROGRAM)
                .args(args)
                .run()
                .expectExit(0);
        assertThat(result.stderr()).isEmpty();
        return result.stdout();
    }

    private static Map<String, String[]> cases(String stdout) {
        Map<String, String[]> cases = new LinkedHashMap<>();
        stdout.lines().filter(line -> line.contains("|")).forEach(line -> {
            String[] of = line.split("\\|", -1);
            cases.put(of[0], of);
        });
        assertThat(stdout).contains("done");
        return cases;
    }
}
