package io.notsock.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.evidence.Act;
import io.notsock.evidence.Recorder;
import io.notsock.evidence.StackPolicy;
import io.notsock.evidence.Witness;
import io.notsock.handle.HandleType;
import io.notsock.handle.Space;
import io.notsock.pipeline.WallClock;
import io.notsock.registry.Life;
import io.notsock.registry.Opening;
import io.notsock.registry.OwnerRef;
import io.notsock.registry.Reachability;
import io.notsock.registry.Registry;
import io.notsock.track.OwnerNumbers;
import io.notsock.track.Tracker;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.IdentityHashMap;
import org.junit.jupiter.api.Test;

/** What an exception is told of an object, by lives and ends of the test's own making. */
class ExplainerTest {
    private static final Opening OPENING =
            new Opening(Space.FD, HandleType.SOCKET, "java:sun.nio.ch.Net.socket", true, false, false);

    private final Registry registry = new Registry(4, Reachability.BY_GET);
    private final IdentityHashMap<Object, Long> numbers = new IdentityHashMap<>();
    private final IdentityHashMap<Object, Object> insides = new IdentityHashMap<>();
    private final IdentityHashMap<Object, String> behind = new IdentityHashMap<>();
    private final OwnerNumbers asked = owner -> numbers.getOrDefault(owner, OwnerNumbers.CANNOT_ASK);
    private final Recorder recorder = new Recorder(StackPolicy.ALL);
    private final Explainer explainer = explainer(recorder);

    private Explainer explainer(Recorder by) {
        Tracker tracker = new Tracker(registry, by, Witness.SILENT, asked, f -> {}, f -> {}, false, null);
        return new Explainer(
                Space.FD,
                registry,
                by,
                asked,
                tracker.inside(),
                new Insides() {
                    @Override
                    public Object[] of(Object object) {
                        return insides.containsKey(object) ? new Object[] {insides.get(object)} : new Object[0];
                    }

                    @Override
                    public Object owner(Object object) {
                        return object;
                    }

                    @Override
                    public boolean mayOwn(Object object) {
                        return numbers.containsKey(object);
                    }

                    @Override
                    public String name(Object object) {
                        return "thing";
                    }

                    @Override
                    public String behind(Object object) {
                        return behind.get(object);
                    }
                },
                new WallClock(),
                32);
    }

    private Life open(Object owner, long number) {
        numbers.put(owner, number);
        Act opened = recorder.record(Act.What.OPEN, OPENING.api(), false);
        return registry.begin(OPENING, number, opened, new OwnerRef(owner, OwnerRef.Part.OPENER, true, null));
    }

    private void close(Life life, String api) {
        life.beginClose(recorder.record(Act.What.CLOSE, api, false));
        life.finishClose();
    }

    private static HandleHistory only(Throwable thrown) {
        assertThat(thrown.getSuppressed()).hasSize(1);
        return (HandleHistory) thrown.getSuppressed()[0];
    }

    private IOException explained(Object object) {
        IOException thrown = new IOException("Stream Closed");
        explainer.explain(object, thrown, true);
        return thrown;
    }

    @Test
    void aChannelIsExplainedThroughItsDescriptor() {
        Object channel = new Object();
        Object descriptor = new Object();
        insides.put(channel, descriptor);
        close(open(descriptor, 7), "java:sun.nio.ch.SocketDispatcher.close");

        HandleHistory history = only(explained(channel));

        assertThat(history)
                .hasMessageStartingWith("fd 7 (socket, generation 1) closed by thread \"main\" (1), ")
                .hasMessageContaining("through java:sun.nio.ch.SocketDispatcher.close");
        // The frames of this test are the agent's own by their package, and left out.
        assertThat(history.getStackTrace()).isNotEmpty();
        assertThat(history.getCause()).hasMessageStartingWith("opened by thread \"main\" (1), ");
        assertThat(history.getCause().getStackTrace()).isNotEmpty();
    }

