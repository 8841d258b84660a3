package io.notsock.track;

import io.notsock.evidence.Act;
import io.notsock.handle.Space;
import io.notsock.registry.Life;
import io.notsock.registry.OwnerRef;
import io.notsock.registry.Registry;
import io.notsock.verdict.Ended;
import io.notsock.verdict.Judge;
import io.notsock.verdict.Now;
import io.notsock.verdict.Verdict;

/**
 * An object operates on its number: one look at the slot where all is well, an inquiry where the life is over.
 *
 * <p>A use is tied to a life by the object's identity. An object that was never seen with a number that is open becomes
 * an owner of it by its first use: that is when a descriptor whose number was written by reflection, {@code Unsafe} or
 * JNI first shows.
 */
final class Uses {
    private static final String USE = Act.What.USE.label();

    private final Scene scene;
    private final Conclusions conclusions;

    Uses(Scene scene, Conclusions conclusions) {
        this.scene = scene;
        this.conclusions = conclusions;
    }

    /**
     * The path of a use that is not known to be right ({@link io.notsock.registry.KnownUsers}): an owner's first one, and every
     * one while a journal is kept.
     *
     * @return a suspicion, or {@code null}
     */
    Object ownerUses(Hook hook, Object owner, long number) {
        Life current = scene.registry.current(hook.space, number);
        if (current == null) {
            scene.note(USE, hook, number, "unknown");
            return null;
        }
        OwnerRef ref = current.live() ? current.ownerRef(owner) : null;
        if (ref != null) {
            if (scene.journal == null) {
                scene.registry.knowUser(current, ref);
            }
            scene.note(USE, hook, number, "ok");
            return null;
        }
        if (current.state() == Life.CLOSING) {
            scene.note(USE, hook, number, "closing");
            return null;
        }
        Life own = Registry.lifeOf(owner, current);
        if (own == null) {
            firstUse(hook, owner, current);
            return null;
        }
        return examine(hook, owner, number, own);
    }

    /**
     * An operation failed, on which nothing was found before it began.
     *
     * @return the user's life, or {@code null} where none is known
     */
    Life failed(Hook hook, Object owner, long number) {
        Life current = scene.registry.current(hook.space, number);
        Life own = Registry.lifeOf(owner, current);
        if (own != null && own == current) {
            conclusions.useRefused(own); // it may be the first sign of a hidden close
        }
        return own;
    }

    /**
     * On Windows the JDK's close does not wait for a thread that has found the object open and is on its way into the OS:
     * its {@code NativeThread} knows no threads there. Nobody but the JDK could do anything about that.
     */
    private static boolean overtaken(Hook hook, Life own, Ended ended) {
        Act closed = own.closed();
        return hook.space == Space.HANDLE
                && ended == Ended.RIGHTFULLY
                && closed != null
                && closed.threadId() != Thread.currentThread().getId();
    }

    private void firstUse(Hook hook, Object owner, Life current) {
        // Before a late attach the object may have owned the number all along; then this life is not what it uses.
        boolean standard = hook.space == Space.FD && current.number() <= Scene.LAST_STANDARD_FD;
        if (scene.attachedLate || standard || !current.live()) {
            scene.note(USE, hook, current.number(), "unknown");
            return;
        }
        if (current.opening().endsWithThread()) {
            current.forget(); // the thread is gone: nothing of the JDK's works on a thread's handle
            return;
        }
        current.adopt(owner, false, scene.collected);
        scene.note(Act.What.ADOPT.label(), hook, current.number(), "joined");
    }

    private Object examine(Hook hook, Object owner, long number, Life own) {
        // A stream closed this moment has let go of its number: the call gets -1, and nobody is harmed.
        boolean over = !own.live() && own.state() != Life.CLOSING && own.state() != Life.UNKNOWN;
        if (!over || !scene.holders.holds(owner, number) || !scene.inside.enter()) {
            return null;
        }
        try {
            if (conclusions.isWithinSuspicion(hook, number)) {
                scene.note(USE, hook, number, "nested");
                return null;
            }
            Life current = scene.registry.current(hook.space, number);
            Ended ended = Past.ended(own);
            if (ended == Ended.REPORTED) {
                ((Incident) own.incident()).noteOwnerActed();
            }
            if (overtaken(hook, own, ended)) {
                scene.note(USE, hook, number, "overtaken");
                return null;
            }
            boolean same = own.cutDuring(current);
            Now now = Now.of(current, current.live());
            Verdict verdict = Judge.uses(now, own == current, ended, same, scene.ask(hook, number));
            scene.note(USE, hook, number, verdict.silent() ? "over" : "suspicious");
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
