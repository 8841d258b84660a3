package io.notsock.e2e.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sample {@code samples/exitcode-project}: TestNG by Surefire and by Failsafe, with the agent in {@code argLine}. By the
 * settings and the repositories of this build, because plugins that nothing else here needs have to be fetched.
 */
class ExitcodeProjectTest {
    @TempDir
    private Path folder;

    @Test
    void failsafeFailsTheBuildThatTheTestsThemselvesWouldPass() throws Exception {
        String said = MavenBuild.of(
                        "exitcode-project",
                        folder,
                        "-Dmaven.repo.local=" + System.getProperty("notsock.local.repository"),
                        "-Dnotsock.agent=" + ChildJvm.agentJar())
                .run("verify", 1);

        assertThat(said.lines().filter(line -> line.contains("Tests run: 1, Failures: 0, Errors: 0, Skipped: 0, Time")))
                .as("JournalTest by Surefire, JournalIT by Failsafe")
                .hasSize(2);
        assertThat(said)
                .containsOnlyOnce("notsock: ERROR FOREIGN_CLOSE fd")
                .contains("io.notsock.samples.exitcode.JournalIT.anotherWritesToTheSameJournal(JournalIT.java:")
                .contains("Failed to execute goal org.apache.maven.plugins:maven-failsafe-plugin");
    }
}
