package io.notsock.e2e.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.EachRuntime;
import io.notsock.e2e.Jdks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Files and sockets that nobody closes on Windows. */
class WindowsLeakTest {
    private static final Pattern KIND_OPENED = Pattern.compile("io\\.notsock\\.fixtures\\.leak\\.Kinds\\.(\\w+)\\(");

    @TempDir
    Path folder;

    static List<Jdks.Jdk> runtimes() {
        return Jdks.windows();
    }

    private Map<String, String> leaks(Jdks.Jdk jdk, String options, String... args) throws IOException {
        Path alerts = folder.resolve("alerts.json");
        ChildJvm.of(jdk)
                .agent("mode=test,log=off,alerts=" + ChildJvm.windowsPath(alerts) + options)
                .fixture("io.notsock.fixtures.leak.Leaks")
                .args(args)
                .timeout(Duration.ofMinutes(2))
                .run()
                .expectExit(0);
        Map<String, String> leaks = new LinkedHashMap<>();
        for (String line : Files.readAllLines(alerts)) {
            Matcher opened = KIND_OPENED.matcher(line);
            assertThat(opened.find(line.indexOf("\"victim\":"))).as(line).isTrue();
            leaks.put(opened.group(1), line);
        }
        Files.delete(alerts);
        return leaks;
    }

    @EachRuntime
    @MethodSource("runtimes")
    void whatIsOpenAtTheEndIsFoundAndWhatIsClosedIsNot(Jdks.Jdk jdk) throws Exception {
        assertThat(leaks(jdk, ",leaks.tail=1ms", "close", "50")).isEmpty();
        assertThat(leaks(jdk, ",leaks.tail=50ms", "keep", "100").keySet())
                .contains(
                        "fileInputStream",
                        "fileOutputStream",
                        "randomAccessFile",
                        "fileChannel",
                        "newInputStream",
                        "zipFile",
                        "socket",
                        "serverSocket",
                        "datagramSocket",
                        "datagramChannel",
                        "socketChannel",
                        "serverSocketChannel",
                        "pipe",
                        "asynchronousFileChannel");
    }

    @EachRuntime
    @MethodSource("runtimes")
    void whatIsForgottenIsFoundWithItsFate(Jdks.Jdk jdk) throws Exception {
        Map<String, String> leaks = leaks(jdk, "", "forget", "9500");
        for (String kind : List.of("fileInputStream", "fileChannel", "zipFile", "socket", "serverSocket")) {
            assertThat(leaks.get(kind))
                    .as(kind)
                    .contains("\"firstClose\"")
                    .containsPattern("a (Cleaner|finalizer) closed it");
        }
        for (String kind : List.of("socketChannel", "serverSocketChannel")) {
            assertThat(leaks.get(kind))
                    .as(kind)
                    .doesNotContain("\"firstClose\"")
                    .contains("nothing will close it");
        }
    }
}
