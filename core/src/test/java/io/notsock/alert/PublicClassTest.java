package io.notsock.alert;

import static io.notsock.alert.SampleAlerts.frame;
import static io.notsock.alert.SampleAlerts.jdk;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicClassTest {
    private static final StackTraceElement APPLICATION = frame("com.acme.Main", "main", 1);

    @ParameterizedTest
    @CsvSource({
        // the class that was called
        "java.io.FileOutputStream,          close,  java.io.FileOutputStream",
        "java.io.FileReader,                <init>, java.io.FileReader",
        "java.io.RandomAccessFile,          close,  java.io.RandomAccessFile",
        "java.net.Socket,                   connect, java.net.Socket",
        "java.nio.channels.SocketChannel,   open,   java.nio.channels.SocketChannel",
        "java.util.zip.ZipFile,             close,  java.util.zip.ZipFile",
        // the class it stands for
        "java.net.Socket$SocketInputStream, close,  java.net.Socket",
        "sun.nio.ch.SocketAdaptor,          close,  java.net.Socket",
        "java.lang.ProcessBuilder,          start,  java.lang.Process",
        // the class of what is returned
        "java.net.ServerSocket,             accept, java.net.Socket",
        "sun.nio.ch.ServerSocketChannelImpl, accept, java.nio.channels.SocketChannel",
        "sun.nio.ch.ServerSocketChannelImpl, bind,  java.nio.channels.ServerSocketChannel",
        // nothing that anybody would know
        "java.io.FileCleanable,             <init>,",
        "java.io.File,                      createTempFile,",
        "java.nio.file.Files,               newByteChannel,",
        "java.util.ArrayList,               forEach,",
        "com.sun.jna.Function,              invoke,",
    })
    void theFrameNextToTheApplicationNamesIt(String className, String method, String expected) {
        assertThat(PublicClass.of(jdk(className, method, 1), APPLICATION)).isEqualTo(expected);
    }

    @Test
    void baseClassesAndReflectionArePassedOver() {
        assertThat(PublicClass.of(
                        jdk("sun.nio.ch.SocketDispatcher", "close", 1),
                        jdk("sun.nio.ch.SocketChannelImpl", "kill", 2),
                        jdk("java.nio.channels.spi.AbstractSelectableChannel", "implCloseChannel", 3),
                        jdk("java.nio.channels.spi.AbstractInterruptibleChannel", "close", 4),
                        jdk("jdk.internal.reflect.DirectMethodHandleAccessor", "invoke", 5),
                        jdk("java.lang.reflect.Method", "invoke", 6),
                        APPLICATION))
                .isEqualTo("java.nio.channels.SocketChannel");
        assertThat(PublicClass.of(
                        jdk("java.io.FileDescriptor", "close", 1),
                        jdk("java.io.FileOutputStream", "close", 2),
                        jdk("java.io.FilterOutputStream", "close", 3),
                        APPLICATION))
                .isEqualTo("java.io.FileOutputStream");
    }

    @Test
    void theOutermostClassIsTheOneTheApplicationKnows() {
        assertThat(PublicClass.of(
                        jdk("java.io.FileDescriptor", "close", 1),
                        jdk("java.io.FileInputStream", "close", 2),
                        jdk("java.io.BufferedReader", "close", 3),
                        APPLICATION))
                .isEqualTo("java.io.BufferedReader");
    }

    @Test
    void aStackOfThePlatformAloneNamesNothing() {
        assertThat(PublicClass.of()).isNull();
        assertThat(PublicClass.of(
                        jdk("java.io.FileCleanable", "performCleanup", 1),
                        jdk("jdk.internal.ref.CleanerImpl", "run", 2),
                        jdk("java.lang.Thread", "run", 3)))
                .isNull();
    }
}
