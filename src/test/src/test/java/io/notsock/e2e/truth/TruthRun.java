package io.notsock.e2e.truth;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.Jdks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One run of the fixture {@code EveryHandle} under strace and the agent; and what both wrote. */
final class TruthRun {
    /** What standard input is: {@code System.inheritedChannel} tells by it. */
    enum Input {
        PIPE,
        STREAM,
        DATAGRAM,
        SERVER
    }

    private final Path folder;
    private final ChildJvm.Result result;

    private TruthRun(Path folder, ChildJvm.Result result) {
        this.folder = folder;
        this.result = result;
    }

    static TruthRun of(Jdks.Jdk jdk, Path folder, Input input, List<String> jvmArgs, String... steps)
            throws IOException {
        Path work = Files.createDirectories(folder.resolve("truth-work"));
        // Bound to loopback, and never accepted from: the kernel connects by itself.
        try (ServerSocket peer = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            List<String> under = new ArrayList<>(wrapper(input, peer.getLocalPort()));
            under.addAll(KernelLog.strace(folder.resolve("strace")));
            List<String> arguments = new ArrayList<>(List.of(
                    work.toString(), Long.toString(ProcessHandle.current().pid())));
            arguments.addAll(List.of(steps));
            ChildJvm.Result result = ChildJvm.of(jdk)
                    .under(under.toArray(new String[0]))
                    .agent("journal=" + folder.resolve("journal") + ",alerts=" + folder.resolve("alerts"))
                    .jvmArgs("--add-opens", "java.base/sun.nio.ch=ALL-UNNAMED")
                    .jvmArgs(jvmArgs.toArray(new String[0]))
                    .fixture("io.notsock.fixtures.truth.EveryHandle")
                    .args(arguments.toArray(new String[0]))
                    .run()
                    .expectExit(0);
            return new TruthRun(folder, result);
        }
    }

    /** Starts what follows with a socket as standard input; {@code exec} keeps the process. */
    private static List<String> wrapper(Input input, int port) {
        return switch (input) {
            case PIPE -> List.of();
            case STREAM -> bash("exec 0<>/dev/tcp/127.0.0.1/" + port);
            case DATAGRAM -> bash("exec 0<>/dev/udp/127.0.0.1/" + port);
            case SERVER ->
                List.of(
                        "python3",
                        "-c",
                        "import os,socket,sys; s=socket.socket(); s.bind(('127.0.0.1',0)); s.listen(1); "
                                + "os.dup2(s.fileno(),0); s.close(); os.execvp(sys.argv[1],sys.argv[1:])");
        };
    }

    private static List<String> bash(String redirect) {
        return List.of("bash", "-c", redirect + "; exec \"$@\"", "bash");
    }

    String stdout() {
        return result.stdout();
    }

    String alerts() throws IOException {
        return Files.readString(folder.resolve("alerts"));
    }

    /** Compares as if the agent had missed one event: the last one of this entry. */
    Comparison compareWithout(String entry) throws IOException {
        List<JournalLine> lines = new ArrayList<>(JournalLine.read(folder.resolve("journal")));
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (lines.get(i).entry().equals(entry) && lines.get(i).ok()) {
                lines.remove(i);
                break;
            }
        }
        return Comparison.of(folder.resolve("strace"), folder.resolve("journal"), lines, Unseen.RULES);
    }

    Comparison compare() throws IOException {
        return Comparison.of(folder.resolve("strace"), folder.resolve("journal"), Unseen.RULES);
    }
}
