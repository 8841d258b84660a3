package io.notsock.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.e2e.ChildJvm;
import io.notsock.e2e.EachRuntime;
import io.notsock.e2e.Jdks;
import io.notsock.e2e.library.Libraries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** The worked example of docs/catalog.md: a library nobody has heard of, from silence to the alert. */
class UnknownLibraryTest {
    private static final String PACKAGE = "io.notsock.fixtures.acme.";

    @TempDir
    private Path folder;

    private Path catalog;

    static List<Jdks.Jdk> runtimes() {
        return Jdks.all();
    }

    /** The catalog as the documentation shows it, with the package that the example has here. */
    @BeforeEach
    void takeTheCatalogOutOfTheDocumentation() throws IOException {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(here.resolve("docs"))) {
            here = here.getParent();
        }
        String text = Files.readString(here.resolve("docs/catalog.md"));
        int begin = text.indexOf("# acme.catalog\n");
        String example = text.substring(begin, text.indexOf("\n```\n", begin) + 1);
        catalog = folder.resolve("acme.catalog");
        Files.writeString(catalog, example.replace("com.acme.", PACKAGE));
    }

    private List<AlertLines.Line> run(Jdks.Jdk jdk, String options) {
        Path alerts = folder.resolve("alerts.json");
        ChildJvm.Result result = ChildJvm.of(jdk)
                .agent(Fixtures.options(alerts) + ",cache=off" + options)
                .fixture(PACKAGE + "Main")
                .classpath(Libraries.jars("jnr-0.38.22"))
                .run()
                .expectExit(0);
        assertThat(result.stdout()).contains("log: ");
        return AlertLines.read(alerts);
    }

    @EachRuntime
    @MethodSource("runtimes")
    void withItsCatalogTheSecondCloseIsFound(Jdks.Jdk jdk) {
        List<AlertLines.Line> lines = run(jdk, ",catalog=" + catalog);

        assertThat(lines).extracting(AlertLines.Line::verdict).containsExactly("ERROR CLOSE_OF_REUSED certain rogue");
        AlertLines.Line line = lines.get(0);
        assertThat(line.text("summary")).isEqualTo(PACKAGE + "Device closed by \"main\" killed file of \"main\"");
        assertThat(line.stack("rogue")).contains("acme.Device.close", "acme.Main.main");
        assertThat(line.stack("firstClose")).contains("acme.Device.close");
        assertThat(line.stack("victim")).contains("acme.Main.openLog");
    }

    /** A rightful close is one event with what it calls, and a wrong one is told once, by whoever called. */
    @EachRuntime
    @MethodSource("runtimes")
    void aCloseThatThrowsAndClosesByJnaIsOne(Jdks.Jdk jdk) throws IOException {
        Files.writeString(
                catalog,
                String.join(
                        "\n",
                        "entry port.open",
                        "  role adopt",
                        "  call " + PACKAGE + "PortNative.open(Ljava/lang/String;)I in " + PACKAGE + "Port",
                        "  number return",
                        "  owner caller armed",
                        "entry port.close",
                        "  role close",
                        "  call " + PACKAGE + "PortNative.close(I)V in " + PACKAGE + "Port",
                        "  number arg0",
                        "  owner caller",
                        ""));
        Path alerts = folder.resolve("alerts.json");
        ChildJvm program = ChildJvm.of(jdk)
                .agent(Fixtures.options(alerts) + ",cache=off,catalog=" + catalog)
                .fixture(PACKAGE + "Ports");
        if (jdk.version() >= 24) {
            program.jvmArgs("--enable-native-access=ALL-UNNAMED");
        }
        ChildJvm.Result result = program.run().expectExit(0);

        assertThat(result.stdout()).contains("refused: close: 9").contains("log: ");
        List<AlertLines.Line> lines = AlertLines.read(alerts);
        assertThat(lines)
                .extracting(AlertLines.Line::verdict)
                .containsExactly("ERROR DOUBLE_CLOSE confirmed rogue", "ERROR CLOSE_OF_REUSED certain rogue");
        for (AlertLines.Line line : lines) {
            assertThat(line.of("rogue", "api")).isEqualTo("java:" + PACKAGE + "PortNative.close");
            assertThat(line.stack("rogue")).contains("acme.Port.close", "acme.Ports.main");
        }
    }

    @Test
    void withoutItTheVictimIsAllThereIs() {
        assertThat(run(Jdks.own(), "")).extracting(line -> line.text("kind")).doesNotContain("CLOSE_OF_REUSED");
    }

    @Test
    void checkCatalogSaysThatItFits() {
        ChildJvm.Result result = ChildJvm.of(Jdks.own())
                .jar(ChildJvm.agentJar())
                .args(
                        "check-catalog",
                        catalog.toString(),
                        "--classpath",
                        ChildJvm.fixtures().toString())
                .run()
                .expectExit(0);
        assertThat(result.stdout())
                .contains("acme.catalog: 2 entries, no errors")
                .contains("AcmeNative.open(Ljava/lang/String;I)I in " + PACKAGE + "*: 1 call in " + PACKAGE + "Device")
                .contains("AcmeNative.close(I)I in " + PACKAGE + "*: 1 call in " + PACKAGE + "Device");
    }
}
