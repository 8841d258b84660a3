package io.notsock.agent.hook;

import io.notsock.track.Inside;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Tells which file of the process's memory an address lies in ({@code /proc/self/maps}, proc_pid_maps(5)): what dlsym(3) found by way of one
 * library may be another's, on which that one depends. Linux only.
 */
final class MappedFiles {
    private static final String MAPS = "/proc/self/maps";
    private static final int HEXADECIMAL = 16;

    private final Inside inside;

    /** @param inside told that the file is the agent's, not the application's, whose thread this is */
    MappedFiles(Inside inside) {
        this.inside = inside;
    }

    /** The file's name without its folder, or {@code null} where it is not known. */
    String at(long address) {
        if (!inside.enter()) {
            return null;
        }
        // No channel: the first one loads the JDK's network library, which is the application's to load.
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(new FileInputStream(MAPS), StandardCharsets.ISO_8859_1))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (holds(line, address)) {
                    int path = line.indexOf('/');
                    return path < 0 ? null : Libraries.withoutFolder(line.substring(path));
                }
            }
        } catch (IOException | RuntimeException e) {
            return null; // no Linux, or no such file to be had
        } finally {
            inside.leave();
        }
        return null;
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
