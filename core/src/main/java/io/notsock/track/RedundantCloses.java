package io.notsock.track;

import io.notsock.evidence.Act;
import io.notsock.handle.Space;
import io.notsock.registry.Life;
import io.notsock.registry.Registry;
import io.notsock.verdict.Verdict;

/**
 * Tells of second closes that never reached the OS, to those who have asked for it by {@code level=INFO}. Nothing is judged: the object
 * says itself that it is closed already, and has no number any more.
 *
 * <p>Thread-safe.
 */
final class RedundantCloses {
    private final Scene scene;
    private final Life none;

    RedundantCloses(Scene scene, Space space) {
        this.scene = scene;
        this.none = Registry.noLife(space);
    }

    void closedAgain(Hook hook) {
        if (Thread.currentThread() instanceof AgentThread || !scene.inside.enter()) {
            return;
        }
        try {
            Act act = scene.recorder.record(Act.What.CLOSE, hook.api, true);
            scene.publish(new Finding(
                    Verdict.REDUNDANT, none, act, null, null, null, null, new Incident(), null, null, null));
        } finally {
            scene.inside.leave();
        }
    }
}
