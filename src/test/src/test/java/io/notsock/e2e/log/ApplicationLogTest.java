package io.notsock.e2e.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.EachRuntime;
import io.notsock.e2e.Jdks;
import io.notsock.e2e.library.Libraries;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code log=slf4j}: alerts go to the logging of the application, and to stderr where that cannot have them. */
class ApplicationLogTest {
    private static final String ALERT = "notsock: ERROR FOREIGN_CLOSE fd ";

    @TempDir
    Path folder;

    private Path log;
    private Path seen;

    /** The oldest and the newest: what differs is reflection, modules and SLF4J, not the JDK's handles. */
    static Stream<Jdks.Jdk> runtimes() {
        return Jdks.all().stream().filter(jdk -> jdk.version() == 11 || jdk.version() == 25);
    }

    @BeforeEach
    void name() {
        log = folder.resolve("alerts.log");
        seen = folder.resolve("seen");
    }

    @EachRuntime
    @MethodSource("runtimes")
    void anAlertIsAnEventOfTheApplicationsLogback(Jdks.Jdk jdk) throws Exception {
        Path journal = folder.resolve("journal");

        ChildJvm.Result result = program(jdk, "log=slf4j,journal=" + journal)
                .classpath(logback(log))
                .args("log", "violate", "await=" + log)
                .run()
                .expectExit(0);

        assertThat(result.stderr()).isEmpty();
        assertThat(Files.readString(log))
                .matches("(?s)ERROR\\|notsock\\.alert\\|NOTSOCK_ALERT\\|notsock-slf4j\\|event\\.kind=alert"
                        + " event\\.code=FOREIGN_CLOSE event\\.id=ns-\\S+ .*notsock\\.culprit=rogue .*"
                        + "notsock\\.count=1\\|" + ALERT + ".*")
                .contains("Planted.secondDescriptor(Planted.java:", "suppress with: FOREIGN_CLOSE:");
        assertThat(openedBesidesMain(journal))
                .as("the appender opens its file for the application")
                .isNotEmpty();
    }

    @EachRuntime
    @MethodSource("runtimes")
    void anOldSlf4jHasTheMessageAndWhatItsHandlerThrowsHarmsNobody(Jdks.Jdk jdk) {
        ChildJvm.Result result = program(jdk, "log=slf4j")
                .classpath(Libraries.jars("slf4j-1.7.36"))
                .args("handler=throws", "log", "violate", "await-handler", "violate-elsewhere", "await-handler")
                .run()
                .expectExit(0);

        assertThat(result.stdout())
                .contains("notsock-slf4j SEVERE notsock.alert " + ALERT, "Logging.violateElsewhere")
                .doesNotContain("Logging.violate(");
        assertThat(occurrences(result.stderr(), ALERT)).isEqualTo(1);
        assertThat(result.stderr())
                .startsWith("notsock: log=slf4j: an alert could not be logged, what cannot goes to stderr:"
                        + " java.lang.IllegalStateException: disk full")
                .contains("Logging.violate(");
        assertThat(occurrences(result.stderr(), "log=slf4j")).isEqualTo(1);
    }

    @EachRuntime
    @MethodSource("runtimes")
    void anAppenderThatBlocksKeepsNeitherAlertsNorTheEndOfTheJvm(Jdks.Jdk jdk) {
        long begin = System.nanoTime();

        ChildJvm.Result result = program(jdk, "log=slf4j")
                .classpath(Libraries.jars("slf4j-1.7.36"))
                .args("handler=blocks", "log", "violate", "await-handler", "violate-elsewhere")
                .run()
                .expectExit(0);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
        assertThat(result.stdout()).contains("done").doesNotContain("interrupted");
        assertThat(occurrences(result.stderr(), ALERT)).isEqualTo(2);
        assertThat(result.stderr())
                .contains("notsock: log=slf4j: the application's logging does not take the alerts it is given");
    }

    @EachRuntime
    @MethodSource("runtimes")
    void withoutSlf4jAlertsAreOnStderr(Jdks.Jdk jdk) throws Exception {
        ChildJvm.Result result = goOnOnceAnAlertIsOnStderr(
                program(jdk, "log=slf4j").args("violate", "wait-for=" + seen, "violate-elsewhere"));

        assertThat(occurrences(result.stderr(), ALERT)).isEqualTo(2);
        assertThat(result.stderr())
                .startsWith("notsock: log=slf4j: no SLF4J of the application is in use: alerts go to stderr until"
                        + " that changes\n" + ALERT);
        assertThat(occurrences(result.stderr(), "log=slf4j")).isEqualTo(1);
    }

    @EachRuntime
    @MethodSource("runtimes")
    void anSlf4jThatNobodyHasUsedYetIsLeftAlone(Jdks.Jdk jdk) throws Exception {
        ChildJvm.Result result = goOnOnceAnAlertIsOnStderr(program(jdk, "log=slf4j")
                .classpath(logback(log))
                .args("load", "violate", "wait-for=" + seen, "state", "log", "violate-elsewhere", "await=" + log));

        assertThat(result.stdout()).contains("state 0");
        assertThat(result.stderr()).contains("no SLF4J of the application is in use", "Logging.violate(");
        assertThat(occurrences(result.stderr(), ALERT)).isEqualTo(1);
        assertThat(Files.readString(log)).contains("Logging.violateElsewhere").doesNotContain("Logging.violate(");
    }

