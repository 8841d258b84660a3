package io.notsock.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.notsock.alert.Alert;
import io.notsock.alert.SampleAlerts;
import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AlertFileTest {
    private static final Alert ALERT = SampleAlerts.staleClose().build();
    private static final String LINE = JsonFormat.line(ALERT);

    @TempDir
    Path folder;

    @Test
    void writesOneLineAnAlertAndCreatesFolders() throws IOException {
        Path path = folder.resolve("a/b/alerts.json");
        AlertFile file = new AlertFile(path, HandleGuard.NONE);

        file.write(ALERT);
        file.write(ALERT);

        assertThat(path).hasContent(LINE + "\n" + LINE + "\n");
    }

    @Test
    void isThereAndEmptyAfterAHealthyRun() throws IOException {
        Path path = folder.resolve("alerts.json");

        new AlertFile(path, HandleGuard.NONE).prepare();

        assertThat(path).isEmptyFile();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no POSIX permissions there")
    void isReadableByItsOwnerOnly() throws IOException {
        Path path = folder.resolve("alerts.json");

        new AlertFile(path, HandleGuard.NONE).write(ALERT);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
    }

    @Test
    void aTornLastLineIsEndedAtTheNextStart() throws IOException {
        Path path = folder.resolve("alerts.json");
        Files.writeString(path, "{\"schema\":\"notso");

        AlertFile file = new AlertFile(path, HandleGuard.NONE);
        file.prepare();
        assertThat(path).hasContent("{\"schema\":\"notso\n");
        file.write(ALERT);

        assertThat(Files.readString(path)).isEqualTo("{\"schema\":\"notso\n" + LINE + "\n");
    }

    @Test
    void aWholeLastLineIsLeftAlone() throws IOException {
        Path path = folder.resolve("alerts.json");
        Files.writeString(path, "{}\n");

        new AlertFile(path, HandleGuard.NONE).write(ALERT);

        assertThat(Files.readString(path)).isEqualTo("{}\n" + LINE + "\n");
    }

    @Test
    void afterAFailedWriteATornLineIsEndedFirst() throws IOException {
        Path path = folder.resolve("alerts.json");
        Answers guard = new Answers();
        AlertFile file = new AlertFile(path, guard);
        file.write(ALERT);
        // No for the first descriptor and for the fresh one, before the write and at our own close.
        guard.nextAnswers.addAll(List.of(false, false, false, false));
        assertThatThrownBy(() -> file.write(ALERT)).isInstanceOf(IOException.class);
        // What a full disk would have left behind.
        Files.writeString(path, LINE + "\n{\"sch");

        file.write(ALERT);

        assertThat(Files.readString(path)).isEqualTo(LINE + "\n{\"sch\n" + LINE + "\n");
    }

    @Test
    void aDescriptorThatIsNotOursAnyMoreIsNeitherWrittenNorClosed() throws IOException {
        Path path = folder.resolve("alerts.json");
        Answers guard = new Answers();
        AlertFile file = new AlertFile(path, guard);
        file.prepare();
        guard.asked.clear();
        guard.nextAnswers.addAll(List.of(false, false, false, false));

        assertThatThrownBy(() -> file.write(ALERT))
                .isInstanceOf(IOException.class)
                .hasMessage(path + ": the application closed our descriptor");

        assertThat(path).isEmptyFile();
        assertThat(guard.asked.get(0).valid()).isTrue();
        file.write(ALERT);
        assertThat(path).hasContent(LINE + "\n");
        assertThat(guard.asked.get(guard.asked.size() - 1).valid()).isFalse();
    }

    @Test
    void anApplicationThatTakesEveryDescriptorLosesTheFile() {
        Path path = folder.resolve("alerts.json");
        List<FileDescriptor> asked = new ArrayList<>();
        AlertFile file = new AlertFile(path, (descriptor, opened) -> !asked.add(descriptor));

        for (int i = 0; i < 70; i++) {
            assertThatThrownBy(() -> file.write(ALERT)).isInstanceOf(IOException.class);
        }

        assertThat(asked.stream().distinct()).hasSize(64);
        assertThatThrownBy(() -> file.write(ALERT)).hasMessageContaining("given up");
    }

    @Test
    void anUnwritablePathFailsAndIsTriedAgain() throws IOException {
        Path path = folder.resolve("alerts.json");
        Files.createDirectory(path);
        AlertFile file = new AlertFile(path, HandleGuard.NONE);

        assertThatThrownBy(file::prepare).isInstanceOf(IOException.class).hasMessageContaining("alerts.json");
        assertThatThrownBy(() -> file.write(ALERT)).isInstanceOf(IOException.class);
        Files.delete(path);
        file.write(ALERT);

        assertThat(path).hasContent(LINE + "\n");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "/dev/full is Linux's")
    void aFullDeviceFailsAndIsTriedAgain() {
        AlertFile file = new AlertFile(Path.of("/dev/full"), HandleGuard.NONE);

        assertThatThrownBy(() -> file.write(ALERT)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> file.write(ALERT)).isInstanceOf(IOException.class);
    }

    @Test
    void aRotatedFileIsMadeAnew() throws IOException {
        Path path = folder.resolve("alerts.json");
        AlertFile file = new AlertFile(path, HandleGuard.NONE);
        file.write(ALERT);
        Files.move(path, folder.resolve("alerts.json.1"));

        file.write(ALERT);

        assertThat(path).hasContent(LINE + "\n");
    }

    /** Says yes, unless it was told the next answers. */
    private static final class Answers implements HandleGuard {
        private final List<Boolean> nextAnswers = new ArrayList<>();
        private final List<FileDescriptor> asked = new ArrayList<>();

        @Override
        public boolean holds(FileDescriptor descriptor, Path file) {
            asked.add(descriptor);
            return nextAnswers.isEmpty() || nextAnswers.remove(0);
        }
    }
}
