package io.notsock.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.notsock.alert.Alert;
import io.notsock.alert.AlertHandle;
import io.notsock.alert.AlertKind;
import io.notsock.alert.Confidence;
import io.notsock.alert.Consequence;
import io.notsock.alert.Party;
import io.notsock.alert.SampleAlerts;
import io.notsock.handle.HandleType;
import io.notsock.handle.Space;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFormatTest {
    @Test
    void everyKeyInTheOrderOfTheSchema() {
        Alert alert = SampleAlerts.staleClose()
                .id("ns-4711-2")
                .incident("ns-4711-1")
                .summary("s")
                .consequence(new Consequence(9, "EBADF", "t"))
                .advice("a")
                .fingerprint("f")
                .count(10)
                .process(SampleAlerts.PROCESS)
                .build();

        assertThat(JsonFormat.line(alert))
                .isEqualTo("{\"schema\":\"notsock.alert/1\",\"time\":\"2026-11-23T10:00:00.500000Z\","
                        + "\"id\":\"ns-4711-2\",\"incident\":\"ns-4711-1\",\"kind\":\"CLOSE_OF_REUSED\","
                        + "\"level\":\"ERROR\",\"confidence\":\"certain\",\"culprit\":\"firstClose\","
                        + "\"handle\":{\"space\":\"fd\",\"number\":42,\"type\":\"socket\",\"generation\":7},"
                        + "\"summary\":\"s\",\"consequence\":{\"code\":9,\"name\":\"EBADF\",\"text\":\"t\"},"
                        + "\"rogue\":{\"role\":\"rogue\",\"thread\":\"worker-3\",\"threadId\":31,\"virtual\":false,"
                        + "\"time\":\"2026-11-23T10:00:00.500000Z\",\"api\":\"java:sun.nio.ch.SocketChannelImpl\","
                        + "\"owner\":\"sun.nio.ch.SocketChannelImpl@1b2c3d\",\"stack\":["
                        + "\"io.notsock.agent.Tracker.close(Tracker.java:10)\","
                        + "\"sun.nio.ch.SocketDispatcher.close(SocketDispatcher.java:52)\","
                        + "\"sun.nio.ch.SocketChannelImpl.kill(SocketChannelImpl.java:1006)\","
                        + "\"sun.nio.ch.SocketChannelImpl.implCloseSelectableChannel(SocketChannelImpl.java:1049)\","
                        + "\"java.nio.channels.spi.AbstractInterruptibleChannel.close"
                        + "(AbstractInterruptibleChannel.java:112)\","
                        + "\"com.acme.Pool.lambda$evict$3(Pool.java:42)\",\"com.acme.Pool.evict(Pool.java:40)\","
                        + "\"java.lang.Thread.run(Thread.java:840)\"]},"
                        + "\"firstClose\":{\"role\":\"firstClose\",\"thread\":\"main\",\"threadId\":1,"
                        + "\"virtual\":false,\"time\":\"2026-11-23T10:00:00.488000Z\",\"api\":\"jna:close\","
                        + "\"stack\":[\"com.sun.jna.Native.invokeInt(Native Method)\","
                        + "\"com.sun.jna.Function.invoke(Function.java:426)\","
                        + "\"com.acme.CacheDrop.drop(CacheDrop.java:17)\",\"com.acme.Main.main(Main.java:5)\"]},"
                        + "\"victim\":{\"role\":\"victim\",\"thread\":\"conn-9\",\"threadId\":40,\"virtual\":true,"
                        + "\"time\":\"2026-11-23T10:00:00.497000Z\",\"api\":\"java:sun.nio.ch.Net\","
                        + "\"owner\":\"sun.nio.ch.SocketChannelImpl@77\","
                        + "\"detail\":\"127.0.0.1:5000 -> 127.0.0.1:80\","
                        + "\"stackMissing\":\"stacks=auto: over budget\"},"
                        + "\"history\":[{\"what\":\"open\",\"generation\":6,\"thread\":\"worker-3\","
                        + "\"time\":\"2026-11-23T09:59:57.500000Z\",\"api\":\"java:java.io.FileCleanable\","
                        + "\"owner\":\"java.io FileOutputStream\"},"
                        + "{\"what\":\"close\",\"generation\":6,\"thread\":\"main\","
                        + "\"time\":\"2026-11-23T10:00:00.488000Z\",\"api\":\"jna:close\","
                        + "\"detail\":\"/tmp/job.txt\"},"
                        + "{\"what\":\"open\",\"generation\":7,\"thread\":\"conn-9\","
                        + "\"time\":\"2026-11-23T10:00:00.497000Z\",\"api\":\"java:sun.nio.ch.Net\"}],"
                        + "\"advice\":\"a\",\"fingerprint\":\"f\",\"count\":10,"
                        + "\"process\":{\"pid\":4711,\"jdk\":\"17.0.9 (Temurin)\",\"os\":\"Linux 6.1 amd64\","
                        + "\"main\":\"com.acme.Main\"}}");
    }

    @Test
    void whatIsAbsentIsLeftOut() {
        Alert alert = new Alert.Builder(
                        AlertKind.HIDDEN_CLOSE,
                        new AlertHandle(Space.HANDLE, 4_294_967_292L, HandleType.UNKNOWN, AlertHandle.NO_GENERATION))
                .time(SampleAlerts.TIME)
                .confidence(Confidence.SUSPECTED)
                .consequence(new Consequence("t"))
                .party(new Party.Builder(Party.Role.FIRST_CLOSE)
                        .detail("not seen")
                        .stackMissing("native code")
                        .build())
                .build();

        assertThat(JsonFormat.line(alert))
                .isEqualTo("{\"schema\":\"notsock.alert/1\",\"time\":\"2026-11-23T10:00:00.500000Z\","
                        + "\"kind\":\"HIDDEN_CLOSE\",\"level\":\"WARN\",\"confidence\":\"suspected\","
                        + "\"culprit\":\"unknown\","
                        + "\"handle\":{\"space\":\"handle\",\"number\":4294967292,\"type\":\"unknown\"},"
                        + "\"consequence\":{\"text\":\"t\"},"
                        + "\"firstClose\":{\"role\":\"firstClose\",\"detail\":\"not seen\","
                        + "\"stackMissing\":\"native code\"},\"count\":1}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"},{\"kind\":\"LEAK",
                "line\nbreak\r\n",
                "tab\t nul\0 esc\u001b[31m del\u007f",
                "back\\slash",
                "\u2028 \u2029 \u0085",
                "\u00fc \u4e2d \ud83d\ude00",
                "</script><!--",
            })
    void hostileTextStaysOneValueOnOneLine(String hostile) throws IOException {
        String line = JsonFormat.line(SampleAlerts.staleClose().summary(hostile).build());

        assertThat(line).doesNotContain("\n", "\r");
        assertThat(summaryOf(line.getBytes(StandardCharsets.UTF_8))).isEqualTo(hostile);
    }

    @Test
    void halfASurrogatePairCostsOneCharacterAndNotTheAlert() throws IOException {
        String line =
                JsonFormat.line(SampleAlerts.staleClose().summary("a\ud83dz").build());

        assertThat(summaryOf(line.getBytes(StandardCharsets.UTF_8))).isEqualTo("a?z");
    }

    private static String summaryOf(byte[] line) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(line)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME
                        && parser.currentName().equals("summary")) {
                    parser.nextToken();
                    return parser.getText();
                }
            }
        }
        return null;
    }
}
