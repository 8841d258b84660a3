package io.notsock.report.read;

import io.notsock.alert.Alert;
import io.notsock.report.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Reads alerts files. A line that is no alert is told and passed over; memory does not depend on how many lines there are,
 * nor on how long one is. Not thread-safe.
 */
public final class AlertsReader {
    /** The longest that notsock writes: three stacks of 256 frames, and a history. */
    private static final int LONGEST = 4 << 20;

    /** So many bad lines of a file are told one by one. */
    private static final int TOLD = 5;

    private final Pool pool = new Pool();
    private final AlertLine parser = new AlertLine(pool);
    private final AlertBook book;
    private final Consumer<String> problems;
    private final byte[] buffer = new byte[1 << 16];
    private byte[] line = new byte[1 << 14];
    private int length;
    private boolean tooLong;
    private long number;
    private long unreadable;
    private long unreadableHere;

    /** @param problems told in one line each what cannot be read, and where */
    public AlertsReader(AlertBook book, Consumer<String> problems) {
        this.book = book;
        this.problems = problems;
    }

    /**
     * Reads one file to its end.
     *
     * @param name what messages call it
     * @param progress told from time to time how many bytes were read so far
     */
    public void read(String name, InputStream in, LongConsumer progress) throws IOException {
        number = 0;
        unreadableHere = 0;
        long total = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            total += n;
            progress.accept(total);
            int start = 0;
            for (int i = 0; i < n; i++) {
                if (buffer[i] == '\n') {
                    collect(start, i);
                    endLine(name, true);
                    start = i + 1;
                }
            }
            collect(start, n);
        }
        if (length > 0 || tooLong) {
            endLine(name, false);
        }
        if (unreadableHere > TOLD) {
            problems.accept(name + ": " + (unreadableHere - TOLD) + " more lines cannot be read");
        }
    }

    /** Lines that were no alerts, in all files so far. */
    public long unreadable() {
        return unreadable;
    }

    private void collect(int from, int to) {
        int more = to - from;
        if (tooLong || length + more > LONGEST) {
            tooLong = true;
            length = 0;
            return;
        }
        if (length + more > line.length) {
            line = Arrays.copyOf(line, Math.max(length + more, line.length * 2));
        }
        System.arraycopy(buffer, from, line, length, more);
        length += more;
    }

    private void endLine(String name, boolean whole) {
        number++;
        try {
            if (tooLong) {
                throw new BadLine("longer than " + (LONGEST >> 20) + " MiB; accepted: an alert of the schema "
                        + Alert.SCHEMA + " a line");
            }
            if (!isBlank()) {
                boolean full = book.isFull(pool);
                if (full) {
                    pool.close();
                }
                pool.begin();
                if (book.add(parser.parse(line, length), full)) {
                    pool.keep();
                }
            }
        } catch (BadLine e) {
            unreadable++;
            if (++unreadableHere <= TOLD) {
                String torn = whole ? "" : "the last line is cut short: ";
                problems.accept(Printable.of(name + ":" + number + ": " + torn + e.getMessage()));
            }
        } finally {
            length = 0;
            tooLong = false;
        }
    }

    private boolean isBlank() {
        if (number == 1
                && length >= 3
                && (line[0] & 0xFF) == 0xEF
                && (line[1] & 0xFF) == 0xBB
                && (line[2] & 0xFF) == 0xBF) {
            // A byte order mark, left by an editor of Windows; to JSON it is a blank.
            Arrays.fill(line, 0, 3, (byte) ' ');
        }
        for (int i = 0; i < length; i++) {
            if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') {
                return false;
            }
        }
        return true;
    }
}
