package io.notsock.track;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RescuesTest {
    private static StackTraceElement[] stack(String... frames) {
        StackTraceElement[] stack = new StackTraceElement[frames.length];
        for (int i = 0; i < frames.length; i++) {
            int dot = frames[i].lastIndexOf('.');
            stack[i] = new StackTraceElement(frames[i].substring(0, dot), frames[i].substring(dot + 1), null, -1);
        }
        return stack;
    }

    @Test
    void theCleanersLoopClosesForTheDead() {
        assertThat(Rescues.byReclaimer(stack(
                        "sun.nio.ch.NioSocketImpl.lambda$closerFor$0",
                        "jdk.internal.ref.CleanerImpl$PhantomCleanableRef.performCleanup",
                        "jdk.internal.ref.PhantomCleanable.clean",
                        "jdk.internal.ref.CleanerImpl.run",
                        "java.lang.Thread.run",
                        "jdk.internal.misc.InnocuousThread.run")))
                .isTrue();
    }

    @Test
    void theFinalizerDoesToo() {
        assertThat(Rescues.byReclaimer(stack(
                        "sun.nio.ch.DatagramChannelImpl.finalize",
                        "java.lang.ref.Finalizer.runFinalizer",
                        "java.lang.ref.Finalizer$FinalizerThread.run")))
                .isTrue();
    }

    /** As seen with HttpURLConnection: the timer of idle connections is a thread of the same class as a Cleaner's. */
    @Test
    void aTimerOfTheJdkThatClosesWhatIsIdleDoesNot() {
        assertThat(Rescues.byReclaimer(stack(
                        "sun.nio.ch.NioSocketImpl.lambda$closerFor$0",
                        "jdk.internal.ref.CleanerImpl$PhantomCleanableRef.performCleanup",
                        "jdk.internal.ref.PhantomCleanable.clean",
                        "sun.nio.ch.NioSocketImpl.tryClose",
                        "java.net.Socket.close",
                        "sun.net.www.http.HttpClient.closeServer",
                        "sun.net.www.http.KeepAliveCache.run",
                        "java.lang.Thread.run",
                        "jdk.internal.misc.InnocuousThread.run")))
                .isFalse();
    }
}
