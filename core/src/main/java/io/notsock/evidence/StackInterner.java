package io.notsock.evidence;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps one array for equal stacks, since a program opens its handles from few places.
 *
 * <p>Confined to the agent's own thread. Bounded: the stacks seen longest ago are forgotten (which costs memory, never
 * evidence).
 */
public final class StackInterner {
    private final Map<Key, StackTraceElement[]> known;

    public StackInterner(int capacity) {
        this.known = new LinkedHashMap<>(64, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, StackTraceElement[]> eldest) {
                return size() > capacity;
            }
        };
    }

    StackTraceElement[] intern(StackTraceElement[] frames, int depth) {
        StackTraceElement[] kept = frames.length > depth ? Arrays.copyOf(frames, depth) : frames;
        StackTraceElement[] first = known.putIfAbsent(new Key(kept), kept);
        return first == null ? kept : first;
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
