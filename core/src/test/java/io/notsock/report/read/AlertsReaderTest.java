package io.notsock.report.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.alert.Alert;
import io.notsock.alert.AlertKind;
import io.notsock.alert.Consequence;
import io.notsock.alert.Level;
import io.notsock.alert.SampleAlerts;
import io.notsock.report.JsonFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlertsReaderTest {
    private final AlertBook book = new AlertBook(100 << 20);
    private final List<String> problems = new ArrayList<>();
    private final AlertsReader reader = new AlertsReader(book, problems::add);

    private static Alert.Builder sample(String id, long count) {
        return SampleAlerts.staleClose()
                .id(id)
                .incident("in-1")
                .summary("s <b>&\"'")
                .consequence(new Consequence(9, "EBADF", "t"))
                .advice("a")
                .fingerprint("f")
                .count(count)
                .process(SampleAlerts.PROCESS);
    }

    private static String line(String id, long count) {
        return JsonFormat.line(sample(id, count).build()) + "\n";
    }

    private void read(String text) throws IOException {
        reader.read("a.jsonl", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), bytes -> {});
    }

    @Test
    void whatIsWrittenIsReadBackWhole() throws IOException {
        String line = line("ns-1-1", 10);

        read(line);

        assertThat(problems).isEmpty();
        assertThat(JsonFormat.line(book.alerts().get(0)) + "\n").isEqualTo(line);
        assertThat(book.highest()).isEqualTo(Level.ERROR);
    }

    @Test
    void repeatsOfOneIdAreOneAlert() throws IOException {
        read(line("ns-1-1", 1) + line("ns-1-2", 1) + line("ns-1-1", 10) + line("ns-1-1", 37));

        assertThat(book.alerts()).extracting(Alert::id).containsExactly("ns-1-1", "ns-1-2");
        assertThat(book.alerts()).extracting(Alert::count).containsExactly(37L, 1L);
    }

    /** Containers start with the same process id, and their runs append to one file. */
    @Test
    void runsThatShareAnIdAreAddedUp() throws IOException {
        read(line("ns-1-1", 1) + line("ns-1-1", 10) + line("ns-1-1", 12) + line("ns-1-1", 1) + line("ns-1-1", 10));

        assertThat(book.alerts()).extracting(Alert::count).containsExactly(22L);
    }

    @Test
    void aFileOfWindowsWithBlankLinesAndNoLastLineEnd() throws IOException {
        read("\uFEFF" + line("ns-1-1", 1).replace("\n", "\r\n") + "\r\n\n   \n"
                + line("ns-1-2", 1).strip());

        assertThat(problems).isEmpty();
        assertThat(book.alerts()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 40, 300, 1200})
    void aTornLastLineIsNamedAndTheOthersStay(int kept) throws IOException {
        String whole = line("ns-1-1", 1);

        read(whole + line("ns-1-2", 1).substring(0, kept));

        assertThat(book.alerts()).hasSize(1);
        assertThat(reader.unreadable()).isEqualTo(1);
        assertThat(problems).hasSize(1);
        assertThat(problems.get(0)).startsWith("a.jsonl:2: the last line is cut short: no JSON (");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "\"schema\":\"notsock.alert/1\" | \"schema\":\"notsock.alert/2\" | schema \"notsock.alert/2\"; accepted: notsock.alert/1",
                "\"schema\":\"notsock.alert/1\", | | no key \"schema\"; accepted: lines of alerts=PATH, schema notsock.alert/1",
                "\"kind\":\"CLOSE_OF_REUSED\" | \"kind\":\"MURDER\" | kind \"MURDER\"; accepted: DOUBLE_CLOSE, CLOSE_OF_REUSED, FOREIGN_CLOSE, USE_AFTER_CLOSE, USE_OF_REUSED, HIDDEN_CLOSE, LEAK, REDUNDANT_CLOSE",
                "\"level\":\"ERROR\" | \"level\":\"FATAL\" | level \"FATAL\"; accepted: INFO, WARN, ERROR",
                "\"level\":\"ERROR\", | | no key \"level\", which every alert has",
                "\"confidence\":\"certain\" | \"confidence\":7 | confidence \"7\"; accepted: a text",
                "\"culprit\":\"firstClose\" | \"culprit\":\"me\" | culprit \"me\"; accepted: rogue, firstClose, unknown",
                "\"space\":\"fd\" | \"space\":\"ports\" | handle.space \"ports\"; accepted: fd, handle, crt-fd, pthread",
                "\"number\":42 | \"number\":99999999999999999999 | handle.number \"99999999999999999999\"; accepted: a whole number",
                "\"count\":1 | \"count\":0 | count \"0\"; accepted: a whole number above 0",
                "\"time\":\"2026-11-23T10:00:00.500000Z\",\"id\" | \"time\":\"noon\",\"id\" | time \"noon\"; accepted: a time as 2026-11-23T10:00:00.500000Z",
                "com.acme.Main.main(Main.java:5) | main | firstClose.stack \"main\"; accepted: class.method(file:line)",
            })
    void eachMistakeNamesPlaceValueAndWhatIsAccepted(String right, String wrong, String message) throws IOException {
        String line = line("ns-1-1", 1);
        assertThat(line).contains(right);

        read(line + line.replace(right, wrong == null ? "" : wrong));

        assertThat(problems).containsExactly("a.jsonl:2: " + message);
        assertThat(book.alerts()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "7", "\"x\"", "{}{}", "nonsense", "{\"a\":}", "\u0000", "{\"schema\":{}}"})
    void whatIsNoAlertIsNamed(String line) throws IOException {
        read(line + "\n" + line("ns-1-1", 1));

        assertThat(problems).hasSize(1);
        assertThat(problems.get(0)).startsWith("a.jsonl:1: ").contains("accepted: ");
        assertThat(book.alerts()).hasSize(1);
    }

    @Test
    void bytesThatAreNoTextAreNamed() throws IOException {
        byte[] bytes = line("ns-1-1", 1).getBytes(StandardCharsets.UTF_8);
        bytes[bytes.length / 2] = (byte) 0xff;

        reader.read("a.jsonl", new ByteArrayInputStream(bytes), n -> {});

        assertThat(problems).hasSize(1);
        assertThat(problems.get(0)).startsWith("a.jsonl:1: ");
    }

    @Test
    void keysOfALaterVersionOfTheSameSchemaArePassedOver() throws IOException {
        read(line("ns-1-1", 1).replace("\"id\":", "\"later\":{\"a\":[1,{\"b\":null}]},\"id\":"));

        assertThat(problems).isEmpty();
        assertThat(book.alerts()).hasSize(1);
    }

    @Test
    void manyBadLinesAreToldInFewWords() throws IOException {
        read("nonsense\n".repeat(1000));

        assertThat(problems).hasSize(6).last().isEqualTo("a.jsonl: 995 more lines cannot be read");
        assertThat(reader.unreadable()).isEqualTo(1000);
    }

    @Test
    void aMessageCannotForgeTerminalOutput() throws IOException {
        read(line("ns-1-1", 1).replace("\"level\":\"ERROR\"", "\"level\":\"\\u001b[2J\\nnotsock: fine\""));

        assertThat(problems).hasSize(1);
        assertThat(problems.get(0)).contains("\\u001b[2J\\nnotsock").doesNotContain("\u001b", "\n");
    }

    /** Sixteen times what it may keep; the end-to-end test reads more through a small heap. */
    @Test
    void memoryDoesNotDependOnHowManyLinesThereAre() throws IOException {
        AlertBook small = new AlertBook(1 << 20);
        List<String> told = new ArrayList<>();
        Lines lines = new Lines(16L << 20);

        new AlertsReader(small, told::add).read("a.jsonl", lines, n -> {});

        assertThat(told).isEmpty();
        long kept = small.alerts().size();
        assertThat(kept).isBetween(100L, 5_000L);
        assertThat(small.notKept().get(AlertKind.CLOSE_OF_REUSED)).isEqualTo(lines.count - kept);
    }

    @Test
    void oneEndlessLineIsPassedOver() throws IOException {
        InputStream endless = new InputStream() {
            private long left = 20L << 20;

            @Override
            public int read() {
                return left-- > 0 ? 'x' : -1;
            }

            @Override
            public int read(byte[] bytes, int from, int length) {
                if (left <= 0) {
                    return -1;
                }
                java.util.Arrays.fill(bytes, from, from + length, (byte) 'x');
                left -= length;
                return length;
            }
        };

        reader.read("a.jsonl", endless, n -> {});

        assertThat(problems).hasSize(1);
        assertThat(problems.get(0)).contains("a.jsonl:1: the last line is cut short: longer than 4 MiB");
    }

    /** Alerts that all differ, in id, thread and frame. */
    private static final class Lines extends InputStream {
        private final String template = line("ID", 1);
        private final long size;
        private byte[] current = new byte[0];
        private int position;
        private long given;
        private long count;

        Lines(long size) {
            this.size = size;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] bytes, int from, int length) {
            if (position == current.length) {
                if (given >= size) {
                    return -1;
                }
                count++;
                current = template.replace("ID", "ns-1-" + count)
                        .replace("worker-3", "worker-" + count)
                        .replace("Pool.java:42", "Pool.java:" + count)
                        .getBytes(StandardCharsets.UTF_8);
                position = 0;
                given += current.length;
            }
            int n = Math.min(length, current.length - position);
            System.arraycopy(current, position, bytes, from, n);
            position += n;
            return n;
        }
    }
}
