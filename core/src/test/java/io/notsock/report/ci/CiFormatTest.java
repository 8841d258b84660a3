package io.notsock.report.ci;

import static io.notsock.alert.SampleAlerts.frame;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.notsock.alert.Alert;
import io.notsock.alert.AlertKind;
import io.notsock.alert.Consequence;
import io.notsock.alert.Level;
import io.notsock.alert.Party;
import io.notsock.alert.SampleAlerts;
import io.notsock.handle.HandleType;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class CiFormatTest {
    private static final String EVIL =
            "</script><script>alert(1)</script>\n::error::x\r%0A,:|`` ``` &\"'\u0000\u001b\uD800@user";

    @TempDir
    Path folder;

    @BeforeEach
    void sources() throws IOException {
        Path file = folder.resolve("web/src/main/java/com/acme/CacheDrop.java");
        Files.createDirectories(file.getParent());
        Files.createFile(file);
        Files.createDirectories(folder.resolve("web/src/test/java/com/acme"));
        Files.createDirectories(folder.resolve("web/target/src/main/java/com/acme"));
    }

    private static Alert error() {
        return SampleAlerts.staleClose()
                .id("ns-1-1")
                .incident("in-1")
                .summary("what, happened: 100%")
                .consequence(new Consequence(9, "EBADF", "t"))
                .advice("a")
                .fingerprint("f00")
                .count(3)
                .build();
    }

    private static Alert warning() {
        return SampleAlerts.of(AlertKind.HIDDEN_CLOSE, HandleType.FILE)
                .id("ns-1-2")
                .incident("in-2")
                .summary("hidden")
                .build();
    }

    private static Alert evil() {
        return SampleAlerts.of(AlertKind.FOREIGN_CLOSE, HandleType.FILE)
                .id(EVIL)
                .incident(EVIL)
                .summary(EVIL)
                .advice(EVIL)
                .fingerprint(EVIL)
                .party(new Party.Builder(Party.Role.ROGUE)
                        .thread(EVIL, 1, false)
                        .api(EVIL)
                        .stack(new StackTraceElement("../../etc." + EVIL, EVIL, "../" + EVIL, 3), frame("a.B", "c", 4))
                        .build())
                .build();
    }

    private String write(CiFormat format, Alert... alerts) throws IOException {
        return write(format, 0, alerts);
    }

    private String write(CiFormat format, long unreadable, Alert... alerts) throws IOException {
        StringWriter out = new StringWriter();
        SourceFiles sources = new SourceFiles(folder, List.of());
        format.write(
                new CiReport("build/alerts.jsonl", List.of(alerts), Map.of(), unreadable, sources, Level.ERROR), out);
        return out.toString();
    }

    @Test
    void githubPointsToTheCulpritsLine() throws IOException {
        assertThat(write(CiFormat.GITHUB, warning(), error()))
                .isEqualTo("::error file=web/src/main/java/com/acme/CacheDrop.java,line=17,"
                        + "title=CLOSE_OF_REUSED fd 42 (socket%2C generation 7)::what, happened: 100%25"
                        + "%0ACulprit: first close at com.acme.CacheDrop.drop(CacheDrop.java:17)"
                        + "%0AConsequence: t%0AAdvice: a%0AOccurred 3 times.\n"
                        + "::warning title=HIDDEN_CLOSE fd 42 (file%2C generation 7)::hidden%0ACulprit: unknown\n");
    }

    @Test
    void githubTakesNoCommandFromAThreadName() throws IOException {
        assertThat(write(CiFormat.GITHUB, evil()).lines())
                .hasSize(1)
                .allMatch(line -> line.startsWith("::error file="));
    }

    @Test
    void junitFailsWhatIsGraveAndShowsTheRest() throws Exception {
        Document xml = xml(write(CiFormat.JUNIT, warning(), error()));

        Element suite = (Element) xml.getElementsByTagName("testsuite").item(0);
        assertThat(suite.getAttribute("tests")).isEqualTo("2");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        Element first = (Element) xml.getElementsByTagName("testcase").item(0);
        assertThat(first.getAttribute("classname")).isEqualTo("com.acme.CacheDrop");
        assertThat(first.getAttribute("file")).isEqualTo("web/src/main/java/com/acme/CacheDrop.java");
        assertThat(first.getAttribute("line")).isEqualTo("17");
        Element failure = (Element) first.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("type")).isEqualTo("CLOSE_OF_REUSED");
        assertThat(failure.getAttribute("message")).isEqualTo("what, happened: 100%");
        assertThat(failure.getTextContent()).contains("first close: by thread \"main\" (1)", "suppress with: ");
        Element second = (Element) xml.getElementsByTagName("testcase").item(1);
        assertThat(second.getElementsByTagName("failure").getLength()).isZero();
        assertThat(second.getElementsByTagName("system-out").item(0).getTextContent())
                .contains("notsock: WARN HIDDEN_CLOSE");
    }

    @Test
    void junitIsXmlWhateverTheNamesAre() throws Exception {
        Document xml = xml(write(CiFormat.JUNIT, evil()));

        assertThat(xml.getElementsByTagName("script").getLength()).isZero();
        assertThat(xml.getElementsByTagName("testcase").getLength()).isEqualTo(1);
    }

    @Test
    void nothingFoundIsOnePassedCase() throws Exception {
        Document xml = xml(write(CiFormat.JUNIT));

        assertThat(xml.getElementsByTagName("testcase").getLength()).isEqualTo(1);
        assertThat(xml.getElementsByTagName("failure").getLength()).isZero();
        assertThat(write(CiFormat.MARKDOWN)).isEqualTo("### notsock: no alerts\n");
        assertThat(write(CiFormat.GITHUB)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(CiFormat.class)
    void whatCouldNotBeReadIsSaidInEveryFormat(CiFormat format) throws IOException {
        assertThat(write(format, 2)).contains("2 lines of build/alerts.jsonl could not be read");
    }

    @Test
    void markdownIsATableOfCodeSpans() throws IOException {
        assertThat(write(CiFormat.MARKDOWN, error(), warning()))
                .isEqualTo("### notsock: 2 alerts\n\n"
                        + "- 1 `CLOSE_OF_REUSED`: A late close hits a handle that is somebody else's now\n"
                        + "- 1 `HIDDEN_CLOSE`: A handle was closed where notsock cannot see\n"
                        + "\n| level | handle | what happened | culprit | times |\n|---|---|---|---|---:|\n"
                        + "| ERROR | `fd 42 (socket, generation 7)` | `what, happened: 100%` |"
                        + " `first close at com.acme.CacheDrop.drop(CacheDrop.java:17)` | 3 |\n"
                        + "| WARN | `fd 42 (file, generation 7)` | `hidden` | `unknown` | 1 |\n");
    }

    @Test
    void markdownTakesNoMarkupFromAName() throws IOException {
        String row = write(CiFormat.MARKDOWN, evil())
                .lines()
                .filter(line -> line.startsWith("| ERROR"))
                .findFirst()
                .orElseThrow();

        assertThat(row).contains("```` </script><script>alert(1)</script>\\n::error::x\\r%0A,:\\|`` ``` &\"'\\u0000");
        assertThat(row.replace("\\|", "").chars().filter(c -> c == '|').count()).isEqualTo(6);
    }

    @Test
    void sarifHasALocationInTheSourcesForEveryResult() throws IOException {
        String sarif = write(CiFormat.SARIF, error(), warning(), evil());

        assertThat(parse(sarif)).isGreaterThan(100);
        assertThat(sarif)
                .contains("\"version\":\"2.1.0\"")
                .contains("\"ruleId\":\"CLOSE_OF_REUSED\",\"ruleIndex\":1,\"level\":\"error\"")
                .contains("\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":"
                        + "\"web/src/main/java/com/acme/CacheDrop.java\",\"uriBaseId\":\"SRCROOT\"},"
                        + "\"region\":{\"startLine\":17}}}]")
                .contains("\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"alerts.jsonl\"")
                .contains("\"occurrenceCount\":3")
                .doesNotContain("\"uri\":\"..")
                .doesNotContainPattern("\"uri\":\"[^\"]*/\\.\\./");
    }

    @Test
    void sourceRootsThatAreGivenAreTakenAsTheyAre() throws IOException {
        StringWriter out = new StringWriter();
        SourceFiles sources = new SourceFiles(
                folder, List.of("src/main/kotlin", folder.resolve("lib").toString()));
        CiFormat.GITHUB.write(new CiReport("a", List.of(error()), Map.of(), 0, sources, Level.ERROR), out);

        assertThat(out.toString()).startsWith("::error file=src/main/kotlin/com/acme/CacheDrop.java,line=17,");
        assertThat(new SourceFiles(folder, List.of(folder.resolve("lib").toString()))
                        .of(frame("com.acme.CacheDrop$Inner", "x", 3))
                        .path())
                .isEqualTo("lib/com/acme/CacheDrop.java");
    }

    /** A test runs in its module, and who reads its report stands in the repository. */
    @Test
    void pathsAreThoseOfTheRepositoryAndAModulesOwnSourcesComeFirst() throws IOException {
        Files.createDirectories(folder.resolve(".git"));
        for (String module : List.of("a", "b")) {
            Path sources = Files.createDirectories(folder.resolve(module + "/src/main/java/com/acme"));
            Files.createFile(sources.resolve("Both.java"));
        }
        Files.createFile(folder.resolve("a/src/main/java/com/acme/OnlyA.java"));

        SourceFiles ofB = SourceFiles.inRepositoryOf(folder.resolve("b"));

        assertThat(ofB.of(frame("com.acme.Both", "x", 3)).path()).isEqualTo("b/src/main/java/com/acme/Both.java");
        assertThat(ofB.of(frame("com.acme.OnlyA", "x", 3)).path()).isEqualTo("a/src/main/java/com/acme/OnlyA.java");
        assertThat(ofB.of(frame("com.acme.Gone", "x", 3)).path()).isEqualTo("b/src/main/java/com/acme/Gone.java");
    }

    private static Document xml(String text) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new java.io.StringReader(text)));
    }

    private static int parse(String json) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            int tokens = 0;
            while (parser.nextToken() != null) {
                tokens++;
            }
            return tokens;
        }
    }
}
