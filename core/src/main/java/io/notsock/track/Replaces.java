package io.notsock.track;

import io.notsock.evidence.Act;
import io.notsock.evidence.Witness.Answer;
import io.notsock.handle.Space;
import io.notsock.registry.Life;
import io.notsock.verdict.Judge;
import io.notsock.verdict.Now;
import io.notsock.verdict.Verdict;

/** {@code dup2}: one atomic step that ends whatever life the target number has and begins another. */
final class Replaces {
    private final Scene scene;

    Replaces(Scene scene) {
        this.scene = scene;
    }

    Object before(Hook hook, Object owner, long number, long source) {
        if (number == source || (hook.space == Space.FD && number <= Scene.LAST_STANDARD_FD)) {
            scene.note(Act.What.REPLACE.label(), hook, number, number == source ? "same" : "standard");
            return null;
        }
        if (owner != null) {
            Life held = scene.registry.current(hook.space, number);
            if (held != null && held.live() && held.ownerRef(owner) != null) {
                held.noteReplacing(true);
                scene.note(Act.What.REPLACE.label(), hook, number, "own");
                return null; // over one's own number: what is behind it changes, who holds it does not
            }
        }
        if (!scene.inside.enter()) {
            return null;
        }
        try {
            Life current = scene.registry.current(hook.space, number);
            Act act = scene.recorder.record(Act.What.REPLACE, hook.api, true);
            Now now = Now.of(current, current != null && scene.held(current, null));
            Act earlier = now == Now.HELD ? Past.sameCloser(current, act) : null;
            Answer os = now == Now.HELD ? scene.ask(hook, number) : Answer.UNKNOWN;
            Verdict verdict = Judge.rawReplaces(now, earlier != null, os);
            if (current != null) {
                current.noteReplacing(true);
            }
            Suspicion suspicion = new Suspicion(verdict, true, act, null, current, null);
            suspicion.replaces = true;
            suspicion.number = number;
            suspicion.shares = earlier == null;
            suspicion.described = verdict.silent() ? null : scene.describe(hook, number, current);
            return suspicion;
        } finally {
            scene.inside.leave();
        }
    }

    /** The OS refused: everything is as it was. */
    static void refused(Suspicion suspicion) {
        if (suspicion.current != null) {
            suspicion.current.noteReplacing(false);
        }
    }

    /** @return the life that began */
    Life done(Hook hook, Suspicion suspicion) {
        Life old = suspicion.current;
        boolean keepsOwners = old != null && old.live() && suspicion.shares;
        long number = suspicion.number;
        Life life = scene.registry.begin(hook.opening, number, suspicion.act, keepsOwners ? old.owners() : null);
        scene.note(Act.What.REPLACE.label(), hook, number, "ok");
        if (old == null || life.previous() != old || !old.live()) {
            return life;
        }
        old.kill(suspicion.act);
        if (!suspicion.verdict.silent()) {
            Incident incident = (Incident) old.joinIncident(new Incident());
            scene.publish(new Finding(
                    suspicion.verdict,
                    old,
                    suspicion.act,
                    null,
                    null,
                    null,
                    old,
                    incident,
                    suspicion.described,
                    null,
                    null));
        }
        return life;
    }
}
