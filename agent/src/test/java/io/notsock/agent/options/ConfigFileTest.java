package io.notsock.agent.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {

    @TempDir
    private Path folder;

    @Test
    void eachOfTheStrongerSourcesMayNameTheFile() {
        assertThat(Sources.argument("config=f").file("f", "history=9").read().history())
                .isEqualTo(9);
        assertThat(Sources.none()
                        .property("notsock.config", "f")
                        .file("f", "history=9")
                        .read()
                        .history())
                .isEqualTo(9);
        assertThat(Sources.none()
                        .variable("NOTSOCK_CONFIG", "f")
                        .file("f", "history=9")
                        .read()
                        .history())
                .isEqualTo(9);
    }

    @Test
    void theStrongestNameOfTheFileWins() {
        Options options = Sources.argument("config=a")
                .property("notsock.config", "b")
                .file("a", "history=1")
                .file("b", "history=2")
                .read();

        assertThat(options.history()).isEqualTo(1);
        assertThat(options.config()).isEqualTo("a");
    }

    @Test
    void aFileWithErrorsGivesItsGoodLines() {
        Options options = Sources.argument("config=f")
                .file("f", "# a comment\nlevel = INFO  \nhistory: 99\nleeks=on\nconfig=g\nstacks=all\n")
                .read();

        assertThat(options.level()).isEqualTo("INFO");
        assertThat(options.history()).isEqualTo(4);
        assertThat(options.stacks()).isEqualTo(Stacks.ALL);
        assertThat(options.config()).isEqualTo("f");
        assertThat(options.problems())
                .containsExactlyInAnyOrder(
                        "history=99 (file f): accepted: 1..64; in effect: 4",
                        "leeks=on (file f): unknown key, ignored; the nearest is leaks (off, on)",
                        "config=g (file f): not accepted within a configuration file, ignored");
    }

    @Test
    void aMissingFileIsOneLine() {
        Options options = Sources.argument("config=nowhere,level=INFO").read();

        assertThat(options.level()).isEqualTo("INFO");
        assertThat(options.problems())
                .containsExactly("config=nowhere (agent argument): cannot be read:"
                        + " java.io.FileNotFoundException: nowhere; file ignored");
    }

    @Test
    void aWindowsPathWithSingleBackslashesIsExplained() {
        Options options = Sources.argument("config=f")
                .file("f", "history=9\nalerts=C:\\users\\me\n")
                .read();

        assertThat(options.history()).as("all or nothing").isEqualTo(4);
        assertThat(options.problems())
                .singleElement()
                .asString()
                .startsWith("config=f (agent argument): cannot be read: ")
                .endsWith(" (in a properties file a backslash is written twice); file ignored");
    }

    @Test
    void realFilesAreUtf8WithOrWithoutAMark() throws IOException {
        Path file = folder.resolve("notsock.properties");
        for (String mark : new String[] {"", "\uFEFF"}) {
            Files.writeString(file, mark + "history=9\nalerts=\u00e4\u20ac.jsonl\n");
            Options options = readReally(file);

            assertThat(options.problems()).isEmpty();
            assertThat(options.history()).isEqualTo(9);
            assertThat(options.alerts()).isEqualTo("\u00e4\u20ac.jsonl");
        }
    }

    @Test
    void anotherEncodingIsRefused() throws IOException {
        Path file = folder.resolve("notsock.properties");
        Files.write(file, "alerts=\u00e4.jsonl\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(readReally(file).problems())
                .singleElement()
                .asString()
                .contains("cannot be read", "(it must be UTF-8)");
    }

    @Test
    void emptyFilesFoldersAndNothing() throws IOException {
        Path file = folder.resolve("empty");
        Files.createFile(file);

        assertThat(readReally(file).problems()).isEmpty();
        assertThat(readReally(folder).problems()).singleElement().asString().contains("cannot be read");
        assertThat(readReally(folder.resolve("nothing")).problems())
                .singleElement()
                .asString()
                .contains("cannot be read");
    }

    private static Options readReally(Path file) {
        Properties properties = new Properties();
        properties.setProperty("notsock.config", file.toString());
        return OptionsParser.parse(null, properties, Map.of());
    }
}
