package io.notsock.evidence;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps one array for equal stacks, since a program opens its handles from few places, and one object for equal frames, since
 * different stacks have most frames in common: a frame takes 48 bytes, a reference to it 4.
 *
 * <p>Confined to the agent's own thread. Bounded: the stacks seen longest ago are forgotten (which costs memory, never
 * evidence).
 */
public final class StackInterner {
    private static final int FRAMES_A_STACK = 4;

    private final Map<Key, StackTraceElement[]> known;
    private final Map<StackTraceElement, StackTraceElement> frames;

    public StackInterner(int capacity) {
        this.known = new Recent<>(capacity);
        this.frames = new Recent<>(FRAMES_A_STACK * capacity);
    }

    StackTraceElement[] intern(StackTraceElement[] frames, int depth) {
        StackTraceElement[] kept = frames.length > depth ? Arrays.copyOf(frames, depth) : frames;
        Key key = new Key(kept);
        StackTraceElement[] first = known.get(key);
        if (first != null) {
            return first;
        }
        for (int i = 0; i < kept.length; i++) {
            StackTraceElement frame = this.frames.putIfAbsent(kept[i], kept[i]);
            if (frame != null) {
                kept[i] = frame;
            }
        }
        known.put(key, kept);
        return kept;
    }

    /** A map that forgets what was used longest ago. */
    private static final class Recent<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1L;

        private final int capacity;

        Recent(int capacity) {
            super(64, 0.75f, true);
            this.capacity = capacity;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > capacity;
        }
    }

    private static final class Key {
        private final StackTraceElement[] frames;
        private final int hash;

        Key(StackTraceElement[] frames) {
            this.frames = frames;
            this.hash = Arrays.hashCode(frames);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Key && ((Key) o).hash == hash && Arrays.equals(((Key) o).frames, frames);
        }
    }
}
