package io.notsock.leak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeptTest {
    private static final int DEPTH = 32;

    private final Kept kept = new Kept(DEPTH);

    private static StackTraceElement[] stack(String... frames) {
        StackTraceElement[] stack = new StackTraceElement[frames.length];
        for (int i = 0; i < frames.length; i++) {
            int dot = frames[i].lastIndexOf('.');
            stack[i] = new StackTraceElement(frames[i].substring(0, dot), frames[i].substring(dot + 1), "X.java", 1);
        }
        return stack;
    }

    @Test
    void aProgramsOwnHandleIsNotKept() {
        StackTraceElement[] stack =
                stack("java.io.NotsockHooks.after", "java.io.FileInputStream.<init>", "com.acme.Main.read");
        assertThat(kept.untilTheEnd(stack)).isFalse();
        assertThat(kept.nobodys(stack)).isFalse();
        assertThat(Kept.byClassLoader(stack)).isFalse();
    }

    @Test
    void cachesOfTheJdkAreKeptWhoeverFilledThem() {
        assertThat(kept.untilTheEnd(stack(
                        "sun.nio.ch.Net.socket",
                        "java.net.Socket.connect",
                        "sun.net.www.http.HttpClient.openServer",
                        "sun.net.www.protocol.http.HttpURLConnection.getInputStream",
                        "com.acme.Main.ask")))
                .isTrue();
        assertThat(kept.untilTheEnd(stack(
                        "sun.nio.ch.EPoll.create",
                        "sun.nio.ch.LinuxAsynchronousChannelProvider.openAsynchronousChannelGroup",
                        "com.acme.Main.group")))
                .as("a group of one's own")
                .isFalse();
        assertThat(kept.untilTheEnd(stack(
                        "sun.nio.ch.EPoll.create",
                        "sun.nio.ch.LinuxAsynchronousChannelProvider.defaultEventPort",
                        "com.acme.Main.connect")))
                .isTrue();
    }

    @Test
    void onlyWhoOpensCountsNotWhoRunsIt() {
        assertThat(kept.untilTheEnd(stack(
                        "java.io.FileInputStream.<init>",
                        "com.acme.LeakyTest.leaks",
                        "org.apache.maven.surefire.booter.ForkedBooter.main")))
                .isFalse();
        assertThat(kept.untilTheEnd(stack(
                        "java.nio.channels.SocketChannel.open",
                        "org.apache.maven.surefire.booter.spi.SurefireMasterProcessChannelProcessorFactory.connect",
                        "org.apache.maven.surefire.booter.ForkedBooter.main")))
                .isTrue();
    }

    @Test
    void jarsOfAnyClassLoaderAreItsOwn() {
        assertThat(Kept.byClassLoader(stack(
                        "java.io.RandomAccessFile.<init>",
                        "java.util.zip.ZipFile.<init>",
                        "com.acme.PluginLoader.open",
                        "com.acme.PluginLoader.findClass",
                        "java.lang.ClassLoader.loadClass",
                        "com.acme.Main.main")))
                .isTrue();
        assertThat(Kept.byClassLoader(
                        stack("java.io.RandomAccessFile.<init>", "java.util.zip.ZipFile.<init>", "com.acme.Main.main")))
                .isFalse();
    }

    @Test
    void whereOnlyThePlatformTookPartThereIsNoPlaceToCloseIt() {
        assertThat(kept.nobodys(stack("sun.nio.ch.Net.accept", "java.lang.Thread.run")))
                .isTrue();
        StackTraceElement[] cut = new StackTraceElement[DEPTH];
        java.util.Arrays.fill(cut, stack("sun.nio.ch.Net.accept")[0]);
        assertThat(kept.nobodys(cut)).as("whoever is further out was cut off").isFalse();
        assertThat(kept.nobodys(new StackTraceElement[0])).as("no stack").isTrue();
        assertThat(kept.nobodys(stack("java.io.FileInputStream.<init>", "io.notsock.agent.start.Exit.run")))
                .as("the agent's own, in a thread of the application")
                .isTrue();
    }
}
