package io.notsock.agent.boot;

import java.util.Arrays;

/**
 * Class files and resources of the agent's, one behind the other. One read brings all of them, where an entry of the jar for
 * each took a quarter of a millisecond of every start, and where the JVM, which goes through the jar's list of entries at every
 * start, has few of them to go through.
 *
 * <p>A table at the beginning tells by the hash of a class's name, or of a resource's path, where it lies: four bytes for the
 * number of rows, then rows of hash, offset and length, four bytes each, an offset of zero for none. Written by {@link
 * ClassImageWriter}, of the same build. Thread-safe.
 */
final class ClassImage {
    static final int HEADER = 4;
    static final int ROW = 12;

    /** What a start needs. The jar has it uncompressed. */
    static final String START = "start";

    private static final String OURS = "io.notsock.";
    private static final String LIBRARIES = OURS + "shaded.";
    private static final String JNA = "com.sun.jna.";
    /** Of the agent's own packages these are for later. */
    private static final String[] LATE = {
        "agent.cli.",
        "agent.http.",
        "agent.jfr.",
        "agent.jmx.",
        "agent.live.",
        "agent.log.",
        "report.ci.",
        "report.html.",
        "report.read."
    };

    private final byte[] table;
    private final int rows;
    /** {@code null} after {@link #release}. */
    private volatile byte[] whole;

    ClassImage(byte[] whole) {
        this.whole = whole;
        this.rows = int4(whole, 0);
        this.table = Arrays.copyOf(whole, HEADER + rows * ROW);
    }

    /** The name of the image that a class is in: what is needed together lies together; {@code null} for no class of ours. */
    static String of(String className) {
        if (className.startsWith(JNA)) {
            return "jna";
        }
        if (!className.startsWith(OURS)) {
            return null;
        }
        if (className.startsWith(LIBRARIES)) {
            // Not by their whole names, which relocation would rewrite here, too.
            switch (className.charAt(LIBRARIES.length())) {
                case 'n': // net.bytebuddy, of which ASM is all that is used
                    return "asm";
                case 'c':
                    return className.startsWith("com.", LIBRARIES.length()) ? "json" : "log";
                default:
                    return "log";
            }
        }
        for (String late : LATE) {
            if (className.startsWith(late, OURS.length())) {
                return "late";
            }
        }
        return START;
    }

    /** Where a class, or a resource by its path, is described, or -1 where it is not in here. */
    int find(String name) {
        int hash = name.hashCode();
        int mask = rows - 1; // a power of two
        for (int i = hash & mask; ; i = i + 1 & mask) {
            int row = HEADER + i * ROW;
            if (int4(table, row + 4) == 0) {
                return -1;
            }
            if (int4(table, row) == hash) { // the writer has seen to it that no other class has this hash
                return row;
            }
        }
    }

    int offset(int row) {
        return int4(table, row + 4);
    }

    int length(int row) {
        return int4(table, row + 8);
    }

    /** All of the image, or {@code null} after {@link #release}. */
    byte[] whole() {
        return whole;
    }

    /** Gives the memory back: what is needed from now on is little, and can be read by itself. */
    void release() {
        whole = null;
    }

    private static int int4(byte[] bytes, int at) {
        return bytes[at] << 24 | (bytes[at + 1] & 0xFF) << 16 | (bytes[at + 2] & 0xFF) << 8 | bytes[at + 3] & 0xFF;
    }
}
