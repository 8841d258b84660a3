package io.notsock.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.EachRuntime;
import io.notsock.e2e.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** A security manager with a policy that allows the application next to nothing (JDK 11 and 17). */
class SecurityManagerTest {
    private static final String AGENT = "grant codeBase \"%s\" { permission java.security.AllPermission; };\n";
    private static final String APPLICATION = """
            grant {
              permission java.io.FilePermission "/dev/null", "read";
              permission java.lang.RuntimePermission "accessDeclaredMembers";
              permission java.lang.reflect.ReflectPermission "suppressAccessChecks";
              permission java.lang.RuntimePermission "exitVM.0";
              permission java.lang.RuntimePermission "readFileDescriptor";
            };
            """;

    @TempDir
    Path folder;

    static Stream<Jdks.Jdk> runtimes() {
        return Jdks.all().stream().filter(jdk -> jdk.version() <= 17);
    }

    @EachRuntime
    @MethodSource("runtimes")
    void anAgentThatIsTrustedDoesItsWork(Jdks.Jdk jdk) throws Exception {
        Path alerts = folder.resolve("new/alerts.json");
        String trusted = AGENT.formatted(ChildJvm.agentJar().toUri());

        ChildJvm.Result result = child(jdk, trusted + APPLICATION)
                .agent("exitcode=66,alerts=" + alerts)
                .args("read=/dev/null", "violate", "exit=0")
                .run()
                .expectExit(66);

        assertThat(Child.kinds(alerts)).containsExactly("FOREIGN_CLOSE");
        assertThat(Child.saidBesidesTheJvm(result).get(0)).startsWith("notsock: ERROR FOREIGN_CLOSE");
    }

    @EachRuntime
    @MethodSource("runtimes")
    void anAgentThatIsNotTrustedSaysSoInOneLine(Jdks.Jdk jdk) throws Exception {
        ChildJvm.Result result = child(jdk, APPLICATION)
                .agent("")
                .args("read=/dev/null", "say=ran")
                .run()
                .expectExit(0);

        assertThat(result.stdout()).isEqualTo("ran\n");
        assertThat(Child.saidBesidesTheJvm(result)).singleElement().asString().startsWith("notsock: not started");
    }

    /** What a security manager or a file system of the application's throws is no IOException: it is said, and holds up neither start nor end. */
    @EachRuntime
    @MethodSource("runtimes")
    void aFileThatMayNotBeLookedAtHoldsNothingUp(Jdks.Jdk jdk) {
        ChildJvm.Result result = ChildJvm.of(jdk)
                .jvmArgs("-Djava.security.manager=io.notsock.fixtures.fault.NoAlerts", Child.OPENS)
                .agent("alerts=" + folder.resolve("alerts.json"))
                .fixture(Child.PROGRAM)
                .args("read=/dev/null", "violate", "exit=0")
                .run()
                .expectExit(0);

        List<String> said = Child.saidBesidesTheJvm(result);
        assertThat(said.get(0)).startsWith("notsock: alerts=").contains("cannot be written", "not to be read");
        assertThat(said).anyMatch(line -> line.startsWith("notsock: ERROR FOREIGN_CLOSE"));
        assertThat(result.stderr()).doesNotContain("there was no time");
    }

    private ChildJvm child(Jdks.Jdk jdk, String policy) throws Exception {
        Path file = Files.writeString(folder.resolve("policy"), policy);
        return ChildJvm.of(jdk)
                .jvmArgs("-Djava.security.manager", "-Djava.security.policy==" + file, Child.OPENS)
                .fixture(Child.PROGRAM);
    }
}
