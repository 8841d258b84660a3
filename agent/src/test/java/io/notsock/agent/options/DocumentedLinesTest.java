package io.notsock.agent.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The lines that README and docs tell people to copy are ones that the agent takes, and the services of Windows too. */
class DocumentedLinesTest {
    private static final Pattern AGENT = Pattern.compile("-javaagent:([^\\s\"`<=]+)=([^\\s\"`<]+)");

    /** A line, with the page it is from. */
    private record Line(String page, String text) {
        @Override
        public String toString() {
            return page + ": " + text;
        }
    }

    static Stream<Line> lines() throws IOException {
        List<Line> lines = new ArrayList<>();
        List<Path> pages = new ArrayList<>(List.of(Checkout.root().resolve("README.md")));
        try (Stream<Path> docs = Files.list(Checkout.root().resolve("docs"))) {
            docs.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        for (Path page : pages) {
            Matcher agent = AGENT.matcher(Files.readString(page));
            while (agent.find()) {
                lines.add(new Line(page.getFileName().toString(), agent.group()));
            }
        }
        assertThat(lines).hasSizeGreaterThan(15);
        return lines.stream();
    }

    @ParameterizedTest
    @MethodSource("lines")
    void eachAgentLineIsTaken(Line line) {
        Matcher agent = AGENT.matcher(line.text);
        assertThat(agent.matches()).isTrue();
        Sources sources = Sources.argument(agent.group(2));
        if (agent.group(1).startsWith("C:")) {
            sources.onWindows();
        }

        assertThat(sources.read().problems()).isEmpty();
    }

    /** Commons Daemon takes # and ; for the end of an option. */
    @Test
    void commonsDaemonTakesTheLineForOneOption() throws IOException {
        assertThat(service("++JvmOptions \"(.*)\"")).startsWith("-javaagent:").doesNotContain("#", ";", "\"");
    }

    /** The wrapper expands %NAME% only. */
    @Test
    void javaServiceWrapperExpandsNothing() throws IOException {
        assertThat(service("wrapper\\.java\\.additional\\.\\d+=(.*)"))
                .startsWith("-javaagent:")
                .doesNotContainPattern("%[^%]*%|\\s|\"");
    }

    /** WinSW too, and its file is XML. */
    @Test
    void winSwReadsTheLine() throws Exception {
        String element = "<arguments>" + service("<arguments>(.*)</arguments>") + "</arguments>";

        String arguments = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(element.getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement()
                .getTextContent();
        assertThat(arguments).startsWith("-javaagent:").doesNotContainPattern("%[^%]*%|\"");
    }

    /** The JVM splits what stands there at blanks. */
    @Test
    void theEnvironmentHoldsOneWord() throws IOException {
        assertThat(service("setx /M JAVA_TOOL_OPTIONS \"(.*)\""))
                .startsWith("-javaagent:")
                .doesNotContainPattern("\\s");
    }

    /** What the README has in a line of a service's configuration. */
    private static String service(String regex) throws IOException {
        Matcher line = Pattern.compile("(?m)^ {4}.*" + regex.replace("++", "\\+\\+") + "$")
                .matcher(Files.readString(Checkout.root().resolve("README.md")).replace("\r\n", "\n"));
        assertThat(line.find()).as(regex).isTrue();
        return line.group(1);
    }
}
