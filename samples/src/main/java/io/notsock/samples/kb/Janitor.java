package io.notsock.samples.kb;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Closes descriptors of spool files that it thinks were forgotten, by their number. This is the bug. */
final class Janitor {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    /** The C library, as JNA maps it. */
    interface C extends Library {
        C LIBRARY = Native.load("c", C.class);

        int close(int number);
    }

    private final Path spool;

    Janitor(Path spool) throws IOException {
        this.spool = spool.toRealPath();
        // Loaded before the story begins: loading opens files, and could take the number in question.
        if (C.LIBRARY.close(-1) != -1) {
            throw new IOException("close(-1) succeeded");
        }
    }

    /** The number of an open file in the spool folder. */
    long findNumber() throws IOException {
        try (DirectoryStream<Path> numbers = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path number : numbers) {
                if (target(number).startsWith(spool.toString())) {
                    return Long.parseLong(number.getFileName().toString());
                }
            }
        }
        throw new IOException("no spool file is open");
    }

    Void close(long number) throws IOException {
        if (C.LIBRARY.close((int) number) != 0) {
            throw new IOException("close(" + number + ") failed");
        }
        return null;
    }

    /** What the system has behind this number now. */
    String describe(long number) throws IOException {
        return target(DESCRIPTORS.resolve(Long.toString(number)));
    }

    private static String target(Path number) throws IOException {
        try {
            return Files.readSymbolicLink(number).toString();
        } catch (NoSuchFileException e) {
            return ""; // closed meanwhile
        }
    }
}
