package io.notsock.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The application's bug closes our descriptor and gets its number for a socket, at the worst moment: after the guard has
 * looked and before we write.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "gives out the lowest free number, which the test needs")
class AppendFileTest {
    private static final byte[] LINE = {'{', '}', '\n'};

    @TempDir
    Path folder;

    private ServerSocketChannel listener;
    private final List<SocketChannel> open = new ArrayList<>();
    private SocketChannel peer;

    @BeforeEach
    void listen() throws IOException {
        listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        // The JDK makes its marker socket at the first close of a channel: it must not take the number meanwhile.
        SocketChannel.open(listener.getLocalAddress()).close();
        listener.accept().close();
    }

    @AfterEach
    void close() throws IOException {
        for (SocketChannel channel : open) {
            channel.close();
        }
        listener.close();
    }

    /** Several JVMs may write to one file, and each may be killed amid a line. */
    @Test
    void aLineThatAnotherJvmHasTornIsEnded() throws Exception {
        Path path = folder.resolve("alerts.json");
        AppendFile file = new AppendFile(path, HandleGuard.NONE);
        file.append(LINE);
        Files.writeString(path, "{\"torn", StandardOpenOption.APPEND);
        file.append(LINE);
        file.append(LINE);

        assertThat(Files.readAllLines(path)).containsExactly("{}", "{\"torn", "{}", "{}");
    }

    @Test
    void aNewFileIsItsOwnersAloneAndNothingIsLeftBesideIt() throws Exception {
        Path path = folder.resolve("new/alerts.json");
        new AppendFile(path, HandleGuard.NONE).prepare();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        try (Stream<Path> all = Files.list(path.getParent())) {
            assertThat(all).containsExactly(path);
        }
    }

    @Test
    void aLineNeverLandsInTheSocketThatTookTheNumberAndIsNotLost() throws Exception {
        Path path = folder.resolve("alerts.json");
        Files.createFile(path);
        AppendFile file = new AppendFile(path, new Thief(1));

        file.append(LINE);
        file.append(LINE);

        assertThat(path).hasContent("{}\n{}\n");
        assertThat(received()).isZero();
    }

    @Test
    void isSaidWhereEveryDescriptorIsTaken() throws Exception {
        Path path = folder.resolve("alerts.json");
        Files.createFile(path);
        AppendFile file = new AppendFile(path, new Thief(2));

        assertThatThrownBy(() -> file.append(LINE)).hasMessageContaining("the application closed our descriptor");

        assertThat(received()).isZero();
        file.append(LINE);
        assertThat(path).hasContent("{}\n");
    }

    @Test
    void anInterruptOfOursDoesNotTakeTheLine() throws Exception {
        Path path = folder.resolve("alerts.json");
        AppendFile file = new AppendFile(path, HandleGuard.NONE);

        Thread.currentThread().interrupt();
        file.append(LINE);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(path).hasContent("{}\n");
    }

    /** Bytes that came out of the thief's sockets at the other end. */
    private int received() throws IOException {
        peer.configureBlocking(false);
        return peer.read(ByteBuffer.allocate(100));
    }

    /** Answers that the number is still ours, steals it at once, and tells the truth from then on. */
    private final class Thief implements HandleGuard {
        private int thefts;
        private FileDescriptor stolen;

        Thief(int thefts) {
            this.thefts = thefts;
        }

        @Override
        public boolean holds(FileDescriptor descriptor, Path path) {
            if (descriptor == stolen) {
                return false;
            }
            if (thefts > 0) {
                thefts--;
                stolen = descriptor;
                steal(descriptor);
            }
            return true;
        }

        private void steal(FileDescriptor descriptor) {
            try {
                Field number = FileDescriptor.class.getDeclaredField("fd");
                number.setAccessible(true);
                FileDescriptor second = new FileDescriptor();
                number.setInt(second, number.getInt(descriptor));
                new FileInputStream(second).close();
                SocketChannel socket = take(number.getInt(descriptor), number);
                socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
                socket.connect(listener.getLocalAddress());
                peer = listener.accept();
                open.add(peer);
            } catch (IOException | ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }

        /** The OS gives out the lowest number that is free, and others of this JVM may give one back meanwhile. */
        private SocketChannel take(int wanted, Field number) throws IOException, ReflectiveOperationException {
            for (int i = 0; i < 20; i++) {
                SocketChannel socket = SocketChannel.open();
                open.add(socket);
                if (numberOf(socket, number) == wanted) {
                    return socket;
                }
            }
            throw new AssertionError("somebody else has taken " + wanted);
        }

        private int numberOf(SocketChannel socket, Field number) throws ReflectiveOperationException {
            Field descriptor = socket.getClass().getDeclaredField("fd");
            descriptor.setAccessible(true);
            return number.getInt(descriptor.get(socket));
        }
    }
}
