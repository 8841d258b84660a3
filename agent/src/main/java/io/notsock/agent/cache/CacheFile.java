package io.notsock.agent.cache;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * The bytes of a cache file: what it is valid for, the woven classes behind a table by the hash of their names, and a checksum
 * over all of it. Of the classes one is looked at when it is asked for: a start asks for a few.
 *
 * <p>A file that was cut off, changed or made for something else is as good as none. Immutable.
 */
final class CacheFile {
    private static final int MAGIC = 0x6E6F7473;
    private static final int FORMAT = 2;
    private static final int HEADER = 3 * Integer.BYTES;
    private static final int ROW = 2 * Integer.BYTES;

    /** One woven class. */
    static final class Entry {
        final String className;
        /** Of the class file that was woven into, byte for byte. */
        final long asItWas;
        /** Of the same, whatever the order of its methods. */
        final long original;

        final byte[] woven;

        Entry(String className, long asItWas, long original, byte[] woven) {
            this.className = className;
            this.asItWas = asItWas;
            this.original = original;
            this.woven = woven;
        }
    }

    private final byte[] bytes;
    private final int table;
    private final int rows;

    private CacheFile(byte[] bytes, int table) {
        this.bytes = bytes;
        this.rows = int4(bytes, table - Integer.BYTES);
        this.table = table;
    }

    static byte[] write(String validFor, Collection<Entry> entries) throws IOException {
        byte[] valid = validFor.getBytes(StandardCharsets.UTF_8);
        int rows = Integer.highestOneBit(Math.max(1, entries.size())) * 4; // at most half full
        int[] table = new int[2 * rows];
        int start = HEADER + valid.length + Integer.BYTES + rows * ROW;
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        DataOutputStream classes = new DataOutputStream(content);
        for (Entry entry : entries) {
            int row = entry.className.hashCode() & rows - 1;
            while (table[2 * row + 1] != 0) {
                row = row + 1 & rows - 1;
            }
            table[2 * row] = entry.className.hashCode();
            table[2 * row + 1] = start + content.size();
            byte[] name = entry.className.getBytes(StandardCharsets.UTF_8);
            classes.writeInt(name.length);
            classes.write(name);
            classes.writeLong(entry.asItWas);
            classes.writeLong(entry.original);
            classes.writeInt(entry.woven.length);
            classes.write(entry.woven);
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(whole);
        out.writeInt(MAGIC);
        out.writeInt(FORMAT);
        out.writeInt(valid.length);
        out.write(valid);
        out.writeInt(rows);
        for (int word : table) {
            out.writeInt(word);
        }
        content.writeTo(out);
        out.writeLong(Fingerprint.of(whole.toByteArray(), 0, whole.size()));
        return whole.toByteArray();
    }

    /** The file, or {@code null} where the bytes are not those of a whole one that is valid for this. */
    static CacheFile read(String validFor, byte[] bytes) {
        int content = bytes.length - Long.BYTES;
        if (content < HEADER
                || int8(bytes, content) != Fingerprint.of(bytes, 0, content)
                || int4(bytes, 0) != MAGIC
                || int4(bytes, 4) != FORMAT) {
            return null;
        }
        int length = int4(bytes, 8);
        boolean valid = validFor.equals(new String(bytes, HEADER, length, StandardCharsets.UTF_8));
        return valid ? new CacheFile(bytes, HEADER + length + Integer.BYTES) : null;
    }

    /** The woven classes of this name, one for each face that the class has shown; empty for none. */
    List<Entry> find(String className) {
        List<Entry> found = new ArrayList<>(2);
        int hash = className.hashCode();
        for (int row = hash & rows - 1; ; row = row + 1 & rows - 1) {
            int at = int4(bytes, table + row * ROW + 4);
            if (at == 0) {
                return found;
            }
            if (int4(bytes, table + row * ROW) == hash) {
                Entry entry = entry(at);
                if (entry.className.equals(className)) {
                    found.add(entry);
                }
            }
        }
    }

    /** All woven classes. */
    List<Entry> entries() {
        List<Entry> all = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            int at = int4(bytes, table + row * ROW + 4);
            if (at != 0) {
                all.add(entry(at));
            }
        }
        return all;
    }

    private Entry entry(int at) {
        int name = int4(bytes, at);
        int next = at + Integer.BYTES + name;
        int woven = next + 2 * Long.BYTES + Integer.BYTES;
        return new Entry(
                new String(bytes, at + Integer.BYTES, name, StandardCharsets.UTF_8),
                int8(bytes, next),
                int8(bytes, next + Long.BYTES),
                Arrays.copyOfRange(bytes, woven, woven + int4(bytes, woven - Integer.BYTES)));
    }

    private static int int4(byte[] bytes, int at) {
        return bytes[at] << 24 | (bytes[at + 1] & 0xFF) << 16 | (bytes[at + 2] & 0xFF) << 8 | bytes[at + 3] & 0xFF;
    }

    private static long int8(byte[] bytes, int at) {
        return (long) int4(bytes, at) << 32 | int4(bytes, at + 4) & 0xFFFF_FFFFL;
    }
}
