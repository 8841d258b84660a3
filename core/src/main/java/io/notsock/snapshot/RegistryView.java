package io.notsock.snapshot;

import io.notsock.handle.Space;
import io.notsock.pipeline.WallClock;
import io.notsock.registry.Life;
import io.notsock.registry.Registry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Takes pictures of the registry while the application goes on. Each number is seen at one moment, all of them at slightly
 * different ones.
 *
 * <p>Costs the application nothing but the time it takes: there is no counter on the path of an event, totals are the sum of
 * what every number's current life says of its past.
 */
public final class RegistryView {
    private final Registry registry;
    private final WallClock clock;
    private final Describer describer;

    /** The most that was ever told of each space: a number may be forgotten between being counted and being counted as such. */
    private final AtomicLongArray told = new AtomicLongArray(Space.values().length);

    /** Says what is behind the number of an open life, or {@code null}. */
    public interface Describer {
        String describe(Life life);
    }

    public RegistryView(Registry registry, WallClock clock, Describer describer) {
        this.registry = registry;
        this.clock = clock;
        this.describer = describer;
    }

    /** What was opened and closed, and what is open by type. Asks nothing of the OS and of no owner. */
    public Totals totals() {
        Totals totals = new Totals();
        for (Space space : Space.values()) {
            registry.forEachCurrent(space, life -> {
                if (life.opens() > 0) {
                    totals.add(space, life.opens(), counted(life) ? life.type() : null);
                }
            });
            long forgotten = registry.forgottenOpens(space);
            long most = told.accumulateAndGet(space.ordinal(), totals.opened(space) + forgotten, Math::max);
            if (most > totals.opened(space)) {
                totals.add(space, most - totals.opened(space), null);
            }
        }
        return totals;
    }

    private static boolean counted(Life life) {
        return life.opened() != null && !life.opening().agentOwned() && isOpen(life);
    }

    private static boolean isOpen(Life life) {
        return life.live() || life.state() == Life.CLOSING;
    }

    /** The application's open handles, lowest number first; those whose opening was not seen are among them. */
    public List<HandleLife> openHandles() {
        List<HandleLife> handles = new ArrayList<>();
        for (Space space : Space.values()) {
            List<Life> lives = new ArrayList<>();
            registry.forEachCurrent(space, life -> {
                if (isOpen(life) && !life.opening().agentOwned()) {
                    lives.add(life);
                }
            });
            lives.sort(Comparator.comparingLong(Life::number));
            for (Life life : lives) {
                handles.add(new HandleLife(life, clock, describer.describe(life)));
            }
        }
        return handles;
    }

    /**
     * The lives of all the application's numbers that are still known: those of now first, then those before them, and so on.
     *
     * @param most no more than these
     */
    public List<HandleLife> lives(int most) {
        List<Life> level = new ArrayList<>();
        for (Space space : Space.values()) {
            registry.forEachCurrent(space, level::add);
        }
        List<HandleLife> lives = new ArrayList<>();
        boolean now = true;
        while (!level.isEmpty() && lives.size() < most) {
            List<Life> before = new ArrayList<>();
            for (Life life : level) {
                if (!life.opening().agentOwned() && lives.size() < most) {
                    boolean open = now && isOpen(life);
                    lives.add(new HandleLife(life, clock, open ? describer.describe(life) : null));
                }
                if (life.previous() != null) {
                    before.add(life.previous());
                }
            }
            level = before;
            now = false;
        }
        return lives;
    }

    /** What is known of a number in every space, the oldest life of a space first. */
    public List<HandleLife> history(long number) {
        List<HandleLife> all = new ArrayList<>();
        for (Space space : Space.values()) {
            Deque<HandleLife> lives = new ArrayDeque<>();
            Life newest = number < 0 ? null : registry.current(space, number);
            for (Life life = newest; life != null; life = life.previous()) {
                boolean now = life == newest && isOpen(life);
                lives.addFirst(new HandleLife(life, clock, now ? describer.describe(life) : null));
            }
            all.addAll(lives);
        }
        return all;
    }
}
