package io.notsock.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LeakTextTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Party stream = opener("java.io.FileInputStream");
    private final LeakText text = new LeakText(stream);

    private static Party opener(String owner) {
        return new Party.Builder(Party.Role.VICTIM)
                .thread("main", 1, false)
                .api("java:java.io.FileCleanable")
                .owner(owner)
                .stack(SampleAlerts.frame("com.acme.Main", "read", 17))
                .build();
    }

    @Test
    void saysWhatBecameOfOne() {
        text.addRescued(stream, 90 * SECOND);
        assertThat(text.summary())
                .isEqualTo(
                        "java.io FileInputStream opened by \"main\" was never closed: a Cleaner closed it 90 s later,"
                                + " once it was garbage-collected");
        assertThat(text.advice()).contains("com.acme.Main.read(Main.java:17)").doesNotContain("suppress");
    }

    @Test
    void aFinalizerIsNoCleaner() {
        text.addFinalized(stream, 90 * SECOND);
        assertThat(text.summary()).contains("was never closed: a finalizer closed it 90 s later");

        text.addRescued(stream, SECOND);
        assertThat(text.summary())
                .contains("1 garbage-collected and closed by a Cleaner, 1 garbage-collected and closed by a finalizer");
    }

    @Test
    void saysHowManyOfWhichFateAndHowOld() {
        text.addRescued(stream, 6 * SECOND);
        text.addRescued(stream, SECOND / 2);
        text.addLost(stream, 200 * SECOND);
        text.addAtExit(stream, 8000 * SECOND);
        assertThat(text.summary())
                .isEqualTo("4 handles of java.io FileInputStream opened in com.acme.Main.read(Main.java:17) were never"
                        + " closed: 2 garbage-collected and closed by a Cleaner, 1 garbage-collected and still open, 1"
                        + " open when the JVM ended; open for 500 ms to 2 h");
    }

    @Test
    void saysWhatTheyAreWhereOneMethodOpensSeveralKinds() {
        text.addAtExit(stream, SECOND);
        text.addAtExit(opener("java.net.Socket"), SECOND);
        text.addAtExit(opener("java.net.Socket"), SECOND);
        assertThat(text.summary())
                .startsWith("3 handles (1 of java.io FileInputStream, 2 of java.net Socket) opened in com.acme.Main");
    }
}
