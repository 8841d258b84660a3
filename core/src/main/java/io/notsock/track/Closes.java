package io.notsock.track;

import io.notsock.evidence.Act;
import io.notsock.handle.Space;
import io.notsock.registry.Life;
import io.notsock.registry.OwnerRef;
import io.notsock.registry.Registry;
import java.util.ArrayList;
import java.util.List;

/** The healthy close, cut and hand-over: recognised at once, everything else is left to {@link CloseInquiry}. */
final class Closes {
    private final Scene scene;
    private final Conclusions conclusions;
    /** Made for the first suspicion; of two that are made at once either will do. */
    private CloseInquiry inquiry;

    Closes(Scene scene, Conclusions conclusions) {
        this.scene = scene;
        this.conclusions = conclusions;
    }

    Object ownerCloses(Hook hook, Object owner, long number) {
        Life current = scene.registry.current(hook.space, number);
        if (current != null) {
            if (current.live()) {
                OwnerRef ref = current.ownerRef(owner);
                if (ref != null && (ref.part() != OwnerRef.Part.ADOPTER || !scene.held(current, owner))) {
                    Act act = scene.recorder.record(Act.What.CLOSE, hook.api, false);
                    if (current.beginClose(act)) {
                        return closing(scene, hook, current);
                    }
                }
            } else if (Past.nested(current)) {
                scene.note(Act.What.CLOSE.label(), hook, number, "nested");
                return null;
            }
        } else if (hook.space == Space.FD && number <= Scene.LAST_STANDARD_FD) {
            scene.note(Act.What.CLOSE.label(), hook, number, "standard");
            return null; // FileDescriptor.close() redirects 0 to 2 to /dev/null instead of freeing them
        }
        return inquiry().examine(hook, owner, number, false);
    }

    Object rawCloses(Hook hook, long number) {
        Life current = scene.registry.current(hook.space, number);
        if (current != null) {
            if (current.live() && !scene.held(current, null)) {
                Act act = scene.recorder.record(Act.What.CLOSE, hook.api, hook.foreignFunction);
                if (hook.foreignFunction) {
                    scene.sweeps.note(act.threadId(), hook.api, act.nanos(), number);
                }
                if (current.beginClose(act)) {
                    return closing(scene, hook, current);
                }
            } else if (Past.nested(current)) {
                scene.note(Act.What.CLOSE.label(), hook, number, "nested");
                return null;
            }
        }
        return inquiry().examine(hook, null, number, false);
    }

    /** Only numbers that are known to be open are looked at: of the others nothing would be learnt. */
    Object rawClosesRange(Hook hook, long first, long last) {
        List<Long> open = new ArrayList<>();
        scene.registry.forEachCurrent(hook.space, life -> {
            if (life.live() && life.number() >= first && life.number() <= last) {
                open.add(life.number());
            }
        });
        scene.sweeps.range(Thread.currentThread().getId(), hook.api, first, last);
        List<Object> tokens = new ArrayList<>(open.size());
        for (long number : open) {
            Object token = rawCloses(hook, number);
            if (token != null) {
                tokens.add(token);
            }
        }
        return tokens.isEmpty() ? null : tokens.toArray();
    }

    /** A close that looks rightful goes through: the token by which its outcome is entered. */
    static Object closing(Scene scene, Hook hook, Life life) {
        scene.note(Act.What.CLOSE.label(), hook, life.number(), "ok");
        if (scene.rescues != null) {
            scene.rescues.closing(life, scene.recorder);
        }
        return life;
    }

    Object ownerCuts(Hook hook, Object owner, long number) {
        Life current = scene.registry.current(hook.space, number);
        if (current == null) {
            scene.note(Act.What.PRECLOSE.label(), hook, number, "unknown");
            return null;
        }
        if (current.live() && current.ownerRef(owner) != null) {
            current.preclosed();
            scene.note(Act.What.PRECLOSE.label(), hook, number, "ok");
            return null;
        }
        if (Past.nested(current) || Registry.lifeOf(owner, current) == null) {
            scene.note(Act.What.PRECLOSE.label(), hook, number, "unknown");
            return null;
        }
        return inquiry().examine(hook, owner, number, true);
    }

    void release(Hook hook, long number) {
        Life current = scene.registry.current(hook.space, number);
        if (current != null && current.live()) {
            scene.note(Act.What.RELEASE.label(), hook, number, "ok");
            current.release();
        } else {
            scene.note(Act.What.RELEASE.label(), hook, number, "unknown");
        }
    }

    CloseInquiry inquiry() {
        CloseInquiry made = inquiry;
        if (made == null) {
            made = new CloseInquiry(scene, conclusions);
            inquiry = made;
        }
        return made;
    }
}
