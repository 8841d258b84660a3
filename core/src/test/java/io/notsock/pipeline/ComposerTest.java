package io.notsock.pipeline;

import static io.notsock.alert.SampleAlerts.frame;
import static io.notsock.alert.SampleAlerts.jdk;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ComposerTest {
    private static final StackTraceElement HOOK = frame("io.notsock.track.RedundantCloses", "closedAgain", 30);
    private static final StackTraceElement STREAM = jdk("java.io.FileOutputStream", "close", 387);
    private static final StackTraceElement CHANNEL = jdk("sun.nio.ch.FileChannelImpl", "implCloseChannel", 202);
    private static final StackTraceElement PROGRAM = frame("com.acme.Log", "close", 7);

    @Test
    void aStreamThatItsOwnChannelClosesIsClosedOnce() {
        assertThat(Composer.isWithinItself(HOOK, STREAM, CHANNEL, STREAM, PROGRAM))
                .isTrue();
    }

    @Test
    void whatTheProgramClosesAgainIsClosedTwice() {
        assertThat(Composer.isWithinItself(HOOK, STREAM, PROGRAM)).isFalse();
        assertThat(Composer.isWithinItself(HOOK, STREAM, PROGRAM, CHANNEL, STREAM))
                .isFalse();
        assertThat(Composer.isWithinItself()).isFalse();
    }
}
