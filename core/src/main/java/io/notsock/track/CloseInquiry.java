package io.notsock.track;

import io.notsock.evidence.Act;
import io.notsock.evidence.Witness.Answer;
import io.notsock.handle.Space;
import io.notsock.registry.Life;
import io.notsock.registry.Opening;
import io.notsock.registry.OwnerRef;
import io.notsock.registry.Registry;
import io.notsock.verdict.Ended;
import io.notsock.verdict.Judge;
import io.notsock.verdict.Now;
import io.notsock.verdict.Verdict;

/** Looks into every close and pre-close but an owner's of its own live handle: on suspicion only, and asks the OS. */
final class CloseInquiry {
    private final Scene scene;
    private final Conclusions conclusions;
    private final Opening[] unseen = new Opening[Space.values().length];

    CloseInquiry(Scene scene, Conclusions conclusions) {
        this.scene = scene;
        this.conclusions = conclusions;
        for (Space space : Space.values()) {
            unseen[space.ordinal()] = Opening.unseen(space);
        }
    }

    /** @param owner the closing object, or {@code null} for a plain integer */
    Object examine(Hook hook, Object owner, long number, boolean preclose) {
        if (!scene.inside.enter()) {
            return null;
        }
        try {
            if (conclusions.isWithinSuspiciousClose(hook, number)) {
                scene.note((preclose ? Act.What.PRECLOSE : Act.What.CLOSE).label(), hook, number, "nested");
                return null;
            }
            Life current = scene.registry.current(hook.space, number);
            ThreadEnd.forgetIfGone(scene, current);
            Act.What what = preclose ? Act.What.PRECLOSE : Act.What.CLOSE;
            Act act = scene.recorder.record(what, hook.api, hook.foreignFunction || current != null);
            scene.note(what.label(), hook, number, "suspicious");
            return owner == null
                    ? plainInteger(hook, current, number, act)
                    : object(hook, owner, current, number, act, preclose);
        } finally {
            scene.inside.leave();
        }
    }

    // --- an object closes
    // ----------------------------------------------------------------------------------------------

    private Object object(Hook hook, Object owner, Life current, long number, Act act, boolean preclose) {
        Life own = Registry.lifeOf(owner, current);
        if (own == null) {
            return stranger(hook, owner, current, number, act);
        }
        if (own.state() == Life.UNKNOWN) {
            if (current.live()) {
                current.forget();
            }
            return null;
        }
        if (own == current && own.live()) {
            return ownLife(hook, owner, own, act, preclose);
        }
        return lifeIsOver(hook, owner, own, current, act, preclose);
    }

    /** The closing object's life is the current one: foreign only where it adopted it and the opener still holds it. */
    private Object ownLife(Hook hook, Object owner, Life own, Act act, boolean preclose) {
        if (!scene.held(own, owner)) {
            return goesThrough(hook, own, act);
        }
        Answer os = scene.ask(hook, own.number());
        Verdict verdict = Judge.ownerCloses(Now.HELD, true, false, Ended.RIGHTFULLY, os);
        if (preclose) {
            own.noteCutDuring(own);
        }
        if (os == Answer.CLOSED) {
            own.forget(); // closed where nobody saw it: its owners are not to be judged by what we missed
        }
        if (verdict.silent()) {
            return goesThrough(hook, own, act);
        }
        Suspicion suspicion = new Suspicion(verdict, false, act, owner, own, own);
        suspicion.preclose = preclose;
        return conclusions.suspect(hook, suspicion, own.number());
    }

    private Object goesThrough(Hook hook, Life own, Act act) {
        return own.beginClose(act) ? Closes.closing(scene, hook, own) : null;
    }

