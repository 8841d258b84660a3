package io.notsock.track;

import io.notsock.evidence.Identity;
import io.notsock.evidence.Witness.Answer;
import io.notsock.handle.Space;
import io.notsock.registry.Life;
import io.notsock.verdict.Judge;
import io.notsock.verdict.Now;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares what stands behind each open number with what stood there at its first visit.
 *
 * <p>Design. A close, a pre-close and a {@code dup2} mark the life before they reach the OS, and an open is recorded after
 * it. So what the OS says between two looks at one and the same life, open and unmarked at both, belongs to that life. If
 * something else stands there at two such visits, nobody who is hooked has put it there. Lives that code without a hook
 * may close are not looked at, nor are standard streams, nor those that the agent opened.
 *
 * <p>One thread, the audit's own, since the OS may take its time over a file of a network. Lives are held for as long as
 * they are current; their owners stay weak.
 */
public final class Audit {
    private final Scene scene;
    private final Conclusions conclusions;
    private final Map<Life, Visit> visits = new HashMap<>();
    /** The process as it was when the visits were made. */
    private Object born;

    /** What was found at the first visit of a life, and whether something else was found since. */
    private static final class Visit {
        /** {@code null}: nothing was open there. */
        private final Identity first;

        private boolean doubted;
        private long pass;

        Visit(Identity first) {
            this.first = first;
            this.doubted = first == null;
        }
    }

    private long pass;

    Audit(Scene scene, Conclusions conclusions) {
        this.scene = scene;
        this.conclusions = conclusions;
    }

    /**
     * Visits every open number once.
     *
     * @param before run before each visit; may take its time
     * @return whether there is a doubt, which another visit will settle
     */
    public boolean visitAll(Runnable before) {
        pass++;
        if (born == null) {
            born = scene.witness.born();
        }
        List<Life> lives = new ArrayList<>();
        for (Space space : Space.values()) {
            scene.registry.forEachCurrent(space, life -> {
                if (isOpen(life) && worthIt(life)) {
                    lives.add(life);
                }
            });
        }
        for (Life life : lives) {
            before.run();
            visit(life);
        }
        visits.values().removeIf(visit -> visit.pass != pass);
        return doubts();
    }

    /** Visits again what is in doubt. */
    public boolean visitDoubted(Runnable before) {
        for (Life life : new ArrayList<>(visits.keySet())) {
            Visit visit = visits.get(life);
            if (visit != null && visit.doubted) {
                before.run();
                visit(life);
            }
        }
        return doubts();
    }

    private boolean doubts() {
        for (Visit visit : visits.values()) {
            if (visit.doubted) {
                return true;
            }
        }
        return false;
    }

    /** Open, and nothing is under way that changes what stands behind the number. */
    private boolean isOpen(Life life) {
        return life.state() == Life.OPEN
                && !life.replacing()
                && scene.registry.current(life.space(), life.number()) == life;
    }

    private static boolean worthIt(Life life) {
        boolean standard = life.space() == Space.FD && life.number() <= Scene.LAST_STANDARD_FD;
        return !standard
                && life.owners() != null
                && life.opening().guarded()
                && !life.opening().agentOwned();
    }

    private void visit(Life life) {
        if (!isOpen(life)) {
            visits.remove(life);
            return;
        }
        Identity now = scene.witness.identify(life.space(), life.number());
        boolean gone = now == null && scene.witness.ask(life.space(), life.number()) == Answer.CLOSED;
        if (!isOpen(life)) {
            visits.remove(life);
            return;
        }
        Visit visit = visits.get(life);
        if (now == null && !gone) {
            if (visit != null) {
                visit.pass = pass; // the OS did not answer: no evidence
            }
            return;
        }
        if (visit == null || (visit.first == null && !gone)) {
            visit = new Visit(now);
            visits.put(life, visit);
        } else if (now != null && visit.first != null && visit.first.mayBe(now)) {
            visit.doubted = false;
        } else if (visit.doubted) {
            visits.remove(life);
            if (bornAgain()) {
                visits.clear();
            } else {
                judge(life, visit.first, now);
            }
            return;
        } else {
            visit.doubted = true;
        }
        visit.pass = pass;
    }

    /** Restored from a checkpoint, it has other sockets and pipes under the same numbers. */
    private boolean bornAgain() {
        Object before = born;
        born = scene.witness.born();
        return before != null && born != null && !before.equals(born);
    }

    private void judge(Life life, Identity first, Identity now) {
        // Two files may be told apart wrongly where a file system changes both the name and the number of one.
        boolean files = first != null
                && now != null
                && first.kind().equals(Identity.FILE)
                && now.kind().equals(Identity.FILE);
        boolean held = scene.held(life, null);
        conclusions.closedUnseen(Judge.audited(Now.of(life, held), !files), life);
    }
}
