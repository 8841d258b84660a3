package io.notsock.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.registry.KnownUsers;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * Registry, tracker and judge against the reference model: random programs on a fake operating system, one step at a time.
 *
 * <p>A failure prints the seed and the shortest program found that still fails. {@code -Dnotsock.model.seed=N} runs from
 * that seed on.
 */
class ReferenceModelTest {
    private static final int STEPS = 300;
    private static final int EVENTS = Integer.getInteger("notsock.model.events", 1_000_000);
    private static final long FIRST_SEED = Long.getLong("notsock.model.seed", 1L);

    private final Hooks hooks = new Hooks();

    @Test
    void healthyProgramsAreNeverAlerted() throws InterruptedException {
        explore(true);
    }

    @Test
    void wrongClosesAreReportedAsTheContractSays() throws InterruptedException {
        explore(false);
    }

    private void explore(boolean healthy) throws InterruptedException {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        AtomicReference<Actor> self = new AtomicReference<>();
        Actor actor = new Actor(() -> {
            try {
                all(self.get(), healthy);
            } catch (Throwable t) {
                failure.set(t);
            }
        });
        self.set(actor);
        actor.start();
        actor.join();
        if (failure.get() != null) {
            throw new AssertionError(failure.get().getMessage(), failure.get());
        }
    }

    private void all(Actor actor, boolean healthy) {
        KnownUsers.share(new Reference<?>[16]);
        long events = 0;
        long known = 0;
        for (long seed = FIRST_SEED; events < EVENTS; seed++) {
            boolean late = seed % 4 == 0;
            long[] steps = new Random(seed).longs(STEPS).toArray();
            Program program = new Program(actor, hooks, healthy, late, false);
            try {
                program.run(steps);
            } catch (RuntimeException | AssertionError e) {
                long[] prefix = Arrays.copyOf(steps, Math.min(STEPS, program.step() + 1));
                throw new AssertionError(explain(actor, healthy, late, shrink(actor, healthy, late, prefix), seed), e);
            }
            events += program.events();
            known += program.knownUsers();
        }
        assertThat(known).isGreaterThan(EVENTS / 10);
    }

    private String explain(Actor actor, boolean healthy, boolean late, long[] steps, long seed) {
        Program program = new Program(actor, hooks, healthy, late, true);
        Throwable thrown = null;
        try {
            program.run(steps);
        } catch (RuntimeException | AssertionError e) {
            thrown = e;
        }
        return "seed " + seed + (late ? ", agent attached late" : "") + ": " + thrown + System.lineSeparator()
                + program.trace();
    }

    /** Leaves out one step after the other as long as the rest still fails. */
    private long[] shrink(Actor actor, boolean healthy, boolean late, long[] failing) {
        long[] best = failing;
        for (int chunk = Math.max(1, best.length / 2); chunk >= 1; chunk /= 2) {
            for (int from = 0; from + chunk <= best.length; ) {
                long[] shorter = new long[best.length - chunk];
                System.arraycopy(best, 0, shorter, 0, from);
                System.arraycopy(best, from + chunk, shorter, from, shorter.length - from);
                if (fails(actor, healthy, late, shorter)) {
                    best = shorter;
                } else {
                    from += chunk;
                }
            }
        }
        return best;
    }

    private boolean fails(Actor actor, boolean healthy, boolean late, long[] steps) {
        try {
            new Program(actor, hooks, healthy, late, false).run(steps);
            return false;
        } catch (RuntimeException | AssertionError e) {
            return true;
        }
    }
}
