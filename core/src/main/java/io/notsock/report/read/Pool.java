package io.notsock.report.read;

import io.notsock.alert.Frames;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps one copy of equal texts and frames, which repeat from alert to alert, and estimates the memory of what it was given.
 * Once it is closed it keeps nothing new.
 */
final class Pool {
    private static final int OBJECT = 56;

    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, StackTraceElement> frames = new HashMap<>();
    /** Of what is shared, and of the alerts that were kept. */
    private long bytes;
    /** Of the line that is being read, beyond what it shares. */
    private long own;

    private boolean closed;

    /** The text, or one equal to it; {@code null} stays so. */
    String text(String value) {
        if (value == null || closed) {
            return value;
        }
        String known = texts.putIfAbsent(value, value);
        if (known != null) {
            return known;
        }
        bytes += OBJECT * 2L + 2L * value.length();
        return value;
    }

    /** The frame that is written so, or {@code null} where the text is no frame. */
    StackTraceElement frame(String value) {
        own += 8;
        StackTraceElement known = frames.get(value);
        if (known == null) {
            known = Frames.parse(value);
            if (known != null && !closed) {
                frames.put(value, known);
                bytes += OBJECT * 4L + 4L * value.length();
            }
        }
        return known;
    }

    /** A line begins; what the one before it took is forgotten unless it was kept. */
    void begin() {
        own = 0;
    }

    /** Counts an object that is not shared. */
    void add(int size) {
        own += size;
    }

    /** The line's alert stays. */
    void keep() {
        bytes += own;
        own = 0;
    }

    long bytes() {
        return bytes;
    }

    void close() {
        closed = true;
    }
}
