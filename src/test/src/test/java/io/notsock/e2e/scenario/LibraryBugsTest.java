package io.notsock.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.Jdks;
import io.notsock.e2e.library.Libraries;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bugs of released libraries, found in them by the calls of their own bug reports; the fixed release is silent. */
class LibraryBugsTest {
    private static final String NETTY_CLOSE = "java:io.netty.channel.unix.FileDescriptor.close";

    @TempDir
    private Path folder;

    private ChildJvm.Result result;

    private List<AlertLines.Line> alerts(int jdk, String jars, String program, String... args) {
        return alerts(jdk, Libraries.jars(jars), program, args);
    }

    private List<AlertLines.Line> alerts(int jdk, Path[] jars, String program, String... args) {
        Path alerts = folder.resolve("alerts.json");
        result = program(Jdks.find(jdk).orElseGet(Jdks::own), jars, program, args)
                .agent(Fixtures.options(alerts) + ",cache=off")
                .run()
                .expectExit(0);
        return AlertLines.read(alerts);
    }

    static ChildJvm program(Jdks.Jdk jdk, Path[] jars, String program, String... args) {
        return ChildJvm.of(jdk)
                .fixture("io.notsock.fixtures.library." + program)
                .classpath(jars)
                .args(args);
    }

    /** netty #4623: its FileDescriptor closed its number on every close(). */
    @ParameterizedTest
    @ValueSource(ints = {11, 17, 21, 25})
    void nettyClosesAFileTwice(int jdk) {
        List<AlertLines.Line> lines = alerts(jdk, "netty-4.1.0.Beta8", "NettyBugs", "double-close");

        assertThat(lines).extracting(AlertLines.Line::verdict).containsExactly("ERROR DOUBLE_CLOSE confirmed rogue");
        AlertLines.Line line = lines.get(0);
        assertThat(line.number()).isEqualTo(Fixtures.number(result, "double"));
        assertThat(line.of("rogue", "api")).isEqualTo(NETTY_CLOSE);
        assertThat(line.of("rogue", "owner")).contains("io.netty.channel.unix.FileDescriptor");
        assertThat(line.of("firstClose", "api")).isEqualTo(NETTY_CLOSE);
        assertThat(line.stack("firstClose")).contains("NettyBugs.doubleClose");
        assertThat(result.stdout()).contains("second close: ").doesNotContain("second close: ok");
    }

    /** The same, when a log file has got the number in between. */
    @ParameterizedTest
    @ValueSource(ints = {11, 17, 21, 25})
    void nettyClosesASocketTwiceAndKillsALogFile(int jdk) {
        List<AlertLines.Line> lines = alerts(jdk, "netty-4.1.0.Beta8", "NettyBugs", "close-of-reused");

        assertThat(lines).extracting(AlertLines.Line::verdict).containsExactly("ERROR CLOSE_OF_REUSED certain rogue");
        AlertLines.Line line = lines.get(0);
        assertThat(line.number()).isEqualTo(Fixtures.number(result, "reused"));
        assertThat(line.thread("rogue")).isEqualTo("second-closer");
        assertThat(line.of("rogue", "api")).isEqualTo(NETTY_CLOSE);
        assertThat(line.of("rogue", "owner")).contains("io.netty.channel.unix.Socket");
        assertThat(line.thread("firstClose")).isEqualTo("main");
        assertThat(line.stack("firstClose")).contains("NettyBugs.closeOfReused");
        assertThat(line.of("victim", "owner")).isEqualTo("java.io.FileOutputStream");
        assertThat(line.stack("victim")).contains("NettyBugs.openLog");
        assertThat(result.stdout()).contains("second close: ok", "log write: java.io.IOException");
    }

    /** netty #9362: a late wake-up writes eight bytes into whatever has got the number of the loop's eventfd. */
    @ParameterizedTest
    @ValueSource(ints = {11, 17, 21, 25})
    void nettyWritesEightBytesIntoADataFile(int jdk) {
        List<AlertLines.Line> lines = alerts(jdk, "netty-4.1.34.Final", "NettyBugs", "late-wakeup", "reuse");

        assertThat(result.stdout()).contains("late wakeup: ok", "data file has 8 bytes");
        assertThat(lines).extracting(AlertLines.Line::verdict).containsExactly("ERROR USE_OF_REUSED certain rogue");
        AlertLines.Line line = lines.get(0);
        assertThat(line.number()).isEqualTo(Fixtures.number(result, "eventfd"));
        assertThat(line.thread("rogue")).isEqualTo("waker");
        assertThat(line.of("rogue", "api")).isEqualTo("java:io.netty.channel.epoll.Native.eventFdWrite");
        assertThat(line.of("rogue", "owner")).contains("io.netty.channel.epoll.EpollEventLoop");
        assertThat(line.of("firstClose", "api")).isEqualTo(NETTY_CLOSE);
        assertThat(line.stack("firstClose")).contains("EpollEventLoop.cleanup");
        assertThat(line.of("victim", "owner")).isEqualTo("java.io.RandomAccessFile");
        assertThat(line.stack("victim")).contains("NettyBugs.openData");
    }

