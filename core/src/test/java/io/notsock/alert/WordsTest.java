package io.notsock.alert;

import static io.notsock.alert.SampleAlerts.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.handle.HandleType;
import io.notsock.handle.Space;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Summary and advice. */
class WordsTest {
    private static final Party RAW = new Party.Builder(Party.Role.ROGUE)
            .thread("w", 2, false)
            .api("jna:close")
            .stack(frame("com.acme.CacheDrop", "drop", 17))
            .build();

    @Test
    void foreignCloseByARawCall() {
        Alert alert = SampleAlerts.of(AlertKind.FOREIGN_CLOSE, HandleType.FILE)
                .culprit(Culprit.ROGUE)
                .party(RAW)
                .party(owner("java.io.FileInputStream@1"))
                .build();

        assertThat(Summary.of(alert)).isEqualTo("jna:close by \"w\" killed java.io FileInputStream of \"main\"");
        assertThat(Advice.of(alert))
                .startsWith(
                        "Remove the jna:close in com.acme.CacheDrop.drop(CacheDrop.java:17): java.io FileInputStream"
                                + " owns fd 42 and will close it itself.")
                .contains("(dup)");
    }

    @ParameterizedTest
    @CsvSource({
        "java.io.FileOutputStream (java.io.FileDescriptor@1b2c),, java.io FileOutputStream of \"main\"",
        "java.nio.channels.SocketChannel,                        , java.nio SocketChannel of \"main\"",
        "sun.nio.ch.SocketChannelImpl@1b2c,                      , java.nio SocketChannel of \"main\"",
        ", java:java.io.FileCleanable,                             java.io stream of \"main\"",
        ", java:sun.nio.fs.UnixChannelFactory.open,                java.nio FileChannel of \"main\"",
        // known by what it is only
        ", java:sun.nio.ch.Net.socket,                             file of \"main\"",
        ", jna:open,                                               file of \"main\"",
    })
    void theOwnerIsCalledWhatPeopleCallIt(String owner, String api, String expected) {
        Alert alert = SampleAlerts.of(AlertKind.FOREIGN_CLOSE, HandleType.FILE)
                .party(RAW)
                .party(new Party.Builder(Party.Role.VICTIM)
                        .thread("main", 1, false)
                        .api(api)
                        .owner(owner)
                        .build())
                .build();

        assertThat(Summary.of(alert)).isEqualTo("jna:close by \"w\" killed " + expected);
    }

    @Test
    void aCleanerIsNamedByItsHook() {
        Party cleaner = new Party.Builder(Party.Role.ROGUE)
                .thread("Common-Cleaner", 9, false)
                .api("java:java.io.FileCleanable.performCleanup")
                .build();

        assertThat(Wording.act(cleaner, "closed"))
                .isEqualTo("Cleaner of a java.io stream closed by \"Common-Cleaner\"");
    }

    @Test
    void foreignCloseByASecondObject() {
        Alert alert = SampleAlerts.of(AlertKind.FOREIGN_CLOSE, HandleType.FILE)
                .party(new Party.Builder(Party.Role.ROGUE)
                        .thread("w", 2, false)
                        .api("java:java.io.FileDescriptor")
                        .owner("java.io.FileDescriptor@2")
                        .build())
                .party(owner("java.io.FileInputStream@1"))
                .build();

        assertThat(Advice.of(alert))
                .startsWith("Two objects, java.io FileDescriptor and java.io FileInputStream, wrap fd 42.");
    }

    @Test
    void foreignCloseByAnotherObjectOfTheSameClass() {
        Alert alert = SampleAlerts.of(AlertKind.FOREIGN_CLOSE, HandleType.FILE)
                .party(new Party.Builder(Party.Role.ROGUE)
                        .api("java:java.io.FileDescriptor.close")
                        .owner("java.io.FileInputStream (java.io.FileDescriptor@2)")
                        .build())
                .party(owner("java.io.FileInputStream@1"))
                .build();

        assertThat(Advice.of(alert)).startsWith("Two objects of java.io FileInputStream wrap fd 42.");
    }

    @Test
    void twoClosesOfAPlainNumberAtOnePlace() {
        Alert alert = SampleAlerts.of(AlertKind.DOUBLE_CLOSE, HandleType.UNKNOWN)
                .party(RAW)
                .party(new Party.Builder(Party.Role.FIRST_CLOSE)
                        .thread("w", 2, false)
                        .api("jna:close")
                        .stack(frame("com.acme.CacheDrop", "drop", 17))
                        .build())
                .build();

        assertThat(Advice.of(alert)).contains("com.acme.CacheDrop.drop(CacheDrop.java:17) must not close fd 42 twice");
    }