    /** The closing object's life has ended before: what the number is by now tells whom this close harms. */
    private Object lifeIsOver(Hook hook, Object owner, Life own, Life current, Act act, boolean preclose) {
        Answer os = scene.ask(hook, own.number());
        Ended ended = Past.ended(own);
        boolean cut = own.cutDuring(current);
        Verdict verdict = own == current
                ? Judge.ownerCloses(Now.of(own, false), false, cut, ended, os)
                : Judge.staleCloses(Now.of(current, current.live()), ended, cut, os);
        if (ended == Ended.REPORTED) {
            ((Incident) own.incident()).noteOwnerActed();
        }
        if (preclose) {
            own.noteCutDuring(current);
        }
        if (verdict.silent()) {
            return null;
        }
        Suspicion suspicion = new Suspicion(verdict, false, act, owner, current, own);
        suspicion.preclose = preclose;
        suspicion.reported = ended == Ended.REPORTED;
        return conclusions.suspect(hook, suspicion, own.number());
    }

    /** The closing object was never seen with this number. */
    private Object stranger(Hook hook, Object owner, Life current, long number, Act act) {
        boolean held = current != null && current.live() && scene.held(current, null);
        Life rawBefore = Past.rawCloseOfUnseen(current);
        Verdict verdict = Verdict.SILENT;
        if (held || rawBefore != null) {
            Answer os = scene.ask(hook, number);
            verdict = Judge.strangerCloses(Now.of(current, held), scene.attachedLate, rawBefore != null, os);
        }
        if (!verdict.silent()) {
            Suspicion suspicion = new Suspicion(verdict, false, act, owner, current, rawBefore);
            return conclusions.suspect(hook, suspicion, number);
        }
        if (held) {
            current.forget(); // it may have owned the number since before the agent came
            return null;
        }
        if (current != null && current.live()) {
            if (!current.beginClose(act)) {
                return null;
            }
            current.noteClosedByStranger();
            return Closes.closing(scene, hook, current);
        }
        return recordUnseen(hook, number, act, new OwnerRef(owner, OwnerRef.Part.OPENER, false, null));
    }

    // --- a plain integer is closed
    // -------------------------------------------------------------------------------------

    private Object plainInteger(Hook hook, Life current, long number, Act act) {
        Sweeps.Run run = hook.foreignFunction ? scene.sweeps.note(act.threadId(), hook.api, act.nanos(), number) : null;
        Now now = Now.of(current, current != null && scene.held(current, null));
        if (now == Now.NOTHING || now == Now.UNKNOWN) {
            return recordUnseen(hook, number, act, null);
        }
        if (now == Now.OPEN) {
            return goesThrough(hook, current, act);
        }
        Answer os = now == Now.CLOSING ? Answer.UNKNOWN : scene.ask(hook, number);
        if (now == Now.HELD && os == Answer.CLOSED && current.opening().endsWithThread()) {
            ThreadEnd.over(current);
            Suspicion late = new Suspicion(Judge.closedAfterThreadEnded(), true, act, null, current, null);
            late.sweep = run;
            return conclusions.suspect(hook, late, number);
        }
        Act earlier = now == Now.HELD ? Past.sameCloser(current, act) : null;
        Verdict verdict = Judge.rawCloses(now, earlier != null, Past.isRaw(current.closed()), os);
        if (verdict.silent()) {
            if (now == Now.HELD) {
                current.forget();
                return null;
            }
            return recordUnseen(hook, number, act, null);
        }
        Suspicion suspicion = new Suspicion(verdict, true, act, null, current, Past.lifeClosedBy(current, earlier));
        if (now == Now.CLOSING) {
            current.noteRival(act);
            suspicion.overtaken = true;
        }
        suspicion.sweep = run;
        suspicion.holder = now == Now.HELD ? Holders.holder(current) : null;
        return conclusions.suspect(hook, suspicion, number);
    }

    /** A close of a number whose opening was not seen: kept, so that a second close of it can be told. */
    private Object recordUnseen(Hook hook, long number, Act act, OwnerRef owners) {
        Life life = scene.registry.begin(unseen[hook.space.ordinal()], number, null, owners);
        return life.beginClose(act) ? life : null;
    }
}
