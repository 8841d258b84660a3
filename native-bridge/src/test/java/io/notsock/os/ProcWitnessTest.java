package io.notsock.os;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.evidence.Identity;
import io.notsock.evidence.Witness;
import io.notsock.evidence.Witness.Answer;
import io.notsock.handle.Space;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, disabledReason = "asks /proc")
class ProcWitnessTest {
    private final Witness os = ProcWitness.create();

    @TempDir
    Path folder;

    /** As when the first thread of the process has ended: then nothing is there, whatever is open. */
    @Test
    void doesNotBelieveAFolderWhoseProcessCannotBeSeen() throws IOException {
        Path control = Files.createSymbolicLink(folder.resolve("exe"), Path.of("java"));
        Witness witness = ProcWitness.create(folder + "/", control.toString());

        assertThat(witness.ask(Space.FD, 7)).isEqualTo(Answer.CLOSED);
        Files.delete(control);
        assertThat(witness.ask(Space.FD, 7)).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void whereTheControlMayNotBeReadTheFolderIsBelieved() throws IOException {
        Path noLink = Files.createFile(folder.resolve("exe"));
        Witness witness = ProcWitness.create(folder + "/", noLink.toString());

        assertThat(witness.ask(Space.FD, 7)).isEqualTo(Answer.CLOSED);
    }

    @Test
    void knowsWhenTheProcessWasBorn() {
        assertThat(os.born())
                .asString()
                .matches("[0-9]+")
                .isEqualTo(ProcWitness.create().born());
    }

    @Test
    void tellsOneSocketFromAnother() throws IOException {
        Map<Long, Identity> before = open();
        try (SocketChannel a = SocketChannel.open();
                SocketChannel b = SocketChannel.open()) {
            Map<Long, Identity> made = openedSince(before);
            assertThat(a.isOpen() && b.isOpen()).isTrue();
            assertThat(ofKind(made, Identity.SOCKET)).hasSizeGreaterThanOrEqualTo(2);
            assertAllDiffer(ofKind(made, Identity.SOCKET));
        }
    }

    @Test
    void tellsThePipesApartButOfSelectorsOnlyTheKind() throws IOException {
        Map<Long, Identity> before = open();
        Pipe one = Pipe.open();
        Pipe other = Pipe.open();
        try (Selector a = Selector.open();
                Selector b = Selector.open()) {
            Map<Long, Identity> made = openedSince(before);
            assertThat(a.isOpen() && b.isOpen()).isTrue();
            assertThat(ofKind(made, Identity.PIPE)).hasSizeGreaterThanOrEqualTo(4);
            Map<Long, Identity> selectors = ofKind(made, "anon_inode:[eventpoll]");
            assertThat(selectors).hasSizeGreaterThanOrEqualTo(2);
            Identity first = selectors.values().iterator().next();
            assertThat(selectors.values()).allMatch(first::mayBe);
        } finally {
            one.source().close();
            one.sink().close();
            other.source().close();
            other.sink().close();
        }
    }

    @Test
    void aFileIsTheSameAfterARenameAndAnotherOneIsNot() throws IOException {
        Path first = Files.createFile(folder.resolve("first"));
        Path second = Files.createFile(folder.resolve("second"));
        Map<Long, Identity> before = open();
        try (FileChannel a = FileChannel.open(first, StandardOpenOption.READ);
                FileChannel b = FileChannel.open(second, StandardOpenOption.READ)) {
            assertThat(a.isOpen() && b.isOpen()).isTrue();
            Map<Long, Identity> files = ofKind(openedSince(before), Identity.FILE);
            long number = numberOf(files, first);
            Identity seen = files.get(number);
            assertThat(seen.mayBe(files.get(numberOf(files, second)))).isFalse();
            Files.move(first, folder.resolve("moved"));
            assertThat(seen.mayBe(os.identify(Space.FD, number))).isTrue();
            Files.delete(folder.resolve("moved"));
            assertThat(seen.mayBe(os.identify(Space.FD, number))).isTrue();
        }
    }

    @Test
    void knowsNothingOfWhatIsNotOpenOrNoDescriptor() {
        assertThat(os.identify(Space.FD, 1_000_000)).isNull();
        assertThat(os.ask(Space.FD, 1_000_000)).isEqualTo(Answer.CLOSED);
        assertThat(os.identify(Space.PTHREAD, 1)).isNull();
        assertThat(os.ask(Space.PTHREAD, 1)).isEqualTo(Answer.UNKNOWN);
    }

    private static long numberOf(Map<Long, Identity> files, Path path) {
        return files.entrySet().stream()
                .filter(e -> e.getValue().name().endsWith("/" + path.getFileName()))
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    private static void assertAllDiffer(Map<Long, Identity> identities) {
        identities.forEach((number, identity) ->
                identities.forEach((other, it) -> assertThat(identity.mayBe(it)).isEqualTo(number.equals(other))));
    }

    private static Map<Long, Identity> ofKind(Map<Long, Identity> all, String kind) {
        Map<Long, Identity> some = new TreeMap<>(all);
        some.values().removeIf(identity -> !identity.kind().equals(kind));
        return some;
    }

    private Map<Long, Identity> openedSince(Map<Long, Identity> before) {
        Map<Long, Identity> now = open();
        now.entrySet()
                .removeIf(e ->
                        before.containsKey(e.getKey()) && before.get(e.getKey()).mayBe(e.getValue()));
        return now;
    }

    private Map<Long, Identity> open() {
        Map<Long, Identity> found = new TreeMap<>();
        for (long number = 0; number < 512; number++) {
            Identity identity = os.identify(Space.FD, number);
            if (identity != null) {
                found.put(number, identity);
            }
        }
        return found;
    }
}