    @Test
    void whoPutAnotherFileThereIsNamed() {
        Object descriptor = new Object();
        Life socket = open(descriptor, 7);
        assertThat(explained(descriptor).getSuppressed()).isEmpty();
        Act put = recorder.record(Act.What.REPLACE, "jna:dup2", false);
        registry.begin(OPENING, 7, put, socket.owners());
        socket.kill(put);

        HandleHistory history = only(explained(descriptor));

        assertThat(history)
                .hasMessageStartingWith(
                        "fd 7 (socket, generation 1) replaced underneath its owner by thread \"main\" (1), ")
                .hasMessageContaining("through jna:dup2");
        assertThat(history.getCause()).hasMessageStartingWith("opened by thread \"main\" (1), ");
    }

    @Test
    void whereItLedToIsToldByWhoeverStillKnows() {
        Object socket = new Object();
        Object descriptor = new Object();
        insides.put(socket, descriptor);
        close(open(descriptor, 7), "java:java.net.SocketCleanable");
        behind.put(descriptor, "port 5000 -> 127.0.0.1:80");

        assertThat(only(explained(socket)))
                .hasMessageStartingWith(
                        "fd 7 (socket, generation 1, port 5000 -> 127.0.0.1:80) closed by thread \"main\" (1), ");
    }

    @Test
    void itsOwnLifeCountsNotTheOneThatHasItsNumberNow() {
        Object descriptor = new Object();
        close(open(descriptor, 7), "mine");
        close(open(new Object(), 7), "another's");

        assertThat(only(explained(descriptor)))
                .hasMessageContaining("generation 1")
                .hasMessageContaining("mine");
    }

    @Test
    void anOwnerThatHasLetGoOfItsNumberIsFoundAllTheSame() {
        Object descriptor = new Object();
        close(open(descriptor, 7), "mine");
        numbers.put(descriptor, -1L);

        assertThat(only(explained(descriptor))).hasMessageContaining("through mine");
        assertThat(only(explained(descriptor))).hasMessageContaining("through mine");
    }

    @Test
    void whoBeganToCloseIsNamedNotTheBlockedThreadThatFreedTheNumber() {
        Object descriptor = new Object();
        Life life = open(descriptor, 7);
        explainer.ends("java:java.nio.channels.Channel.close", descriptor);
        assertThat(only(explained(descriptor))).hasMessageContaining("Channel.close");
        close(life, "java:sun.nio.ch.SocketDispatcher.close");

        assertThat(only(explained(descriptor))).hasMessageContaining("Channel.close");
    }

    @Test
    void whoBeganToCloseIsKnownThroughWhateverIsAroundTheDescriptor() {
        Object channel = new Object();
        Object descriptor = new Object();
        insides.put(channel, descriptor);
        open(descriptor, 7);
        explainer.ends("java:sun.nio.ch.Poller.stopPoll", channel);

        assertThat(only(explained(channel)))
                .hasMessageStartingWith("fd 7 (socket, generation 1) closed by")
                .hasMessageContaining("Poller.stopPoll");
    }

    @Test
    void theEndOfWhatIsAroundAHandleIsToldWithTheHandlesOpening() {
        Object channel = new Object();
        Object threads = new Object();
        insides.put(channel, threads);
        explainer.ends("java:java.nio.channels.FileChannel.close", threads);
        assertThat(only(explained(channel)))
                .hasMessageStartingWith("thing closed by")
                .hasNoCause();
        Object selector = new Object();
        open(selector, 9);
        numbers.put(selector, OwnerNumbers.CANNOT_ASK);
        explainer.ends("java:java.nio.channels.Selector.close", selector);

        assertThat(only(explained(selector)))
                .hasMessageStartingWith("fd 9 (socket, generation 1) closed by")
                .hasMessageContaining("Selector.close");
        assertThat(only(explained(selector)).getCause()).hasMessageStartingWith("opened by");
    }

    @Test
    void anOpenHandleOrAnUnknownObjectExplainsNothing() {
        Object descriptor = new Object();
        open(descriptor, 7);

        assertThat(explained(descriptor).getSuppressed()).isEmpty();
        assertThat(explained(new Object()).getSuppressed()).isEmpty();
    }

    @Test
    void onceForAnException() {
        Object descriptor = new Object();
        close(open(descriptor, 7), "mine");
        IOException thrown = explained(descriptor);
        explainer.explain(descriptor, thrown, false);

        only(thrown);
    }

