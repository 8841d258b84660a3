package io.notsock.snapshot;

import io.notsock.handle.HandleType;
import io.notsock.handle.Space;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many handles the application was seen to open and to lose, and how many are open now, by space; the open ones by type
 * as well. Immutable once built.
 */
public final class Totals {
    private final Map<Space, Map<HandleType, Long>> open = new EnumMap<>(Space.class);
    private final Map<Space, Long> opened = new EnumMap<>(Space.class);
    private final Map<Space, Long> closed = new EnumMap<>(Space.class);

    Totals() {}

    void add(Space space, long opens, HandleType openNow) {
        opened.merge(space, opens, Long::sum);
        closed.merge(space, openNow == null ? opens : opens - 1, Long::sum);
        if (openNow != null) {
            open.computeIfAbsent(space, s -> new EnumMap<>(HandleType.class)).merge(openNow, 1L, Long::sum);
        }
    }

    /** Lives that began, never less than before. */
    public long opened(Space space) {
        return opened.getOrDefault(space, 0L);
    }

    /** Lives that ended, never less than before. */
    public long closed(Space space) {
        return closed.getOrDefault(space, 0L);
    }

    /** Open now, by type, in the order of the types; only those of which there are some. */
    public Map<HandleType, Long> open(Space space) {
        return Collections.unmodifiableMap(open.getOrDefault(space, Map.of()));
    }

    /** Lives that began, in all spaces. */
    public long opened() {
        return sum(opened);
    }

    /** Lives that ended, in all spaces. */
    public long closed() {
        return sum(closed);
    }

    private static long sum(Map<Space, Long> counts) {
        long sum = 0;
        for (long count : counts.values()) {
            sum += count;
        }
        return sum;
    }
}
