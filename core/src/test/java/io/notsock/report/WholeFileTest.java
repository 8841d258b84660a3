package io.notsock.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    @TempDir
    Path folder;

    @Test
    void makesFoldersAndAFileForItsOwnerOnly() throws IOException {
        Path file = folder.resolve("a/b/report.html");

        new WholeFile(file, HandleGuard.NONE).write(out -> out.write("\u00fc"));

        assertThat(file).hasContent("\u00fc");
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void aFailureLeavesWhatWasThere() throws IOException {
        Path file = Files.writeString(folder.resolve("report.html"), "old");

        assertThatThrownBy(() -> new WholeFile(file, HandleGuard.NONE).write(out -> {
                    out.write("x".repeat(1 << 18));
                    throw new IOException("disk full");
                }))
                .hasMessage("disk full");

        assertThat(file).hasContent("old");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aLinkStaysALink() throws IOException {
        Path file = Files.writeString(folder.resolve("real.html"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link.html"), file);

        new WholeFile(link, HandleGuard.NONE).write(out -> out.write("new"));

        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(file).hasContent("new");
    }

    @Test
    void nothingMoreIsWrittenIntoADescriptorThatIsAStrangersNow() throws IOException {
        Path file = folder.resolve("report.html");
        AtomicInteger asked = new AtomicInteger();
        WholeFile stolen = new WholeFile(file, (descriptor, path) -> asked.getAndIncrement() == 0);

        assertThatThrownBy(() -> stolen.write(out -> out.write("x".repeat(1 << 20))))
                .hasMessageEndingWith("the application closed our descriptor");
        assertThat(file).doesNotExist();
    }
}
