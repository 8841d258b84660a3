package io.notsock.agent.start;

import io.notsock.agent.log.ApplicationLoggers;
import io.notsock.agent.log.ApplicationSink;
import io.notsock.agent.log.LogSink;
import io.notsock.agent.options.Options;
import io.notsock.alert.AlertDesk;
import io.notsock.alert.AlertSink;
import io.notsock.alert.Level;
import io.notsock.alert.ProcessInfo;
import io.notsock.alert.Suppressions;
import io.notsock.report.AlertFile;
import io.notsock.report.AppendFile;
import io.notsock.report.FileNames;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** The desk and the sinks that the options ask for. */
final class Outputs {
    private final AlertDesk desk;
    private final ProcessInfo process;
    private final OwnDescriptors guard;
    private AppendFile logFile;
    private boolean beforeMain;
    /** {@code null} unless somebody asks for it. */
    private ApplicationSink application;

    private Path alertsFile;
    private final long pid;
    private final LocalDateTime start;

    Outputs(Tracking tracking) {
        Options options = tracking.options;
        pid = tracking.windows ? ProcessHandle.current().pid() : pid();
        // UTC: asking for the default zone would fix it before the application can set user.timezone.
        start = LocalDateTime.ofInstant(tracking.clock.start(), ZoneOffset.UTC);
        guard = new OwnDescriptors(tracking.registry, tracking.witness, tracking.descriptors());
        AgentStart.guardedBy(guard);
        List<AlertSink> sinks = new ArrayList<>();
        if (options.alerts() != null) {
            Path path = path("alerts", options.alerts());
            if (path != null) {
                alertsFile = path;
                AlertFile file = new AlertFile(path, guard);
                try {
                    file.prepare();
                } catch (IOException e) {
                    AgentStart.complain("alerts=" + path + ": cannot be written, alerts will be tried again: " + e);
                }
                sinks.add(file);
            }
        }
        LogSink log = log(options, guard);
        if (log != null && !options.logToApplication()) {
            sinks.add(log);
        }
        process = new ProcessInfo(pid, jdk(), os(), mainClass());
        desk = new AlertDesk(Level.valueOf(options.level()), suppressions(options), process, sinks, new Unwritten());
        if (options.logToApplication()) {
            application = new ApplicationSink(
                    new ApplicationLoggers(tracking.instrumentation), log, desk.counters(), AgentStart::complain);
            desk.addSink(application);
        }
    }

    /** Says that a sink fails. A class of its own: a lambda costs a millisecond at start. */
    private static final class Unwritten implements BiConsumer<AlertSink, Throwable> {
        @Override
        public void accept(AlertSink sink, Throwable failure) {
            AgentStart.complain(sink + ": alerts cannot be written: " + failure);
        }
    }

    ProcessInfo process() {
        return process;
    }

    /** The file of {@code alerts=}, or {@code null}. */
    Path alertsFile() {
        return alertsFile;
    }

    /** Asks whether a descriptor of ours is still ours. */
    OwnDescriptors guard() {
        return guard;
    }

    AlertDesk desk() {
        return desk;
    }

    /** Writes a line about the agent itself to the log file, where there is one. On the agent's thread. */
    void note(String line) {
        if (logFile == null) {
            return;
        }
        byte[] bytes = ("notsock: " + line + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            if (beforeMain) {
                logFile.appendBeforeMain(bytes);
            } else {
                logFile.append(bytes);
            }
        } catch (IOException e) {
            AgentStart.complain("log=file:" + logFile.path() + ": cannot be written: " + e);
        }
    }

    /** Whether the application's {@code main} waits. On the agent's thread. */
    void beforeMain(boolean waits) {
        beforeMain = waits;
    }

    /** What has to be done every few seconds. On the agent's thread. */
    void tidy() {
        if (application != null) {
            application.tidy();
        }
    }

    private LogSink log(Options options, OwnDescriptors guard) {
        LogSink.Format format = options.logJson() ? LogSink.Format.JSON : LogSink.Format.TEXT;
        LogSink sink = null;
        if (options.logToStderr() || options.logToApplication()) { // for the latter, what cannot be handed over
            sink = LogSink.stderr(format, guard);
        } else if (options.logFile() != null) {
            Path path = path("log", options.logFile());
            sink = path == null ? LogSink.stderr(format, guard) : LogSink.file(path, format, guard);
            logFile = path == null ? null : new AppendFile(path, guard);
        }
        if (sink != null && options.logback() != null) {
            Path path = path("logback", options.logback());
            return path == null ? sink : sink.configuredBy(path, AgentStart::complain);
        }
        return sink;
    }

    private static Suppressions suppressions(Options options) {
        if (options.suppressions() == null) {
            return Suppressions.none();
        }
        try {
            Suppressions read = Suppressions.read(Path.of(options.suppressions()));
            read.errors().forEach(AgentStart::complain);
            return read;
        } catch (IOException | RuntimeException e) {
            AgentStart.complain("suppressions=" + options.suppressions() + ": cannot be read, none are in force: " + e);
            return Suppressions.none();
        }
    }

    /** The file a name with {@code %p} and {@code %t} stands for, or {@code null} after a complaint. */
    Path path(String key, String pattern) {
        try {
            return expand(pattern);
        } catch (IllegalArgumentException e) {
            AgentStart.complain(key + "=" + pattern + ": " + e.getMessage());
            return null;
        }
    }

    /** The same, with an {@code IllegalArgumentException} instead of a complaint. */
    Path expand(String pattern) {
        return Path.of(FileNames.expand(pattern, pid, start));
    }

    /** {@code ProcessHandle} starts a thread pool and its lambdas, 10 ms of a start; on Linux a symbolic link says the same. */
    private static long pid() {
        try {
            return Long.parseLong(new File("/proc/self").getCanonicalFile().getName());
        } catch (IOException | RuntimeException e) {
            return ProcessHandle.current().pid();
        }
    }

    /** As {@code Runtime.version()} says it, whose text is made by streams: 7 ms of a start. */
    private static String jdk() {
        return System.getProperty("java.runtime.version");
    }

    private static String os() {
        return System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch");
    }

    /** The launcher's word for what it runs: a class or a jar, without its arguments, which may be secret. */
    private static String mainClass() {
        String command = System.getProperty("sun.java.command", "");
        int space = command.indexOf(' ');
        return space < 0 ? command : command.substring(0, space);
    }
}
