package io.notsock.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.EachRuntime;
import io.notsock.e2e.Jdks;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Class loaders as application servers and OSGi have them. */
class LoadersTest {
    @TempDir
    Path folder;

    static Stream<Jdks.Jdk> runtimes() {
        return Jdks.all().stream();
    }

    @EachRuntime
    @MethodSource("runtimes")
    void aLoaderThatTakesOnlyJavaFromOutsideIsSeen(Jdks.Jdk jdk) throws Exception {
        Path alerts = folder.resolve("alerts.json");

        ChildJvm.Result result =
                Child.agent(jdk, "log=off,alerts=" + alerts, "Bundle").run().expectExit(0);

        assertThat(result.stdout()).isEqualTo("own JNA=true\n");
        assertThat(Child.saidBesidesTheJvm(result)).isEmpty();
        assertThat(Child.kinds(alerts)).containsExactly("FOREIGN_CLOSE");
    }

    @EachRuntime
    @MethodSource("runtimes")
    void aRedeployedApplicationIsCollectedAsSoonAsWithoutTheAgent(Jdks.Jdk jdk) throws Exception {
        Path alerts = folder.resolve("alerts.json");

        ChildJvm.Result result = Child.agent(jdk, "log=off,stacks=all,alerts=" + alerts, "Redeploy")
                .run()
                .expectExit(0);

        assertThat(result.stdout()).isEqualTo("collected=true\n");
        assertThat(Child.kinds(alerts)).isEmpty();
    }
}
