package io.notsock.agent.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassCacheTest {
    private static final byte[] ORIGINAL = {1, 2, 3};
    private static final byte[] WOVEN = {1, 2, 3, 4};

    @TempDir
    private Path folder;

    private Path classes;

    @BeforeEach
    void posixOnly() {
        assumeThat(File.separatorChar).as("owner and mode are of POSIX").isEqualTo('/');
        classes = folder.resolve("notsock/classes");
    }

    private ClassCache cache() {
        return ClassCache.in(classes, true, "a build");
    }

    private void keepOne() throws IOException {
        ClassCache cache = cache();
        cache.add("a/B", ORIGINAL, WOVEN);
        cache.save();
    }

    private Path file() throws IOException {
        try (Stream<Path> files = Files.list(classes)) {
            return files.toList().get(0);
        }
    }

    @Test
    void theNextStartFindsWhatThisOneHasWoven() throws IOException {
        assertThat(cache().find("a/B", ORIGINAL)).isNull();
        keepOne();

        assertThat(cache().find("a/B", ORIGINAL)).isEqualTo(WOVEN);
        assertThat(cache().find("a/B", WOVEN)).as("other bytes").isNull();
        assertThat(cache().find("a/C", ORIGINAL)).as("another class").isNull();
        assertThat(ClassCache.in(classes, true, "another build").find("a/B", ORIGINAL))
                .isNull();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(classes)))
                .isEqualTo("rwx------");
    }

    @Test
    void twoStartsAtOnceKeepTheWorkOfBoth() throws IOException {
        ClassCache one = cache();
        ClassCache other = cache();
        one.add("a/One", ORIGINAL, WOVEN);
        other.add("a/Other", ORIGINAL, WOVEN);
        one.save();
        other.save();

        assertThat(cache().find("a/One", ORIGINAL)).isEqualTo(WOVEN);
        assertThat(cache().find("a/Other", ORIGINAL)).isEqualTo(WOVEN);
    }

    /** As another start's file that was finished, or removed, while this one looked at it. */
    @Test
    void whatIsOldAndCannotBeRemovedFailsNoStart() throws IOException {
        Path old = Files.createDirectories(classes.resolve("old.classes"));
        Files.createFile(old.resolve("in-the-way"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(31))));

        keepOne();

        assertThat(cache().find("a/B", ORIGINAL)).isEqualTo(WOVEN);
        assertThat(old).exists();
    }

    @Test
    void whatOthersMayWriteIsNotTrusted() throws IOException {
        keepOne();
        Path file = file();
        for (PosixFilePermission others : Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE)) {
            for (Path path : Set.of(file, classes)) {
                Set<PosixFilePermission> before = Files.getPosixFilePermissions(path);
                Set<PosixFilePermission> more = Files.getPosixFilePermissions(path);
                more.add(others);
                Files.setPosixFilePermissions(path, more);
                assertThat(cache().find("a/B", ORIGINAL))
                        .as("%s %s", path, more)
                        .isNull();
                Files.setPosixFilePermissions(path, before);
            }
        }
        assertThat(cache().find("a/B", ORIGINAL)).isEqualTo(WOVEN);
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        keepOne();
        Path file = file();
        Path elsewhere = Files.move(file, folder.resolve("elsewhere"));
        Files.createSymbolicLink(file, elsewhere);

        assertThat(cache().find("a/B", ORIGINAL))
                .as("a link's mode allows everybody everything")
                .isNull();
    }

    @Test
    void whatTheJvmRefusedIsNeverGivenAgain() throws IOException {
        keepOne();
        ClassCache cache = cache();
        cache.distrust();

        assertThat(cache.find("a/B", ORIGINAL)).isNull();
    }

    @Test
    void aFolderThatCannotBeMadeCostsTheCacheOnly() throws IOException {
        Files.createFile(folder.resolve("notsock"));
        ClassCache cache = cache();
        cache.add("a/B", ORIGINAL, WOVEN);

        assertThatThrownBy(cache::save).isInstanceOf(IOException.class);
        cache.add("a/C", ORIGINAL, WOVEN);
        cache.save(); // nothing is kept for it any more
        assertThat(cache.find("a/B", ORIGINAL)).isNull();
    }
}
