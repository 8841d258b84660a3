package io.notsock.pipeline;

import io.notsock.evidence.Act;
import io.notsock.evidence.Acts;
import io.notsock.evidence.Recorder;
import io.notsock.evidence.StackInterner;
import io.notsock.handle.Space;
import io.notsock.registry.Life;
import io.notsock.registry.Registry;

/**
 * Makes text of raw stacks, which hold the classes of their frames. None outlives two rounds of housekeeping; and since an
 * application that takes a loader out of use may look after a collection whether it has gone, none outlives two collections by
 * much.
 *
 * <p>For the agent's thread, but for what sets it up.
 */
final class StackRendering {
    private static final int INTERNED_STACKS = 4096;
    /** Rendering after collections takes at most one part in this of the agent's thread. */
    private static final long PART = 100;

    private final Registry registry;
    private final int depth;
    private final long shortestPause;
    private final StackInterner interner = new StackInterner(INTERNED_STACKS);
    private final OldCollections collections = new OldCollections();
    private volatile Acts others;
    private volatile Recorder recorder;
    private boolean collected;
    private long next = System.nanoTime();

    /**
     * @param depth frames kept of a stack, the agent's own among them
     * @param shortestPause nanoseconds between two rounds that collections ask for
     */
    StackRendering(Registry registry, int depth, long shortestPause) {
        this.registry = registry;
        this.depth = depth;
        this.shortestPause = shortestPause;
    }

    /** Has the stacks of these acts rendered, too. From any thread. */
    void renderToo(Acts acts) {
        others = acts;
    }

    /** Has the time that it takes counted in the budget of captures: a stack costs several times as much here. From any thread. */
    void payFrom(Recorder whose) {
        recorder = whose;
    }

    /**
     * Renders what there is, where it is time.
     *
     * @param now on the scale of {@link System#nanoTime()}
     * @param always whether there was a collection or not
     */
    void render(long now, boolean always) {
        collected |= collections.happened();
        if (!always && (!collected || now - next < 0)) {
            return;
        }
        renderAll();
        collected = false;
        long end = System.nanoTime();
        next = end + Math.max(shortestPause, (end - now) * PART);
    }

    private void renderAll() {
        Acts outside = others;
        if (outside != null) {
            outside.forEachAct(this::render);
        }
        for (Space space : Space.values()) {
            registry.forEachCurrent(space, current -> {
                for (Life life = current; life != null; life = life.previous()) {
                    render(life.opened());
                    render(life.closed());
                    render(life.ending());
                    render(life.rival());
                }
            });
        }
    }

    private void render(Act act) {
        if (act != null && act.hasStack()) {
            long start = System.nanoTime();
            Recorder payer = recorder;
            if (act.render(interner, depth) && payer != null) {
                payer.spendOnFrames(System.nanoTime() - start);
            }
        }
    }
}
