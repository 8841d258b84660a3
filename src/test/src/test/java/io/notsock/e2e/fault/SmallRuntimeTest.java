package io.notsock.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.Jdks;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A runtime image with java.base and java.instrument only: no management, no JFR, no logging, no XML. */
class SmallRuntimeTest {
    @TempDir
    static Path images;

    private static Jdks.Jdk small;

    @TempDir
    Path folder;

    @BeforeAll
    static void link() {
        Optional<ToolProvider> jlink = ToolProvider.findFirst("jlink");
        assumeTrue(Jdks.there(jlink.isPresent(), "small runtime images not tested: the JVM of the build has no jlink"));
        Path image = images.resolve("small");
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        int status = jlink.get().run(out, out, "--add-modules", "java.instrument", "--output", image.toString());
        assertThat(status).as(said.toString()).isZero();
        small = new Jdks.Jdk(Jdks.own().version(), image);
    }

    @Test
    void alertsComeAsTextAndAsJson() throws Exception {
        Path alerts = folder.resolve("alerts.json");

        ChildJvm.Result result = run("alerts=" + alerts, "health", "violate");

        assertThat(result.stdout()).contains("missing=[]", "summary=null");
        assertThat(result.stderr()).startsWith("notsock: ERROR FOREIGN_CLOSE").contains("victim");
        assertThat(Child.kinds(alerts)).containsExactly("FOREIGN_CLOSE");
    }

    @Test
    void theLogFileWorksToo() {
        Path log = folder.resolve("log.txt");

        ChildJvm.Result result = run("log=file:" + log, "violate");

        assertThat(result.stderr()).isEmpty();
        assertThat(log).content().contains("notsock: ERROR FOREIGN_CLOSE");
    }

    /** Logback reads its configuration with java.xml, which is missing here. */
    @Test
    void aConfigurationThatCannotBeReadIsSaidAndCostsNoAlert() throws Exception {
        Path logback = java.nio.file.Files.writeString(folder.resolve("logback.xml"), "<configuration/>");

        ChildJvm.Result result = run("logback=" + logback, "violate");

        assertThat(result.stderr()).contains("logback=" + logback).containsPattern("(?m)^notsock: ERROR FOREIGN_CLOSE");
    }

    /** The server needs nothing but java.base; JMX and Flight Recorder, which are missing, are not asked for. */
    @Test
    void metricsAreServed() {
        ChildJvm.Result result = run("metrics=127.0.0.1:0", "metrics");

        assertThat(result.stdout()).startsWith("address=127.0.0.1:");
        assertThat(result.stderr()).isEmpty();
    }

    private static ChildJvm.Result run(String options, String... steps) {
        return ChildJvm.of(small)
                .agent(options)
                .jvmArgs(Child.OPENS)
                .classpath(ChildJvm.fixtures())
                .main(Child.PROGRAM)
                .args(steps)
                .run()
                .expectExit(0);
    }
}
