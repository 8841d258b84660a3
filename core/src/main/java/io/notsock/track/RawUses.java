package io.notsock.track;

import io.notsock.evidence.Act;
import io.notsock.evidence.Witness.Answer;
import io.notsock.registry.Life;
import io.notsock.verdict.Judge;
import io.notsock.verdict.Verdict;
import java.util.concurrent.TimeUnit;

/**
 * A function that operates on a plain integer. It has no identity, so nothing follows from a use that the OS accepts; a
 * use that was refused because the number is not open tells something about whoever the registry thinks has it, or about
 * the thread itself, if that closed the number.
 */
final class RawUses {
    /**
     * So long after its own close a thread that uses the number is taken to mean what it closed. Later it may well be another task of a pool's
     * thread, which was given the number by native code that no hook sees, and whose handle somebody else has rightly closed.
     */
    private static final long MEANS_IT_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Scene scene;
    private final Conclusions conclusions;

    RawUses(Scene scene, Conclusions conclusions) {
        this.scene = scene;
        this.conclusions = conclusions;
    }

    /** The OS answered EBADF. */
    void refused(Hook hook, long number) {
        Life current = scene.registry.current(hook.space, number);
        if (current == null || !scene.inside.enter()) {
            return;
        }
        try {
            if (conclusions.isWithinSuspicion(hook, number)) {
                return;
            }
            if (current.live()) {
                closedUnseen(hook, current);
            } else if (current.state() == Life.CLOSED) {
                closedByThisThread(hook, current);
            }
        } finally {
            scene.inside.leave();
        }
    }

    /** Every close that a hook sees is marked before it reaches the OS: what is closed but not marked, nobody saw. */
    private void closedUnseen(Hook hook, Life life) {
        if (life.opening().endsWithThread()) {
            return; // closed by the C runtime, as it should
        }
        boolean held = scene.held(life, null);
        if (scene.ask(hook, life.number()) != Answer.CLOSED
                || scene.registry.current(hook.space, life.number()) != life
                || !life.live()) {
            return;
        }
        Verdict verdict = Judge.closedUnseen(held && scene.held(life, null));
        if (verdict.silent()) {
            life.forget();
        } else {
            conclusions.hidden(verdict, life, System.nanoTime());
        }
    }

    private void closedByThisThread(Hook hook, Life life) {
        Act closed = life.closed();
        if (closed == null
                || closed.threadId() != Thread.currentThread().getId()
                || System.nanoTime() - closed.nanos() > MEANS_IT_NANOS) {
            return;
        }
        Answer os = scene.ask(hook, life.number());
        Verdict verdict = Judge.rawUseRefused(Past.isRaw(closed), os);
        if (!verdict.silent()) {
            Act act = scene.recorder.record(Act.What.USE, hook.api, true);
            Incident incident = (Incident) life.joinIncident(new Incident());
            scene.publish(new Finding(verdict, life, act, null, closed, life, null, incident, null, null, null));
        }
    }
}
