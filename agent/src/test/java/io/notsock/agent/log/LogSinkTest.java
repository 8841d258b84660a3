package io.notsock.agent.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.notsock.alert.Alert;
import io.notsock.alert.AlertHandle;
import io.notsock.alert.AlertKind;
import io.notsock.alert.Confidence;
import io.notsock.alert.Level;
import io.notsock.handle.HandleType;
import io.notsock.handle.Space;
import io.notsock.report.HandleGuard;
import io.notsock.report.JsonFormat;
import io.notsock.report.TextFormat;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LogSinkTest {
    static final Alert ALERT = alert(Level.ERROR);

    @TempDir
    Path folder;

    private final List<String> problems = new ArrayList<>();

    @Test
    void writesTheTextBlock() throws IOException {
        Path path = folder.resolve("notsock.log");
        LogSink sink = LogSink.file(path, LogSink.Format.TEXT, HandleGuard.NONE);

        sink.write(ALERT);
        sink.write(alert(Level.INFO));
        sink.close();

        assertThat(Files.readString(path))
                .isEqualTo(TextFormat.format(ALERT) + "\n" + TextFormat.format(alert(Level.INFO)) + "\n");
    }

    @Test
    void writesTheJsonLine() throws IOException {
        Path path = folder.resolve("notsock.log");

        LogSink.file(path, LogSink.Format.JSON, HandleGuard.NONE).write(ALERT);

        assertThat(Files.readString(path)).isEqualTo(JsonFormat.line(ALERT) + "\n");
    }

    @Test
    void bracesOfAnApplicationAreNoPlaceHolders() throws IOException {
        Path path = folder.resolve("notsock.log");

        LogSink.file(path, LogSink.Format.TEXT, HandleGuard.NONE)
                .write(ALERT.toBuilder().summary("{} ${jndi:x} %n").build());

        assertThat(Files.readString(path)).contains(": {} ${jndi:x} %n\n");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "/dev/full is Linux's")
    void aFullDiskIsTheDesksToKnowEveryTime() {
        LogSink sink = LogSink.file(Path.of("/dev/full"), LogSink.Format.TEXT, HandleGuard.NONE);

        // More often than Logback itself would tell.
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> sink.write(ALERT)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aStolenDescriptorIsNotWrittenTo() throws IOException {
        Path path = folder.resolve("notsock.log");
        LogSink sink = LogSink.file(path, LogSink.Format.TEXT, (descriptor, file) -> false);

        assertThatThrownBy(() -> sink.write(ALERT)).hasMessageContaining("the application closed our descriptor");

        assertThat(path).isEmptyFile();
    }

    @Test
    void aStolenStderrIsNotWrittenTo() {
        LogSink sink = LogSink.stderr(LogSink.Format.TEXT, (descriptor, file) -> false);

        assertThatThrownBy(() -> sink.write(ALERT)).hasMessageStartingWith("stderr: nothing written");
    }

    @Test
    void usersConfigurationGivesLayoutLevelAndKeyValues() throws IOException {
        Path log = folder.resolve("user.log");
        Path xml = configuration("<configuration><appender name='F' class='ch.qos.logback.core.FileAppender'>"
                + "<file>" + log + "</file><encoder>"
                + "<pattern>%level|%logger|%marker|%kvp{NONE}|%X|%.30msg%n</pattern></encoder></appender>"
                + "<root level='WARN'><appender-ref ref='F'/></root></configuration>");
        LogSink sink = LogSink.stderr(LogSink.Format.TEXT, HandleGuard.NONE).configuredBy(xml, problems::add);

        sink.write(ALERT);
        sink.write(alert(Level.INFO));
        sink.close();

        assertThat(problems).isEmpty();
        assertThat(Files.readString(log))
                .startsWith("ERROR|notsock.alert|NOTSOCK_ALERT|event.kind=alert event.code=DOUBLE_CLOSE"
                        + " event.id=ns-1-1 ")
                .doesNotContain("INFO");
    }

    @Test
    void aWrongConfigurationIsOneLineAndTheDefaultIsUsed() throws IOException {
        for (String wrong : List.of(
                "<configuration><root",
                "nothing like XML",
                "<configuration><appender name='F' class='com.acme.Missing'/>"
                        + "<root><appender-ref ref='F'/></root></configuration>")) {
            problems.clear();
            Path xml = configuration(wrong);
            Path path = folder.resolve("notsock.log");
            Files.deleteIfExists(path);
            LogSink sink =
                    LogSink.file(path, LogSink.Format.TEXT, HandleGuard.NONE).configuredBy(xml, problems::add);

            sink.write(ALERT);
            sink.write(ALERT);

            assertThat(problems).hasSize(1);
            assertThat(problems.get(0))
                    .startsWith("logback=" + xml + ": ")
                    .endsWith("; the default is used instead")
                    .doesNotContain("\n");
            assertThat(Files.readString(path)).startsWith(TextFormat.firstLine(ALERT));
        }
    }

    @Test
    void aMissingConfigurationIsNamed() throws IOException {
        Path xml = folder.resolve("missing.xml");
        Path path = folder.resolve("notsock.log");

        LogSink.file(path, LogSink.Format.TEXT, HandleGuard.NONE)
                .configuredBy(xml, problems::add)
                .write(ALERT);

        assertThat(problems)
                .containsExactly("logback=" + xml + ": java.nio.file.NoSuchFileException: " + xml
                        + "; the default is used instead");
        assertThat(path).isNotEmptyFile();
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "/dev/full is Linux's")
    void aFailingAppenderOfTheUsersIsAFailure() throws IOException {
        Path xml = configuration("<configuration><appender name='F' class='ch.qos.logback.core.FileAppender'>"
                + "<file>/dev/full</file><encoder><pattern>%msg%n</pattern></encoder></appender>"
                + "<root><appender-ref ref='F'/></root></configuration>");
        LogSink sink = LogSink.stderr(LogSink.Format.TEXT, HandleGuard.NONE).configuredBy(xml, problems::add);

        assertThatThrownBy(() -> sink.write(ALERT)).isInstanceOf(IOException.class);
    }

    @Test
    void publishedClassNamesBecomeOurRelocatedOnes() {
        byte[] xml = "\u00fc <a class='ch.qos.x.A'/>".getBytes(StandardCharsets.UTF_8);

        assertThat(UserConfiguration.relocate(xml, "ch.qos.x.", "our.x."))
                .isEqualTo("\u00fc <a class='our.x.A'/>".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void logbackIsNotLoadedBeforeTheFirstAlert() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        List<String> loaded = new ArrayList<>();
        try (URLClassLoader loader = new URLClassLoader(urls.toArray(new URL[0]), null) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                loaded.add(name);
                return super.findClass(name);
            }
        }) {
            Class<?> probe = loader.loadClass(Probe.class.getName());
            probe.getMethod("make", Path.class).invoke(null, folder.resolve("notsock.log"));
            assertThat(loaded)
                    .contains(LogSink.class.getName())
                    .noneMatch(name -> name.startsWith(String.join(".", "ch", "qos")) || name.startsWith("org.slf4j"));

            probe.getMethod("makeAndWrite", Path.class).invoke(null, folder.resolve("notsock.log"));
            assertThat(loaded)
                    .anyMatch(name -> name.startsWith(String.join(".", "ch", "qos")))
                    .doesNotContain("org.slf4j.LoggerFactory", "org.slf4j.MarkerFactory");
        }
    }

    @Test
    void stderrGetsTheBlockAndStdoutNothing() throws Exception {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Probe.class.getName())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(out).isEmptyFile();
        assertThat(Files.readString(err)).isEqualTo(TextFormat.format(ALERT) + "\nthe application's own\n");
    }

    private Path configuration(String xml) throws IOException {
        Path path = folder.resolve("logback-user.xml");
        return Files.writeString(path, xml);
    }

    private static Alert alert(Level level) {
        return new Alert.Builder(AlertKind.DOUBLE_CLOSE, new AlertHandle(Space.FD, 42, HandleType.FILE, 7))
                .time(Instant.parse("2026-11-23T10:00:00Z"))
                .confidence(Confidence.CERTAIN)
                .level(level)
                .id("ns-1-1")
                .summary("s")
                .build();
    }

    /** What the tests above run elsewhere: in a loader of its own, and as a program. */
    public static final class Probe {
        private Probe() {}

        public static LogSink make(Path path) {
            return LogSink.file(path, LogSink.Format.TEXT, HandleGuard.NONE).configuredBy(path, problem -> {});
        }

        public static void makeAndWrite(Path path) throws IOException {
            LogSink.file(path, LogSink.Format.TEXT, HandleGuard.NONE).write(alert(Level.WARN));
        }

        /** Writes an alert to stderr past a captured {@code System.err}. */
        public static void main(String[] args) throws IOException {
            var original = System.err;
            System.setErr(new java.io.PrintStream(new java.io.ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
            LogSink sink = LogSink.stderr(LogSink.Format.TEXT, HandleGuard.NONE);
            sink.write(ALERT);
            sink.close();
            original.print("the application's own\n");
        }
    }
}
