package io.notsock.track;

import io.notsock.evidence.Act;
import io.notsock.registry.Life;
import io.notsock.registry.Registry;
import io.notsock.verdict.Ended;
import io.notsock.verdict.Judge;
import io.notsock.verdict.Now;
import io.notsock.verdict.Verdict;

/** An object operates on its number: one look at the slot where all is well, an inquiry where the life is over. */
final class Uses {
    private final Scene scene;
    private final Conclusions conclusions;

    Uses(Scene scene, Conclusions conclusions) {
        this.scene = scene;
        this.conclusions = conclusions;
    }

    /** The path of every read and write: two array reads, a state and one identity where all is well. */
    Object ownerUses(Hook hook, Object owner, long number) {
        Life current = scene.registry.current(hook.space, number);
        if (current == null || (current.live() && current.ownerRef(owner) != null)) {
            return null;
        }
        return current.state() == Life.CLOSING ? null : examine(hook, owner, number);
    }

    private Object examine(Hook hook, Object owner, long number) {
        if (!scene.inside.enter()) {
            return null;
        }
        try {
            Life current = scene.registry.current(hook.space, number);
            Life own = current == null ? null : Registry.lifeOf(owner, current);
            if (own == null || own.live() || own.state() == Life.CLOSING || own.state() == Life.UNKNOWN) {
                return null;
            }
            Ended ended = Past.ended(own);
            if (ended == Ended.REPORTED) {
                ((Incident) own.incident()).noteOwnerActed();
            }
            boolean same = own.cutDuring(current);
            Now now = Now.of(current, current.live());
            Verdict verdict = Judge.uses(now, own == current, ended, same, scene.ask(hook, number));
            if (verdict.silent()) {
                return null;
            }
            Act act = scene.recorder.record(Act.What.USE, hook.api, true);
            Suspicion suspicion = new Suspicion(verdict, false, act, owner, current, own);
            suspicion.use = true;
            suspicion.reported = ended == Ended.REPORTED;
            return conclusions.suspect(hook, suspicion, number);
        } finally {
            scene.inside.leave();
        }
    }
}
