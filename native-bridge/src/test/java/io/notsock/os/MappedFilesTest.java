package io.notsock.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedFilesTest {
    @TempDir
    private Path folder;

    private MappedFiles files(String... lines) throws IOException {
        return new MappedFiles(Files.writeString(folder.resolve("maps"), String.join("\n", lines) + "\n")
                .toString());
    }

    @Test
    void anAddressBelongsToTheFileThatIsMappedAroundIt() throws IOException {
        MappedFiles files = files(
                "00400000-00401000 r-xp 00000000 fe:00 1311 /usr/bin/a b",
                "7f92a0b7000-7f92a0dd000 r-xp 00026000 fe:00 2021                         /lib/libc.so.6",
                "7f92a0dd000-7f92a0de000 rw-p 00000000 00:00 0",
                "7ffc1000-7ffc2000 r-xp 00000000 fe:00 7 /tmp/jna-1/libx.so (deleted)",
                "ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]");

        assertThat(files.at(0x400000)).isEqualTo("/usr/bin/a b");
        assertThat(files.at(0x7f92a0dcfffL)).isEqualTo("/lib/libc.so.6");
        assertThat(files.at(0x7f92a0dd000L)).as("of no file").isNull();
        assertThat(files.at(0x401000)).as("not mapped").isNull();
        assertThat(files.at(0x7ffc1010)).isEqualTo("/tmp/jna-1/libx.so");
        assertThat(files.at(0xffffffffff600010L)).isNull();
    }

    @Test
    void whatCannotBeReadIsNotTriedAgain() throws IOException {
        MappedFiles files = new MappedFiles(folder.resolve("maps").toString());
        assertThat(files.at(0x400000)).isNull();
        files("00400000-00401000 r-xp 00000000 fe:00 1311 /usr/bin/a");
        assertThat(files.at(0x400000)).isNull();

        MappedFiles odd = files("no line of such a file");
        assertThat(odd.at(1)).isNull();
    }
}