    /** Loops that close and open their descriptors again, for a checkpoint, are given the same numbers. */
    @ParameterizedTest
    @ValueSource(ints = {11, 17, 21, 25})
    void aLoopThatOpensItsDescriptorsAnewIsHealthy(int jdk) {
        assertThat(alerts(jdk, "netty-4.1.118.Final", "NettyBugs", "reopen")).isEmpty();
        assertThat(result.stdout()).contains("reopened").containsPattern("numbers (.*fd=\\d+.*), then \\1\n");
    }

    /** The same while the number is free. */
    @Test
    void nettyWakesALoopThatHasEnded() {
        List<AlertLines.Line> lines = alerts(17, "netty-4.1.34.Final", "NettyBugs", "late-wakeup", "free");

        assertThat(lines).extracting(line -> line.text("kind")).containsExactly("USE_AFTER_CLOSE");
        assertThat(result.stdout()).contains("data file has 0 bytes").doesNotContain("late wakeup: ok");
    }

    @ParameterizedTest
    @ValueSource(strings = {"double-close", "close-of-reused", "read-of-reused"})
    void fixedNettyIsSilent(String bug) {
        assertThat(alerts(17, "netty-4.1.34.Final", "NettyBugs", bug)).isEmpty();
    }

    /** JDK-8392711, in some releases from 21 on: the same cleaning up closes one descriptor twice and forgets the other. */
    @ParameterizedTest
    @ValueSource(ints = {11, 17, 21, 25})
    void theJdkClosesTwiceWhereADirectoryIsNone(int jdk) {
        List<AlertLines.Line> lines = alerts(jdk, new Path[0], "JdkBugs");

        if (result.stdout().contains("left open 0")) {
            assertThat(lines).as("this release does not have the bug").isEmpty();
            return;
        }
        assertThat(result.stdout()).contains("left open 3");
        assertThat(lines).extracting(AlertLines.Line::verdict).containsExactly("ERROR DOUBLE_CLOSE confirmed rogue");
        assertThat(lines.get(0).count()).isEqualTo(4);
        for (String party : List.of("rogue", "firstClose")) {
            assertThat(lines.get(0).stack(party)).contains("UnixSecureDirectoryStream.newDirectoryStream");
        }
    }

    /** junixsocket #13: a stream that is closed late shuts down the connection that has got its number. */
    @Test
    void junixsocketShutsDownAStranger() {
        // It calls a method by JNI that later releases do not have.
        Assumptions.assumeTrue(Jdks.there(Jdks.find(11).isPresent(), "junixsocket 2.0.4 not tested: no Java 11"));
        List<AlertLines.Line> lines = alerts(11, "junixsocket-2.0.4", "JunixBugs");

        assertThat(lines).extracting(AlertLines.Line::verdict).containsExactly("ERROR USE_OF_REUSED certain rogue");
        AlertLines.Line line = lines.get(0);
        assertThat(line.of("rogue", "api")).isEqualTo("java:org.newsclub.net.unix.NativeUnixSocket.shutdown");
        assertThat(line.stack("rogue")).contains("AFUNIXInputStream.close");
        assertThat(line.of("firstClose", "api")).isEqualTo("java:org.newsclub.net.unix.NativeUnixSocket.close");
        assertThat(line.stack("victim")).contains("JunixBugs.openStranger");
        assertThat(result.stdout()).contains("late close of the stream: ok").doesNotContain("stranger read");
    }

    @Test
    void fixedJunixsocketIsSilent() {
        assertThat(alerts(11, "junixsocket-2.3.2", "JunixBugs")).isEmpty();
        assertThat(result.stdout()).contains("stranger read 1");
    }

    /** jnr-unixsocket #81, open to this day: a closed channel writes into whoever has got its number. */
    @ParameterizedTest
    @ValueSource(ints = {11, 17, 21, 25})
    void jnrWritesIntoAStranger(int jdk) {
        List<AlertLines.Line> lines = alerts(jdk, "jnr-0.38.22", "JnrBugs", "write-to-reused");

        assertThat(lines).extracting(AlertLines.Line::verdict).containsExactly("ERROR USE_OF_REUSED certain rogue");
        AlertLines.Line line = lines.get(0);
        assertThat(line.number()).isEqualTo(Fixtures.number(result, "first"));
        assertThat(line.stack("rogue")).contains("JnrBugs.lateWrite");
        assertThat(line.of("firstClose", "api")).isEqualTo("java:jnr.enxio.channels.Native.close");
        assertThat(line.stack("victim")).contains("JnrBugs.openStranger");
        assertThat(result.stdout()).contains("late write: ok", "stranger's peer read 42");
    }

    @Test
    void jnrWritesToANumberThatIsFree() {
        List<AlertLines.Line> lines = alerts(17, "jnr-0.38.22", "JnrBugs", "write");

        assertThat(lines).extracting(AlertLines.Line::verdict).hasSize(1);
        assertThat(lines.get(0).text("kind")).isEqualTo("USE_AFTER_CLOSE");
        assertThat(lines.get(0).text("culprit")).isEqualTo("rogue");
        assertThat(lines.get(0).stack("firstClose")).contains("JnrBugs.main");
    }
}