    @Test
    void whatHasNothingToDoWithClosingIsLeftAlone() {
        Object descriptor = new Object();
        close(open(descriptor, 7), "mine");
        IndexOutOfBoundsException thrown = new IndexOutOfBoundsException();
        explainer.explain(descriptor, thrown, false);

        assertThat(thrown.getSuppressed()).isEmpty();
    }

    @Test
    void anObjectWithoutHandleIsToldByItsFirstEnd() {
        Object zip = new Object();
        explainer.begun("java:java.util.zip.ZipFile", zip);
        explainer.ends("first", zip);
        explainer.ends("second", zip);
        IllegalStateException thrown = new IllegalStateException("zip file closed");
        explainer.explain(zip, thrown, false);

        assertThat(only(thrown)).hasMessageStartingWith("thing closed by ").hasMessageContaining("through first");
        assertThat(only(thrown).getCause()).hasMessageContaining("java:java.util.zip.ZipFile");
    }

    @Test
    void aStreamAroundAnotherEndsWithIt() {
        Object buffered = new Object();
        Object descriptor = new Object();
        Life life = open(descriptor, 7);
        explainer.endsWith(buffered, descriptor);
        assertThat(explained(buffered).getSuppressed()).isEmpty();
        close(life, "java:java.io.FileDescriptor.close");

        assertThat(only(explained(buffered))).hasMessageContaining("java:java.io.FileDescriptor.close");
    }

    @Test
    void aStackThatWasNotCapturedIsSaidToBe() {
        Explainer sparing = explainer(new Recorder(StackPolicy.OFF));
        Object zip = new Object();
        sparing.ends("java:java.util.zip.ZipFile.close", zip);
        IllegalStateException thrown = new IllegalStateException("zip file closed");
        sparing.explain(zip, thrown, false);

        assertThat(only(thrown)).hasMessageContaining("through java:java.util.zip.ZipFile.close, stack not captured");
        assertThat(only(thrown).getStackTrace()).isEmpty();
    }

    @Test
    void itIsSerializedAsAPlainThrowable() throws Exception {
        Object descriptor = new Object();
        close(open(descriptor, 7), "mine");
        IOException thrown = explained(descriptor);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(thrown);
        }
        IOException received;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            received = (IOException) in.readObject();
        }

        assertThat(bytes.toString("ISO-8859-1")).doesNotContain("HandleHistory;", "io.notsock.explain.HandleHistory");
        Throwable plain = received.getSuppressed()[0];
        assertThat(plain.getClass()).isEqualTo(Throwable.class);
        assertThat(plain).hasMessage("HandleHistory: " + only(thrown).getMessage());
        assertThat(plain.getStackTrace()).isEqualTo(only(thrown).getStackTrace());
        assertThat(plain.getCause().getClass()).isEqualTo(Throwable.class);
    }

    /** The owner of the first handle closes its number as it should; guilty is who closed that underneath it before. */
    @Test
    void ofOneIncidentTheFirstCloseIsTold() {
        Object incident = new Object();
        Life robbed = open(new Object(), 7);
        robbed.kill(recorder.record(Act.What.CLOSE, "jna:close", true));
        robbed.joinIncident(incident);
        Object victim = new Object();
        Life second = open(victim, 7);
        second.kill(recorder.record(Act.What.CLOSE, "java:java.io.FileDescriptor.close", true));
        second.joinIncident(incident);

        assertThat(only(explained(victim)))
                .hasMessageStartingWith("fd 7 (socket, generation 2) closed underneath its owner; "
                        + "that began with fd 7 (socket, generation 1), closed by thread \"main\"")
                .hasMessageContaining("through jna:close");
    }

    /** What was wrong with the number at another time has nothing to do with it. */
    @Test
    void anotherIncidentIsNotTold() {
        Life robbed = open(new Object(), 7);
        robbed.kill(recorder.record(Act.What.CLOSE, "jna:close", true));
        robbed.joinIncident(new Object());
        Object victim = new Object();
        Life second = open(victim, 7);
        second.kill(recorder.record(Act.What.CLOSE, "ffm:close", true));
        second.joinIncident(new Object());

        assertThat(only(explained(victim)))
                .hasMessageStartingWith("fd 7 (socket, generation 2) closed underneath its owner by thread \"main\"")
                .hasMessageContaining("through ffm:close");
    }
}
