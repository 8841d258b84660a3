package io.notsock.explain;

import io.notsock.evidence.Act;
import io.notsock.registry.Life;

/**
 * What is remembered of an object that is no owner of a handle: who made it, who ended it, or the handle's life it stands
 * for. Thread-safe; holds nothing of the application.
 */
final class ObjectPast {
    private final Act begun;
    private volatile Life life;
    private volatile boolean searched;
    private volatile Act ended;

    /**
     * @param begun the act that made it, or {@code null}
     * @param life the handle whose end is its own, or {@code null}
     */
    ObjectPast(Act begun, Life life) {
        this.begun = begun;
        this.life = life;
    }

    Act begun() {
        return begun;
    }

    Life life() {
        return life;
    }

    /** Whether a life was searched for, found or not. */
    boolean searched() {
        return searched;
    }

    void found(Life found) {
        life = found;
        searched = true;
    }

    /** The act that ended it, or {@code null}. */
    Act ended() {
        return ended;
    }

    /** The first end counts: what comes later finds it ended. A race of two ends may name either. */
    void end(Act act) {
        if (ended == null) {
            ended = act;
        }
    }
}
