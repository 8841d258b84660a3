package io.notsock.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.EachRuntime;
import io.notsock.e2e.Jdks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** A second agent, built with Byte Buddy, changes the same JDK classes: before ours or after it. */
class OtherAgentTest {
    @TempDir
    Path folder;

    /** Byte Buddy takes seconds here, so the oldest and the newest stand for all. */
    static Stream<Jdks.Jdk> runtimes() {
        return Stream.of(Jdks.find(11), Jdks.find(25)).flatMap(Optional::stream);
    }

    @EachRuntime
    @MethodSource("runtimes")
    void bothDoTheirWorkInEitherOrder(Jdks.Jdk jdk) throws Exception {
        Path other = otherAgent();
        for (boolean first : new boolean[] {true, false}) {
            Path alerts = folder.resolve("alerts-" + first + ".json");
            ChildJvm child = ChildJvm.of(jdk).jvmArgs(Child.OPENS);
            String ours = "log=off,alerts=" + alerts;
            child = first
                    ? child.agent(ours).jvmArgs("-javaagent:" + other)
                    : child.jvmArgs("-javaagent:" + other).agent(ours);

            ChildJvm.Result result = child.fixture(Child.PROGRAM)
                    .args("read=/dev/null", "health", "property=other.agent", "violate", "violate-jna")
                    .run()
                    .expectExit(0);

            assertThat(result.stdout()).contains("missing=[]", "failures=0", "summary=null", "other.agent=ran");
            assertThat(Child.saidBesidesTheJvm(result)).isEmpty();
            assertThat(Child.kinds(alerts)).containsExactly("FOREIGN_CLOSE", "FOREIGN_CLOSE");
        }
    }

    private Path otherAgent() throws IOException {
        Path jar = folder.resolve("other-agent.jar");
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Premain-Class", "io.notsock.fixtures.fault.OtherAgent");
        attributes.putValue("Can-Retransform-Classes", "true");
        attributes.put(
                Attributes.Name.CLASS_PATH,
                Path.of(System.getProperty("notsock.bytebuddy.jar")).toUri().toString());
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                Stream<Path> files = Files.walk(ChildJvm.fixtures())) {
            for (Path file : files.filter(f -> f.getFileName().toString().startsWith("OtherAgent"))
                    .toList()) {
                out.putNextEntry(new JarEntry(
                        ChildJvm.fixtures().relativize(file).toString().replace('\\', '/')));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
        return jar;
    }
}
