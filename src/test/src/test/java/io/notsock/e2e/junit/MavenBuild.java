package io.notsock.e2e.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A copy of a sample project, built by a Maven of its own as a user builds it. */
final class MavenBuild {
    private final Path folder;
    private final Path project;
    private final List<String> options;

    private MavenBuild(Path folder, Path project, List<String> options) {
        this.folder = folder;
        this.project = project;
        this.options = options;
    }

    /**
     * Copies a project, without what an earlier build has made there.
     *
     * @param sample the name of its folder
     * @param folder where to
     */
    static MavenBuild of(String sample, Path folder, String... options) throws IOException {
        Path from = root().resolve("samples").resolve(sample);
        Path project = folder.resolve("project");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path relative = from.relativize(file);
                if (!relative.startsWith("target")) {
                    Path copy = project.resolve(relative.toString());
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                }
            }
        }
        return new MavenBuild(folder, project, List.of(options));
    }

    Path file(String name) {
        return project.resolve(name);
    }

    /**
     * Builds it.
     *
     * @param status what Maven has to end with
     * @return what it said
     */
    String run(String phase, int status) throws Exception {
        Path said = folder.resolve("said.txt");
        List<String> command = new ArrayList<>(List.of("mvn", "-B", "-ntp"));
        command.addAll(options);
        command.add(phase);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "MAVEN_OPTS", "MAVEN_ARGS")
                .forEach(builder.environment()::remove);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(5, TimeUnit.MINUTES);
            String text = Files.readString(said, StandardCharsets.UTF_8);
            assertThat(ended).as(text).isTrue();
            assertThat(process.exitValue()).as(text).isEqualTo(status);
            return text;
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static Path root() {
        return ChildJvm.agentJar().getParent().getParent().getParent();
    }
}
