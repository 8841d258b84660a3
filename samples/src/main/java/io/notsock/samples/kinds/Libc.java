package io.notsock.samples.kinds;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A few functions of the C library, as a program maps them that works with raw descriptors. */
interface Libc extends Library {
    Libc C = Native.load("c", Libc.class);

    int O_RDWR = 2;

    int open(String path, int flags);

    int write(int number, byte[] bytes, long count);

    int close(int number);

    /** Any system call by its number: not in notsock's catalog, so what it closes is closed unseen. */
    long syscall(long which, long argument);

    /** The number under which this process has the file open. */
    static int numberOf(Path file) throws IOException {
        Path real = file.toRealPath();
        try (DirectoryStream<Path> numbers = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path number : numbers) {
                if (real.equals(target(number))) {
                    return Integer.parseInt(number.getFileName().toString());
                }
            }
        }
        throw new IOException(file + " is not open");
    }

    private static Path target(Path number) throws IOException {
        try {
            return Files.readSymbolicLink(number);
        } catch (NoSuchFileException e) {
            return null; // closed meanwhile
        }
    }
}
