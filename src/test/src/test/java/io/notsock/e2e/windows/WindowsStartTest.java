package io.notsock.e2e.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.EachRuntime;
import io.notsock.e2e.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent on Windows: starts without a word, understands paths and options, ends as it is told. */
class WindowsStartTest {
    private static final String PROGRAM = "io.notsock.fixtures.start.Program";
    private static final String OPENS = "--add-opens=java.base/java.io=ALL-UNNAMED";

    @TempDir
    Path folder;

    static List<Jdks.Jdk> runtimes() {
        return Jdks.windows();
    }

    @EachRuntime
    @MethodSource("runtimes")
    void everyHookFitsTheSelfTestPassesAndStderrStaysEmpty(Jdks.Jdk jdk) {
        ChildJvm.Result result = child(jdk)
                .agent("")
                .fixture(PROGRAM)
                .args("health", "exit=3")
                .run()
                .expectExit(3);

        assertThat(result.stdout().lines()).contains("tested=true", "missing=[]", "failures=0", "summary=null");
        assertThat(result.stderr()).isEmpty();
    }

    @EachRuntime
    @MethodSource("runtimes")
    void pathsOfWindowsWorkAndTheExitCodeIsSet(Jdks.Jdk jdk) throws Exception {
        Path odd = Files.createDirectories(folder.resolve("with space, and comma"));
        Path jar = Files.copy(ChildJvm.agentJar(), odd.resolve("other name-1.2.3.jar"));
        String alerts = ChildJvm.windowsPath(odd.resolve("out/alerts-%p.json"));
        // In a properties file a backslash must be doubled, as everywhere in Java.
        Path config = Files.writeString(
                folder.resolve("notsock.properties"),
                "log=file:" + ChildJvm.windowsPath(odd.resolve("notsock.log")).replace("\\", "\\\\") + "\r\n"
                        + "exitcode=9\r\n");

        ChildJvm.Result result = child(jdk)
                .jvmArgs(
                        "-javaagent:" + ChildJvm.windowsPath(jar) + "=config=" + ChildJvm.windowsPath(config)
                                + ",level=WARN,alerts=\"" + alerts + "\"",
                        OPENS)
                .fixture(PROGRAM)
                .args("health", "violate")
                .run();

        assertThat(result.stdout()).contains("missing=[]", "summary=null");
        assertThat(result.stderr()).isEmpty();
        List<Path> written;
        try (var files = Files.list(odd.resolve("out"))) {
            written = files.toList();
        }
        assertThat(written).hasSize(1);
        assertThat(written.get(0).getFileName().toString()).matches("alerts-\\d+\\.json");
        assertThat(Files.readAllLines(written.get(0)))
                .singleElement()
                .asString()
                .contains("\"kind\":\"FOREIGN_CLOSE\"", "\"space\":\"handle\"", "\"os\":\"Windows");
        assertThat(odd.resolve("notsock.log")).content().contains("the self-test passed", "FOREIGN_CLOSE handle");
    }

    @EachRuntime
    @MethodSource("runtimes")
    void aRelativeJarAndForwardSlashesWork(Jdks.Jdk jdk) throws Exception {
        Files.copy(
                ChildJvm.agentJar(),
                Files.createDirectories(folder.resolve("lib")).resolve("agent.jar"));

        ChildJvm.Result result = child(jdk)
                .directory(folder)
                .jvmArgs("-javaagent:lib/agent.jar=log=off,alerts=out/alerts.json", OPENS)
                .fixture(PROGRAM)
                .args("violate", "say=ok")
                .run()
                .expectExit(0);

        assertThat(result.stdout().lines()).containsExactly("ok");
        assertThat(result.stderr()).isEmpty();
        assertThat(Files.readAllLines(folder.resolve("out/alerts.json"))).hasSize(1);
    }

    /** By this JVM itself, which takes the same road as another one would. */
    @EachRuntime
    @MethodSource("runtimes")
    void attachedAtRunTimeItAccusesNobodyWhoWasThereBefore(Jdks.Jdk jdk) throws Exception {
        Path alerts = folder.resolve("alerts.json");
        ChildJvm child = child(jdk)
                .jvmArgs("-Djdk.attach.allowAttachSelf=true", OPENS, "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED")
                .noMoreThreadsOfItsOwn()
                .fixture("io.notsock.fixtures.windows.Late")
                .args(ChildJvm.windowsPath(ChildJvm.agentJar()), "log=off,alerts=" + alerts);
        if (jdk.version() >= 21) {
            child.jvmArgs("-XX:+EnableDynamicAgentLoading"); // else the JVM prints a warning
        }

        ChildJvm.Result result = child.run().expectExit(0);

        assertThat(result.stdout().lines())
                .contains("healthy closesocket: 0", "missing=[]", "failures=0", "summary=null", "witness=ready");
        assertThat(Files.readAllLines(alerts))
                .singleElement()
                .asString()
                .contains(
                        "\"kind\":\"FOREIGN_CLOSE\",\"level\":\"ERROR\",\"confidence\":\"certain\"",
                        "Late.rogueClose(");
    }

    @EachRuntime
    @MethodSource("oldest")
    void theCommandLineReadsACatalogWithTheLineEndsOfWindows(Jdks.Jdk jdk) throws Exception {
        Path catalog = Files.writeString(
                folder.resolve("my.catalog"),
                "entry my.close\r\n  role close\r\n  space handle\r\n  function my_close in my.dll\r\n"
                        + "  number arg0\r\n  owner none\r\n  fails 0\r\n");

        ChildJvm.Result result = child(jdk)
                .jar(ChildJvm.agentJar())
                .args("check-catalog", ChildJvm.windowsPath(catalog))
                .run()
                .expectExit(0);

        assertThat(result.stderr()).isEmpty();
        assertThat(result.stdout()).contains("my.catalog");
    }

    static List<Jdks.Jdk> oldest() {
        return runtimes().stream().limit(1).toList();
    }

    private static ChildJvm child(Jdks.Jdk jdk) {
        return ChildJvm.of(jdk).timeout(Duration.ofMinutes(3));
    }
}
