package io.notsock.e2e.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sample {@code samples/ci-project}, built by a Maven of its own as a user builds it: it fails with our alert, and passes
 * without the one line that is wrong.
 *
 * <p>What this build has made is offered as a repository of files, and the local repository of this build as another, so that
 * nothing is installed in it.
 */
class CiProjectTest {
    private static final String VERSION = "0.1.0-SNAPSHOT";
    private static final String BUG = "getFunction(\"c\", \"close\")";

    @TempDir
    private Path folder;

    private MavenBuild project;

    @BeforeEach
    void copy() throws IOException {
        project = MavenBuild.of(
                "ci-project",
                folder,
                "-o",
                "-Daether.offline.protocols=file",
                "-s",
                folder.resolve("settings.xml").toString(),
                "-Dmaven.repo.local=" + folder.resolve("repository"),
                "-Dnotsock.junit.report.github=-",
                "-Dnotsock.junit.report.sarif=target/notsock.sarif");
        publish("notsock-junit", Console.jar(), dependency("notsock-agent"));
        publish("notsock-agent", ChildJvm.agentJar(), "");
        Files.writeString(folder.resolve("settings.xml"), settings());
    }

    /** The JDK's server starts its thread so that it inherits nothing: an event loop, whose class is to blame. */
    @Test
    void theBuildFailsByTheDoubleCloseAndPassesWithoutIt() throws Exception {
        String failed = project.run("test", 1);
        assertThat(failed)
                .contains(
                        "Raised while DocumentServiceTest.handsOutADocument() ran, in a thread that no test has started")
                .contains("ERROR FOREIGN_CLOSE fd")
                .contains("rogue close, jna:close at io.notsock.samples.ci.PageCache.forget(PageCache.java:")
                .contains("Failures: 1, Errors: 0")
                .contains("BUILD FAILURE");
        assertThat(failed.lines().filter(line -> line.startsWith("::")))
                .as("what Surefire prints reaches the log as it is")
                .singleElement()
                .asString()
                .startsWith("::error file=src/main/java/io/notsock/samples/ci/PageCache.java,line=");
        assertThat(project.file("target/notsock.sarif"))
                .content()
                .contains("src/main/java/io/notsock/samples/ci/PageCache.java");

        Path source = project.file("src/main/java/io/notsock/samples/ci/PageCache.java");
        List<String> lines = Files.readAllLines(source);
        List<String> mended = lines.stream().filter(line -> !line.contains(BUG)).toList();
        assertThat(mended).hasSize(lines.size() - 1);
        Files.write(source, mended);

        assertThat(project.run("test", 0))
                .contains("Tests run: 2, Failures: 0, Errors: 0")
                .doesNotContain("notsock:");
    }

    private void publish(String artifact, Path jar, String dependencies) throws IOException {
        Path into = Files.createDirectories(folder.resolve("published/io/notsock/" + artifact + "/" + VERSION));
        Files.copy(jar, into.resolve(artifact + "-" + VERSION + ".jar"));
        Files.writeString(
                into.resolve(artifact + "-" + VERSION + ".pom"),
                "<project><modelVersion>4.0.0</modelVersion><groupId>io.notsock</groupId><artifactId>" + artifact
                        + "</artifactId><version>" + VERSION + "</version><dependencies>" + dependencies
                        + "</dependencies></project>");
    }

    private static String dependency(String artifact) {
        return "<dependency><groupId>io.notsock</groupId><artifactId>" + artifact + "</artifactId><version>" + VERSION
                + "</version><scope>runtime</scope></dependency>";
    }

    private String settings() {
        Path local = Path.of(System.getProperty("notsock.local.repository"));
        return "<settings><mirrors><mirror><id>local</id><mirrorOf>central</mirrorOf><url>" + local.toUri()
                + "</url></mirror></mirrors><profiles><profile><id>published</id><repositories><repository><id>published</id><url>"
                + folder.resolve("published").toUri()
                + "</url><snapshots><enabled>true</enabled></snapshots></repository></repositories></profile></profiles>"
                + "<activeProfiles><activeProfile>published</activeProfile></activeProfiles></settings>";
    }
}
