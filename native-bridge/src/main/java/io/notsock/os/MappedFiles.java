package io.notsock.os;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.AccessController;
import java.security.PrivilegedAction;

/**
 * Tells which file of the process's memory an address lies in ({@code /proc/self/maps}, proc(5)). Where it cannot be read, as on Windows or after a
 * {@code chroot}, that is not tried again. Thread-safe.
 */
public final class MappedFiles {
    private static final int HEXADECIMAL = 16;

    private final String maps;
    private volatile boolean unreadable;

    public MappedFiles() {
        this("/proc/self/maps");
    }

    MappedFiles(String maps) {
        this.maps = maps;
    }

    /** The file's path, or {@code null} where there is none or it cannot be told. */
    @SuppressWarnings("removal") // the application's thread may have fewer rights than the agent, on JDK 11 and 17
    public String at(long address) {
        if (unreadable) {
            return null;
        }
        return AccessController.doPrivileged(
                new PrivilegedAction<>() { // a first lambda would cost the application's thread milliseconds
                    @Override
                    public String run() {
                        return read(address);
                    }
                });
    }

    private String read(long address) {
        // No channel: the first one loads the JDK's network library, which is the application's to load.
        try (FileInputStream file = new FileInputStream(maps);
                BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.ISO_8859_1))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (holds(line, address)) {
                    int path = line.indexOf('/');
                    return path < 0 ? null : ProcWitness.withoutDeleted(line.substring(path));
                }
            }
            return null;
        } catch (IOException | RuntimeException e) {
            unreadable = true;
            return null;
        }
    }

    /** A line begins with the first address and the one behind the last: {@code 7f92a0b7000-7f92a0dd000 r-xp}. */
    private static boolean holds(String line, long address) {
        int dash = line.indexOf('-');
        int space = line.indexOf(' ', dash);
        long from = Long.parseUnsignedLong(line, 0, dash, HEXADECIMAL);
        long to = Long.parseUnsignedLong(line, dash + 1, space, HEXADECIMAL);
        return Long.compareUnsigned(address, from) >= 0 && Long.compareUnsigned(address, to) < 0;
    }
}
