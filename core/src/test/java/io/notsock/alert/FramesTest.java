package io.notsock.alert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FramesTest {
    @ParameterizedTest
    @CsvSource({
        "com.sun.jna.Function, PLATFORM",
        "acme.shaded.com.sun.jna.Function, PLATFORM",
        "acme.shaded.com.sun.jna.Library$Handler, PLATFORM",
        "acme.com.kenai.jffi.Invoker, PLATFORM",
        "acme.jnr.ffi.provider.jffi.NativeInvocationHandler, PLATFORM",
        "jdk.proxy1.$Proxy0, PLATFORM",
        "com.acme.$Proxy3, PLATFORM",
        "com.sun.jnaclient.Main, APPLICATION",
        "notcom.sun.jna.Main, APPLICATION",
        "acme.java.Main, APPLICATION",
        "acme.jnr.Main, APPLICATION",
        "io.notsock.track.Tracker, AGENT",
        "io.notsock.samples.kb.Job, APPLICATION"
    })
    void whatOnlyCarriesACallIsNoApplicationWhereverItWasRelocatedTo(String type, Frames.Origin origin) {
        assertThat(Frames.origin(SampleAlerts.frame(type, "run", 1))).isEqualTo(origin);
    }
}