    @EachRuntime
    @MethodSource("runtimes")
    void theAlertOfADeployedApplicationIsItsOwnAndDoesNotKeepItAlive(Jdks.Jdk jdk) throws Exception {
        Path deployed = folder.resolve("deployed.log");
        List<Path> classPath = Stream.concat(Stream.of(ChildJvm.fixtures()), Arrays.stream(logback(deployed)))
                .toList();

        ChildJvm.Result result = program(jdk, "log=slf4j")
                .classpath(logback(log))
                .jvmArgs("-Ddeployed.log=" + deployed)
                .args(
                        "log",
                        "deploy="
                                + classPath.stream()
                                        .map(Path::toString)
                                        .collect(Collectors.joining(File.pathSeparator)))
                .run()
                .expectExit(0);

        assertThat(result.stderr()).isEmpty();
        assertThat(Files.readString(deployed)).contains(ALERT, "Application.run(Application.java:");
        assertThat(log).doesNotExist();
        assertThat(result.stdout()).contains("collected=true");
    }

    @EachRuntime
    @MethodSource("runtimes")
    void log4jWritesItWithTheContextThatItHas(Jdks.Jdk jdk) throws Exception {
        Path classes = Files.createDirectories(folder.resolve("log4j"));
        Files.writeString(
                classes.resolve("log4j2.xml"),
                "<Configuration><Appenders><File name='F' fileName='" + log + "'>"
                        + "<PatternLayout pattern='%level|%logger|%marker|%t|%msg%n'/></File></Appenders>"
                        + "<Loggers><Root level='warn'><AppenderRef ref='F'/></Root></Loggers></Configuration>");

        ChildJvm.Result result = program(jdk, "log=slf4j")
                .classpath(classes)
                .classpath(jars("logging", "log4j-", "slf4j-"))
                .classpath(Libraries.jars("log4j-slf4j2"))
                .args("log", "violate", "await=" + log, "contexts")
                .run()
                .expectExit(0);

        assertThat(result.stderr()).isEmpty();
        assertThat(Files.readString(log)).startsWith("ERROR|notsock.alert|NOTSOCK_ALERT|notsock-slf4j|");
        assertThat(occurrences(Files.readString(log), ALERT)).isEqualTo(1);
        assertThat(result.stdout()).contains("contexts 1");
    }

    private static ChildJvm program(Jdks.Jdk jdk, String options) {
        return ChildJvm.of(jdk)
                .agent(options)
                .jvmArgs("--add-opens=java.base/java.io=ALL-UNNAMED")
                .fixture("io.notsock.fixtures.log.Logging");
    }

    private ChildJvm.Result goOnOnceAnAlertIsOnStderr(ChildJvm program) throws IOException {
        try (ChildJvm.Running child = program.start()) {
            await().atMost(Duration.ofSeconds(40))
                    .until(() -> child.stderr().contains("suppress with") || !child.isAlive());
            Files.createFile(seen);
            return child.await().expectExit(0);
        }
    }

    /** Logback and a folder with its configuration: alerts go to this file, which is opened with the first. */
    private Path[] logback(Path file) throws IOException {
        Path classes = Files.createDirectories(folder.resolve(file.getFileName() + ".classes"));
        Files.writeString(
                classes.resolve("logback.xml"),
                "<configuration><appender name='S' class='ch.qos.logback.classic.sift.SiftingAppender'>"
                        + "<discriminator><key>none</key><defaultValue>all</defaultValue></discriminator><sift>"
                        + "<appender name='F' class='ch.qos.logback.core.FileAppender'><file>" + file
                        + "</file><encoder><pattern>%level|%logger|%marker|%thread|%kvp{NONE}|%msg%n</pattern></encoder>"
                        + "</appender></sift></appender>"
                        + "<root level='WARN'><appender-ref ref='S'/></root></configuration>");
        return Stream.concat(Stream.of(classes), Arrays.stream(jars("logging", "logback-", "slf4j-")))
                .toArray(Path[]::new);
    }

    private static Path[] jars(String folder, String... prefixes) {
        return Arrays.stream(Libraries.jars(folder))
                .filter(jar ->
                        Arrays.stream(prefixes).anyMatch(jar.getFileName().toString()::startsWith))
                .toArray(Path[]::new);
    }

    /** The journal's opens by threads of the application but for the first. */
    private static List<String> openedBesidesMain(Path journal) throws IOException {
        return Files.readAllLines(journal).stream()
                .filter(line -> Pattern.matches("\\d+\topen\tfd\t\\d+\t\\S+\tfile\t(?!1\t)\\d+\tok\t\\d+\tapp", line))
                .toList();
    }

    private static int occurrences(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }
}
