package io.notsock.agent.cache;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The bytes of a cache file: what it is valid for, the woven classes, and a checksum over all of it. Immutable entries.
 *
 * <p>A file that was cut off, changed or made for something else is as good as none.
 */
final class CacheFile {
    private static final int MAGIC = 0x6E6F7473;
    private static final int FORMAT = 1;

    /** One woven class. */
    static final class Entry {
        final String className;
        /** Of the class file that was woven into. */
        final long original;

        final byte[] woven;

        Entry(String className, long original, byte[] woven) {
            this.className = className;
            this.original = original;
            this.woven = woven;
        }
    }

    private CacheFile() {}

    static byte[] write(String validFor, Collection<Entry> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(MAGIC);
        out.writeInt(FORMAT);
        text(out, validFor);
        out.writeInt(entries.size());
        for (Entry entry : entries) {
            text(out, entry.className);
            out.writeLong(entry.original);
            out.writeInt(entry.woven.length);
            out.write(entry.woven);
        }
        out.writeLong(Fingerprint.of(bytes.toByteArray(), 0, bytes.size()));
        return bytes.toByteArray();
    }

    /** The entries, or {@code null} where the bytes are not those of a whole file that is valid for this. */
    static List<Entry> read(String validFor, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int content = bytes.length - Long.BYTES;
        if (content < 0 || in.getLong(content) != Fingerprint.of(bytes, 0, content)) {
            return null;
        }
        try {
            if (in.getInt() != MAGIC
                    || in.getInt() != FORMAT
                    || !text(in, bytes).equals(validFor)) {
                return null;
            }
            int count = in.getInt();
            List<Entry> entries = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String className = text(in, bytes);
                long original = in.getLong();
                byte[] woven = new byte[in.getInt()];
                in.get(woven);
                entries.add(new Entry(className, original, woven));
            }
            return entries;
        } catch (BufferUnderflowException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            return null; // its checksum is right, its content is not: no version of ours wrote it
        }
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    private static String text(ByteBuffer in, byte[] bytes) {
        int length = in.getInt();
        String text = new String(bytes, in.position(), length, StandardCharsets.UTF_8);
        in.position(in.position() + length);
        return text;
    }
}