    @Test
    void foreignCloseByACleaner() {
        Alert alert = SampleAlerts.of(AlertKind.FOREIGN_CLOSE, HandleType.FILE)
                .party(new Party.Builder(Party.Role.ROGUE)
                        .thread("Common-Cleaner", 9, false)
                        .api("java:java.io.FileDescriptor")
                        .detail("closed by Cleaner")
                        .build())
                .party(owner("java.io.FileInputStream@1"))
                .build();

        assertThat(Advice.of(alert)).contains("its Cleaner closed the number");
    }

    @Test
    void closingWhatTheCRuntimeCloses() {
        Alert alert = new Alert.Builder(
                        AlertKind.FOREIGN_CLOSE, new AlertHandle(Space.HANDLE, 400, HandleType.THREAD, 1))
                .time(SampleAlerts.TIME)
                .confidence(Confidence.CERTAIN)
                .party(RAW)
                .party(new Party.Builder(Party.Role.VICTIM)
                        .api("crt:_beginthread")
                        .build())
                .build();

        assertThat(Advice.of(alert)).contains("_beginthreadex").contains("Q155738");
    }

    @Test
    void aRedirectOverAnArmedOwner() {
        Alert alert = SampleAlerts.of(AlertKind.FOREIGN_CLOSE, HandleType.FILE)
                .party(new Party.Builder(Party.Role.ROGUE).api("ffm:dup2").build())
                .party(owner("java.io.FileInputStream@1"))
                .build();

        assertThat(Advice.of(alert)).contains("If a redirect is meant");
    }

    @Test
    void theKilledOwnersOwnCloseIsNotBlamed() {
        String advice = Advice.of(SampleAlerts.staleClose().build());

        assertThat(advice)
                .startsWith("Leave com.acme.Pool.lambda$evict$3(Pool.java:42) as it is")
                .contains("Remove the jna:close in com.acme.CacheDrop.drop(CacheDrop.java:17)");
    }

    @Test
    void aStaleObjectIsToldToForgetItsNumber() {
        String advice =
                Advice.of(SampleAlerts.staleClose().culprit(Culprit.ROGUE).build());

        assertThat(advice)
                .startsWith("java.nio SocketChannel kept its number after its first close and closed it again in"
                        + " com.acme.Pool.lambda$evict$3(Pool.java:42)")
                .contains("compareAndSet")
                .contains("Nothing is wrong in thread \"conn-9\"");
    }

    @Test
    void anUnseenCloserIsToBeMadeVisible() {
        Alert alert = SampleAlerts.of(AlertKind.DOUBLE_CLOSE, HandleType.SOCKET)
                .culprit(Culprit.FIRST_CLOSE)
                .party(SampleAlerts.rogue().build())
                .party(new Party.Builder(Party.Role.FIRST_CLOSE)
                        .detail("not seen")
                        .build())
                .build();

        assertThat(Summary.of(alert))
                .isEqualTo(
                        "somebody unseen took fd 42 from java.nio SocketChannel, whose rightful close by \"worker-3\" then"
                                + " found it closed");
        assertThat(Advice.of(alert)).contains("strace").contains("catalog=").contains("log=file:");
    }

    @Test
    void leakNamesTheOpeningSite() {
        Alert alert = SampleAlerts.of(AlertKind.LEAK, HandleType.FILE)
                .party(owner("java.io.FileInputStream@1"))
                .build();

        assertThat(Summary.of(alert)).isEqualTo("java.io FileInputStream opened by \"main\" was never closed");
        assertThat(Advice.of(alert)).contains("com.acme.Main.open(Main.java:3)");
    }

    @ParameterizedTest
    @EnumSource(AlertKind.class)
    void everyKindHasWordsWhateverIsKnown(AlertKind kind) {
        Alert bare = SampleAlerts.of(kind, HandleType.UNKNOWN).build();
        Alert full = bare.toBuilder()
                .party(SampleAlerts.rogue().build())
                .party(SampleAlerts.firstClose().build())
                .party(SampleAlerts.victim().build())
                .build();

        for (Culprit culprit : Culprit.values()) {
            for (Alert.Builder b : new Alert.Builder[] {bare.toBuilder(), full.toBuilder()}) {
                Alert alert = b.culprit(culprit).build();
                assertThat(Summary.of(alert)).isNotBlank().doesNotContain("null");
                assertThat(Advice.of(alert)).isNotBlank().doesNotContain("null");
                assertThat(Consequences.of(alert, null).text()).isNotBlank().doesNotContain("null");
            }
        }
    }

    private static Party owner(String owner) {
        return new Party.Builder(Party.Role.VICTIM)
                .thread("main", 1, false)
                .api("java:java.io.FileCleanable")
                .owner(owner)
                .stack(frame("com.acme.Main", "open", 3))
                .build();
    }
}
