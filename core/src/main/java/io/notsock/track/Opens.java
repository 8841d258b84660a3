package io.notsock.track;

import io.notsock.evidence.Act;
import io.notsock.handle.HandleType;
import io.notsock.handle.Space;
import io.notsock.registry.Life;
import io.notsock.registry.OwnerRef;
import io.notsock.registry.Registry;
import io.notsock.verdict.Judge;
import io.notsock.verdict.Now;
import io.notsock.verdict.Verdict;

/** What begins a life or binds an owner to one: an open that returned, an adoption. */
final class Opens {
    private final Scene scene;
    private final Conclusions conclusions;

    Opens(Scene scene, Conclusions conclusions) {
        this.scene = scene;
        this.conclusions = conclusions;
    }

    /** @return the life that began, {@code null} where a known one goes on */
    Life opened(Hook hook, Object owner, Object closer, long number) {
        if (owner != null) {
            Life current = scene.registry.current(hook.space, number);
            OwnerRef ref = current != null && current.live() ? current.ownerRef(owner) : null;
            if (ref != null) {
                openedAgain(hook, current, ref, closer);
                scene.note("refine", hook, number, "again");
                return null;
            }
        }
        OwnerRef owners = owner == null ? null : opener(owner, hook.armed);
        if (closer != null) {
            owners = new OwnerRef(closer, OwnerRef.Part.DELEGATE, true, owners);
        }
        return begin(hook, number, Act.What.OPEN, owners);
    }

    private OwnerRef opener(Object owner, boolean armed) {
        return new OwnerRef(owner, OwnerRef.Part.OPENER, armed, null, scene.collected);
    }

    private Life begin(Hook hook, long number, Act.What what, OwnerRef owners) {
        if (hook.opening.endsWithThread() && isSomebodyElses(hook, number)) {
            scene.note(what.label(), hook, number, "over");
            return null;
        }
        scene.noteMissed();
        boolean own = Thread.currentThread() instanceof AgentThread;
        Act act = scene.recorder.record(what, hook.api, false);
        Life life = scene.registry.begin(own ? hook.ownOpening : hook.opening, number, act, owners);
        scene.note(what.label(), hook, number, "ok");
        Life before = life.previous();
        if (before != null) {
            if (before.live()) {
                reopened(before, life);
            } else if (before.awaiting() != null) {
                conclusions.joinVictim(before, life);
            }
        }
        return life;
    }

    /** An outer hook of the same open: it may know the type or the arming better. */
    private static void openedAgain(Hook hook, Life life, OwnerRef ref, Object closer) {
        if (hook.type != HandleType.UNKNOWN) {
            life.refineType(hook.type);
        }
        if (hook.armed && !ref.armed()) {
            ref.arm();
        }
        if (closer != null && life.ownerRef(closer) == null) {
            life.addDelegate(closer);
        }
    }

    /**
     * The handle that {@code _beginthread} returns may be closed by then, for the thread may have ended (Microsoft's documentation warns of it), and
     * its number somebody's who has recorded that already.
     */
    private boolean isSomebodyElses(Hook hook, long number) {
        Life current = scene.registry.current(hook.space, number);
        return current != null && current.live() && !current.opening().endsWithThread();
    }

    /** The OS gave out a number that the registry held as open: a close was missed. */
    private void reopened(Life before, Life now) {
        if (before.opening().endsWithThread()) {
            before.forget(); // the thread has ended, as it should
            return;
        }
        if (now.opening().endsWithThread()) {
            now.forget(); // see isSomebodyElses, a moment later
            return;
        }
        Verdict verdict = Judge.reopened(Now.of(before, scene.held(before, null)));
        if (verdict.silent()) {
            before.forget();
            return;
        }
        conclusions.hidden(verdict, before, now.opened().nanos());
    }

    /** @return the life that began, {@code null} where there was one, or none begins */
    Life adopted(Hook hook, Object owner, long number) {
        if (owner == null || (hook.space == Space.FD && number <= Scene.LAST_STANDARD_FD)) {
            scene.note(Act.What.ADOPT.label(), hook, number, "standard");
            return null;
        }
        Life current = scene.registry.current(hook.space, number);
        if (current != null) {
            OwnerRef ref = current.live() ? current.ownerRef(owner) : null;
            if (ref != null) {
                if (hook.armed) {
                    ref.arm();
                }
                scene.note(Act.What.ADOPT.label(), hook, number, "again");
                return null;
            }
            // A stream put around a descriptor whose own life is over does not make it an owner of the next life.
            boolean stale = hook.armed && Registry.lifeOf(owner, current) != null;
            if (stale) {
                scene.note(Act.What.ADOPT.label(), hook, number, "stale");
                return null;
            }
            if (current.live() && !current.opening().endsWithThread()) { // else the thread is gone, and this is another
                current.adopt(owner, hook.armed, scene.collected);
                scene.note(Act.What.ADOPT.label(), hook, number, "joined");
                return null;
            }
        }
        return begin(hook, number, Act.What.ADOPT, opener(owner, hook.armed));
    }
}
