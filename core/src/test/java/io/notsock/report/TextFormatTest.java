package io.notsock.report;

import static io.notsock.alert.SampleAlerts.frame;
import static io.notsock.alert.SampleAlerts.jdk;
import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.alert.Alert;
import io.notsock.alert.AlertDesk;
import io.notsock.alert.AlertKind;
import io.notsock.alert.AlertSink;
import io.notsock.alert.Culprit;
import io.notsock.alert.Level;
import io.notsock.alert.Party;
import io.notsock.alert.SampleAlerts;
import io.notsock.alert.Suppressions;
import io.notsock.handle.HandleType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextFormatTest {
    private final List<Alert> written = new ArrayList<>();

    private final AlertDesk desk = new AlertDesk(
            Level.INFO, Suppressions.none(), SampleAlerts.PROCESS, List.of(new Recorder()), (sink, t) -> {});

    @Test
    void theWholeBlock() {
        desk.accept(SampleAlerts.staleClose().build());

        assertThat(TextFormat.format(written.get(0)))
                .isEqualTo(String.join(
                        "\n",
                        "notsock: ERROR CLOSE_OF_REUSED fd 42 (socket, generation 7): jna:close by \"main\" took fd 42"
                                + " from java.nio SocketChannel, whose rightful close by \"worker-3\" then killed"
                                + " socket of \"conn-9\"",
                        "  culprit: first close, jna:close at com.acme.CacheDrop.drop(CacheDrop.java:17); the later"
                                + " call acted on its own handle and is innocent",
                        "  first close: by thread \"main\" (1), at 2026-11-23T10:00:00.488000Z (12 ms earlier), through"
                                + " jna:close",
                        "      at com.sun.jna.Native.invokeInt(Native Method)",
                        "      at com.sun.jna.Function.invoke(Function.java:426)",
                        "      at com.acme.CacheDrop.drop(CacheDrop.java:17)",
                        "      at com.acme.Main.main(Main.java:5)",
                        "  innocent close: by thread \"worker-3\" (31), at 2026-11-23T10:00:00.500000Z, through"
                                + " java:sun.nio.ch.SocketChannelImpl",
                        "      owner sun.nio.ch.SocketChannelImpl@1b2c3d",
                        "      at sun.nio.ch.SocketDispatcher.close(SocketDispatcher.java:52)",
                        "      ... 2 frames",
                        "      at java.nio.channels.spi.AbstractInterruptibleChannel.close"
                                + "(AbstractInterruptibleChannel.java:112)",
                        "      at com.acme.Pool.lambda$evict$3(Pool.java:42)",
                        "      at com.acme.Pool.evict(Pool.java:40)",
                        "      ... 1 frame",
                        "  victim, opened: by virtual thread \"conn-9\" (40), at 2026-11-23T10:00:00.497000Z (3 ms"
                                + " earlier), through java:sun.nio.ch.Net",
                        "      owner sun.nio.ch.SocketChannelImpl@77, 127.0.0.1:5000 -> 127.0.0.1:80",
                        "      (no stack: stacks=auto: over budget)",
                        "  consequence: the next call on the handle that \"conn-9\" opened fails with EBADF (9), in"
                                + " code that is innocent; once the number is given out again, with ENOTSOCK (88),"
                                + " or its bytes reach a stranger",
                        "  advice: Leave com.acme.Pool.lambda$evict$3(Pool.java:42) as it is: it acted on its own"
                                + " handle, which had been closed underneath it. Remove the jna:close in"
                                + " com.acme.CacheDrop.drop(CacheDrop.java:17): java.nio SocketChannel owns fd 42 and"
                                + " will close it itself. Close the Java object instead; where native code must own a"
                                + " number, give it a copy (dup) and let it close that.",
                        "  alert: ns-4711-1, incident ns-4711-1, certain, count 1, fingerprint "
                                + written.get(0).fingerprint(),
                        "  suppress with: CLOSE_OF_REUSED:com.acme.CacheDrop.drop"));
    }

    /** What people grep for and look at first must not blame whoever is innocent. */
    @Test
    void aRogueThatIsGuiltyIsCalledSo() {
        desk.accept(SampleAlerts.staleClose().culprit(Culprit.ROGUE).build());

        assertThat(TextFormat.format(written.get(0)))
                .startsWith(
                        "notsock: ERROR CLOSE_OF_REUSED fd 42 (socket, generation 7): java.nio SocketChannel closed by"
                                + " \"worker-3\" killed socket of \"conn-9\"\n  culprit: rogue close, ")
                .containsSubsequence("\n  rogue close: ", "\n  first close: ", "\n  victim, opened: ")
                .doesNotContain("innocent close");
    }

    @Test
    void aRepeatIsTwoLines() {
        for (int i = 0; i < 10; i++) {
            desk.accept(SampleAlerts.staleClose().build());
        }

        assertThat(TextFormat.format(written.get(1)).split("\n"))
                .containsExactly(
                        TextFormat.firstLine(written.get(0)),
                        "  again: 10 times so far; the whole alert was written before, alert: ns-4711-1");
    }

    @Test
    void threeDeepStacksFitThirtyLines() {
        List<StackTraceElement> deep = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            deep.add(jdk("java.io.Stream" + i, "close", i));
        }
        for (int i = 0; i < 30; i++) {
            deep.add(frame("com.acme.Deep" + i, "run", i));
            deep.add(jdk("java.util.Spliterator", "next", i));
        }
        StackTraceElement[] stack = deep.toArray(new StackTraceElement[0]);
        desk.accept(SampleAlerts.staleClose()
                .party(SampleAlerts.rogue().detail("d").stack(stack).build())
                .party(SampleAlerts.firstClose().detail("d").stack(stack).build())
                .party(SampleAlerts.victim().stack(stack).build())
                .build());

        String[] lines = TextFormat.format(written.get(0)).split("\n");

        assertThat(lines).hasSize(30);
        assertThat(Arrays.copyOfRange(lines, 4, 10))
                .containsExactly(
                        "      at java.io.Stream0.close(Stream0.java:0)",
                        "      ... 10 frames",
                        "      at java.io.Stream11.close(Stream11.java:11)",
                        "      at com.acme.Deep0.run(Deep0.java:0)",
                        "      at com.acme.Deep1.run(Deep1.java:1)",
                        "      ... 58 frames");
    }

    @Test
    void nothingOfAnApplicationsTextForgesALine() {
        desk.accept(SampleAlerts.staleClose()
                .party(SampleAlerts.rogue()
                        .thread("x\nnotsock: ERROR LEAK\u001b[2J\u202e\ud83d", 1, false)
                        .build())
                .build());

        String text = TextFormat.format(written.get(0));

        assertThat(text.lines().filter(line -> line.startsWith("notsock:"))).hasSize(1);
        assertThat(text).contains("\"x\\nnotsock: ERROR LEAK\\u001b[2J\\u202e\\ud83d\"");
    }

    @Test
    void aLeakSaysWhereItWasOpened() {
        desk.accept(SampleAlerts.of(AlertKind.LEAK, HandleType.FILE)
                .party(SampleAlerts.victim().detail("/tmp/x").build())
                .build());

        assertThat(TextFormat.format(written.get(0)))
                .startsWith("notsock: WARN LEAK fd 42 (file, generation 7): java.nio SocketChannel opened by \"conn-9\""
                        + " was never closed\n  opened: by virtual thread \"conn-9\"")
                .doesNotContain("culprit");
    }

    @Test
    void aUseIsCalledAUse() {
        desk.accept(SampleAlerts.of(AlertKind.USE_AFTER_CLOSE, HandleType.SOCKET)
                .culprit(Culprit.ROGUE)
                .party(new Party.Builder(Party.Role.ROGUE).build())
                .build());

        assertThat(TextFormat.format(written.get(0)))
                .contains(
                        "\n  culprit: rogue use\n  rogue use: by whom is not known\n      (no stack: not captured)\n");
    }

    private final class Recorder implements AlertSink {
        @Override
        public void write(Alert alert) {
            written.add(alert);
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
