package io.notsock.track;

import io.notsock.evidence.Act;
import io.notsock.evidence.Witness.Answer;
import io.notsock.handle.Space;
import io.notsock.registry.Life;
import io.notsock.registry.Opening;
import io.notsock.verdict.Judge;
import io.notsock.verdict.Now;
import io.notsock.verdict.Verdict;

/**
 * Descriptors of the Windows C runtime and the HANDLE behind each, which {@code _close} closes with it; and on Linux the C
 * library's streams ({@code FILE*}, {@code DIR*}) and the descriptor behind each, which {@code fclose} closes.
 *
 * <p>Who wraps a HANDLE hands it over, so the descriptor is what may close it: where that HANDLE was closed by hand before,
 * the closer by hand is guilty. Native code may have closed the descriptor unseen, and its number may be another one's by
 * now: so nothing is said unless the OS confirms after the call that the HANDLE was closed by it. A Java object whose
 * descriptor is given to {@code fdopen} has let go of it.
 */
final class CrtDescriptors {
    private final Scene scene;
    private final Conclusions conclusions;
    private final Opening unseenHandle = Opening.unseen(Space.HANDLE);
    private final Opening unseenFd = Opening.unseen(Space.FD);

    CrtDescriptors(Scene scene, Conclusions conclusions) {
        this.scene = scene;
        this.conclusions = conclusions;
    }

    /** What is behind the number after {@code dup2} onto it, as {@code freopen} does and log rotation: the stream's still. */
    private static Life redirected(Life wrapped, Life current) {
        Life meant = wrapped;
        for (Life next = meant; next != null; ) {
            meant = next;
            next = replacedBy(meant.closed(), current, meant);
        }
        return meant;
    }

    /** The life that this act began in place of another, or {@code null}. */
    private static Life replacedBy(Act ended, Life from, Life to) {
        for (Life life = from; ended != null && life != null && life != to; life = life.previous()) {
            if (life.opened() == ended) {
                return life;
            }
        }
        return null;
    }

    /** A call has told which HANDLE is behind a descriptor. */
    void wraps(Space space, long descriptor, long handle) {
        Life life = scene.registry.current(Space.CRT_FD, descriptor);
        if (life == null || !life.live()) {
            return;
        }
        Life before = life.behind();
        if (before != null && before.number() == handle) {
            return;
        }
        Life now = scene.registry.current(space, handle);
        if (now == null || !now.live()) {
            Opening unseen = space == Space.FD ? unseenFd : unseenHandle;
            now = scene.registry.begin(unseen, handle, null, null);
        }
        life.wrap(now);
        if (space == Space.FD && now.owners() != null) {
            now.release();
        }
    }

    /**
     * A descriptor is about to be closed; the token for the HANDLE behind it.
     *
     * @param wrapped the HANDLE's life when it was wrapped
     */
    Object closesBehind(Hook hook, Life wrapped) {
        Life current = scene.registry.current(wrapped.space(), wrapped.number());
        if (current == null || !scene.inside.enter()) {
            return null;
        }
        Life meant = redirected(wrapped, current);
        try {
            boolean held = current.live() && scene.held(current, null);
            Act act = scene.recorder.record(Act.What.CLOSE, hook.api, true);
            if (current == meant && current.live() && !held) {
                return current.beginClose(act) ? Closes.closing(scene, hook, current) : null;
            }
            Answer os = scene.ask(hook, meant.number());
            Verdict verdict =
                    Judge.descriptorCloses(Now.of(current, held), current == meant, Past.isRaw(meant.closed()), os);
            scene.note(Act.What.CLOSE.label(), hook, meant.number(), verdict.silent() ? "over" : "suspicious");
            if (verdict.silent()) {
                return null;
            }
            Suspicion suspicion =
                    new Suspicion(verdict, true, act, null, current, current == meant && held ? null : meant);
            suspicion.onlyIfClosed = true;
            suspicion.holder = held ? Holders.holder(current) : null;
            return conclusions.suspect(hook, suspicion, meant.number());
        } finally {
            scene.inside.leave();
        }
    }
}
