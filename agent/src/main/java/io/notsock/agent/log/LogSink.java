package io.notsock.agent.log;

import io.notsock.alert.Alert;
import io.notsock.alert.AlertSink;
import io.notsock.report.AppendFile;
import io.notsock.report.HandleGuard;
import io.notsock.report.JsonFormat;
import io.notsock.report.TextFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The sink of {@code log=}: alerts as messages of the logger {@code notsock.alert}.
 *
 * <p>Knows nothing of Logback itself: its classes are loaded with {@link AgentLog}, when the first alert is written, so
 * that a healthy program never pays for them.
 */
public final class LogSink implements AlertSink {
    /** The values of {@code log.format}. */
    public enum Format {
        /** A block of text for people. */
        TEXT,
        /** The alert's JSON line. */
        JSON;

        String message(Alert alert) {
            return this == JSON ? JsonFormat.line(alert) : TextFormat.format(alert);
        }
    }

    private final String name;
    private final LineTarget target;
    private final Format format;
    private final Path configuration;
    private final Consumer<String> problems;
    private AgentLog log;

    /** Logback cannot be loaded on this runtime. */
    private boolean withoutLogback;

    private LogSink(String name, LineTarget target, Format format, Path configuration, Consumer<String> problems) {
        this.name = name;
        this.target = target;
        this.format = Objects.requireNonNull(format);
        this.configuration = configuration;
        this.problems = problems;
    }

    /** {@code log=stderr}. */
    public static LogSink stderr(Format format, HandleGuard guard) {
        return new LogSink("log=stderr", new StderrTarget(guard), format, null, null);
    }

    /** {@code log=file:PATH}. */
    public static LogSink file(Path path, Format format, HandleGuard guard) {
        AppendFile file = new AppendFile(path, guard);
        LineTarget target = message -> file.append((message + "\n").getBytes(StandardCharsets.UTF_8));
        return new LogSink("log=file:" + path, target, format, null, null);
    }

    /**
     * The same sink with the user's own Logback configuration ({@code logback=PATH}); where that cannot be used, this
     * sink's own target is.
     *
     * @param problem told in one line why the configuration cannot be used, when the first alert is written
     */
    public LogSink configuredBy(Path logback, Consumer<String> problem) {
        return new LogSink(name, target, format, Objects.requireNonNull(logback), Objects.requireNonNull(problem));
    }

    @Override
    public void write(Alert alert) throws IOException {
        String message = format.message(alert);
        if (log == null && !withoutLogback) {
            try {
                log = AgentLog.create(target, configuration, problems);
            } catch (LinkageError e) {
                // A runtime image may lack a module that Logback needs; our own format needs none of it.
                withoutLogback = true;
                if (configuration != null) {
                    problems.accept("logback=" + configuration + ": cannot be used on this runtime: " + e);
                }
            }
        }
        if (withoutLogback) {
            target.write(message);
        } else {
            log.write(alert, message);
        }
    }

    Format format() {
        return format;
    }

    /** Where it writes, in a word. */
    String where() {
        return configuration == null ? name.substring("log=".length()) : toString();
    }

    @Override
    public void close() {
        if (log != null) {
            log.close();
        }
    }

    @Override
    public String toString() {
        return configuration == null ? name : "logback=" + configuration;
    }
}
