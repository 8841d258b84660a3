package io.notsock.alert;

import io.notsock.handle.HandleType;
import io.notsock.handle.Space;
import java.time.Instant;
import java.util.List;

/** Alerts that tests are written about. */
public final class SampleAlerts {
    public static final Instant TIME = Instant.parse("2026-11-23T10:00:00.500000Z");
    public static final ProcessInfo PROCESS =
            new ProcessInfo(4711, "17.0.9 (Temurin)", "Linux 6.1 amd64", "com.acme.Main");

    private SampleAlerts() {}

    /** A stale channel's close that killed a connection, as the judge hands it over: facts only. */
    public static Alert.Builder staleClose() {
        return new Alert.Builder(AlertKind.CLOSE_OF_REUSED, new AlertHandle(Space.FD, 42, HandleType.SOCKET, 7))
                .time(TIME)
                .confidence(Confidence.CERTAIN)
                .culprit(Culprit.FIRST_CLOSE)
                .party(rogue().build())
                .party(firstClose().build())
                .party(victim().build())
                .history(List.of(
                        new HistoryEvent(
                                "open",
                                6,
                                "worker-3",
                                TIME.minusSeconds(3),
                                "java:java.io.FileCleanable",
                                "java.io FileOutputStream",
                                null),
                        new HistoryEvent("close", 6, "main", TIME.minusMillis(12), "jna:close", null, "/tmp/job.txt"),
                        new HistoryEvent("open", 7, "conn-9", TIME.minusMillis(3), "java:sun.nio.ch.Net", null, null)));
    }

    public static Party.Builder rogue() {
        return new Party.Builder(Party.Role.ROGUE)
                .thread("worker-3", 31, false)
                .time(TIME)
                .api("java:sun.nio.ch.SocketChannelImpl")
                .owner("sun.nio.ch.SocketChannelImpl@1b2c3d")
                .stack(
                        frame("io.notsock.agent.Tracker", "close", 10),
                        jdk("sun.nio.ch.SocketDispatcher", "close", 52),
                        jdk("sun.nio.ch.SocketChannelImpl", "kill", 1006),
                        jdk("sun.nio.ch.SocketChannelImpl", "implCloseSelectableChannel", 1049),
                        jdk("java.nio.channels.spi.AbstractInterruptibleChannel", "close", 112),
                        frame("com.acme.Pool", "lambda$evict$3", 42),
                        frame("com.acme.Pool", "evict", 40),
                        jdk("java.lang.Thread", "run", 840));
    }

    public static Party.Builder firstClose() {
        return new Party.Builder(Party.Role.FIRST_CLOSE)
                .thread("main", 1, false)
                .time(TIME.minusMillis(12))
                .api("jna:close")
                .stack(
                        frame("com.sun.jna.Native", "invokeInt", -2),
                        frame("com.sun.jna.Function", "invoke", 426),
                        frame("com.acme.CacheDrop", "drop", 17),
                        frame("com.acme.Main", "main", 5));
    }

    public static Party.Builder victim() {
        return new Party.Builder(Party.Role.VICTIM)
                .thread("conn-9", 40, true)
                .time(TIME.minusMillis(3))
                .api("java:sun.nio.ch.Net")
                .owner("sun.nio.ch.SocketChannelImpl@77")
                .detail("127.0.0.1:5000 -> 127.0.0.1:80")
                .stackMissing("stacks=auto: over budget");
    }

    public static Alert.Builder of(AlertKind kind, HandleType type) {
        return new Alert.Builder(kind, new AlertHandle(Space.FD, 42, type, 7))
                .time(TIME)
                .confidence(Confidence.CERTAIN);
    }

    /** A frame of an application, in a file named after its class. */
    public static StackTraceElement frame(String className, String method, int line) {
        return new StackTraceElement(className, method, file(className), line);
    }

    /** A frame of the JDK. */
    public static StackTraceElement jdk(String className, String method, int line) {
        return new StackTraceElement(null, "java.base", "17.0.9", className, method, file(className), line);
    }

    private static String file(String className) {
        return className.substring(className.lastIndexOf('.') + 1).replaceAll("\\$.*", "") + ".java";
    }
}
