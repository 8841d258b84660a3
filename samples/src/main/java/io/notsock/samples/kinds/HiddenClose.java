package io.notsock.samples.kinds;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A stream's number is closed by a way that no hook sees, and the system gives it out again. */
public final class HiddenClose {
    /** The number of close(2) among the system calls of Linux. */
    private static final long CLOSE = System.getProperty("os.arch").equals("aarch64") ? 57 : 3;

    private HiddenClose() {}

    public static void main(String[] args) throws IOException {
        Path file = Files.createTempFile("settings", ".txt");
        FileInputStream settings = new FileInputStream(file.toFile());
        Libc.C.syscall(CLOSE, Libc.numberOf(file));
        FileInputStream other = new FileInputStream("/dev/zero");
        System.out.println("settings begin with " + settings.read()); // of the other file
        other.close();
        Files.delete(file);
    }
}
