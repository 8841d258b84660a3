package io.notsock.track;

import io.notsock.alert.AlertKind;
import io.notsock.evidence.Act;
import io.notsock.evidence.Identity;
import io.notsock.evidence.Witness.Answer;
import io.notsock.handle.HandleType;
import io.notsock.registry.Life;
import io.notsock.registry.OwnerRef;
import io.notsock.verdict.Ended;
import io.notsock.verdict.Judge;
import io.notsock.verdict.Now;
import io.notsock.verdict.Outcome;
import io.notsock.verdict.Verdict;
import java.util.EnumSet;
import java.util.Set;

/** From a suspicion before the call and the OS's answer after it to a finding, and to a registry that is true again. */
final class Conclusions {
    /**
     * What close(2) refuses only with EBADF: it reports an error of the object's {@code flush}, which none of these has.
     * A file on a network or FUSE file system has one, and a full disk there must not look like a hidden close.
     */
    private static final Set<HandleType> CLOSE_CANNOT_FAIL = EnumSet.of(
            HandleType.SOCKET,
            HandleType.SERVER_SOCKET,
            HandleType.DATAGRAM,
            HandleType.UNIX_SOCKET,
            HandleType.PIPE,
            HandleType.EPOLL,
            HandleType.EVENTFD);

    private static final Set<HandleType> SOCKETS =
            EnumSet.of(HandleType.SOCKET, HandleType.SERVER_SOCKET, HandleType.DATAGRAM, HandleType.UNIX_SOCKET);

    private final Scene scene;
    private final Doubts uses = new Doubts();
    private final Doubts closes = new Doubts();
    /** Made with the first suspicion; should two threads have it at once, one of their calls is forgotten. */
    private volatile UnderWay underWay;

    Conclusions(Scene scene) {
        this.scene = scene;
    }

    /** Marks what the call will do, then waits for its outcome where that can be seen. */
    Object suspect(Hook hook, Suspicion suspicion, long number) {
        Life current = suspicion.current;
        Life own = suspicion.own;
        AlertKind kind = suspicion.verdict.kind();
        if (!(Thread.currentThread() instanceof AgentThread)) {
            scene.recorder.suspicion(); // the self-test is none
        }
        Incident incident = own != null ? (Incident) own.incident() : null;
        if (incident == null && current != null && current.state() == Life.KILLED) {
            incident = (Incident) current.incident();
        }
        suspicion.incident = incident != null ? incident : new Incident();
        suspicion.described = scene.describe(hook, number, current);
        suspicion.incident.begin(suspicion.act, described(suspicion.owner), suspicion.described);
        if (own != null) {
            own.joinIncident(suspicion.incident);
        }
        if (current != null && !suspicion.use && kind != AlertKind.DOUBLE_CLOSE) {
            if (current.live()) {
                current.joinIncident(suspicion.incident);
                current.kill(suspicion.act);
            } else if (suspicion.raw && (current.state() == Life.CLOSING || current.state() == Life.CLOSED)) {
                current.noteRival(suspicion.act); // its owner has begun to close since it was looked at
                suspicion.overtaken = true;
            }
        }
        if (!suspicion.verdict.needsRefusal()
                || hook.returnTells()) { // else a call inside may know more of the refusal
            if (underWay == null) {
                underWay = new UnderWay();
            }
            suspicion.call = underWay.begin(hook.space, number, suspicion.act, suspicion.use);
        }
        if (kind == AlertKind.USE_OF_REUSED) {
            conclude(suspicion, Outcome.UNSEEN); // whatever comes of it, and that may be after a long wait for data
            suspicion.told = true;
        }
        return suspicion;
    }

    /** Whether this close is part of a suspicious one that the thread is making already. */
    boolean isWithinSuspiciousClose(Hook hook, long number) {
        return underWay != null && underWay.contains(hook.space, number, false);
    }

    /** Whether this operation is part of a suspicious call that the thread is making already. */
    boolean isWithinSuspicion(Hook hook, long number) {
        return underWay != null && underWay.contains(hook.space, number, true);
    }

    /** The suspicious call is over, whatever came of it. */
    void left(Suspicion suspicion) {
        if (suspicion.call != null) {
            underWay.end(suspicion.call);
        }
    }

    /** The suspicious call has returned or thrown. */
    void conclude(Suspicion s, Outcome outcome) {
        if (s.told) {
            return;
        }
        if (s.onlyIfClosed && scene.ask(s.current.space(), s.current.number()) != Answer.CLOSED) {
            if (s.current.closed() == s.act) {
                s.current.forget();
            }
            return;
        }
        if (s.overtaken && outcome == Outcome.SUCCESS) {
            strikesTheNext(s);
            return;
        }
        Outcome seen = s.preclose ? Outcome.UNSEEN : outcome; // a shutdown is refused for many reasons
        Verdict verdict = Judge.conclude(s.overtaken ? Judge.overtaken() : s.verdict, seen, s.raw, s.reported);
        Life current = s.current;
        boolean killed = current != null && current.state() == Life.KILLED && current.closed() == s.act;
        if (seen == Outcome.REFUSED && killed) {
            current.forget(); // its number was not open: it had been closed where nobody saw
            killed = false;
        }
        if (verdict.silent()) {
            return;
        }
        AlertKind kind = verdict.kind();
        boolean used = kind == AlertKind.USE_OF_REUSED && current != s.own && current.live();
        Life victim = killed || used ? current : null;
        Life first = kind == AlertKind.FOREIGN_CLOSE ? null : s.own != null ? s.own : killed ? null : current;
        Finding finding = new Finding(
                verdict,
                current != null ? current : s.own,
                s.act,
                described(s.owner),
                first == null ? null : first.closed(),
                first,
                victim,
                s.incident,
                s.described,
                s.sweep,
                killed ? s.holder : null);
        if (first != null) {
            finding.firstClosedBy(closerOf(first, s.incident));
        }
        if (kind == AlertKind.CLOSE_OF_REUSED && victim == null && current != null) {
            awaitVictim(finding, current);
        }
        scene.publish(finding);
        if (killed && s.preclose && outcome == Outcome.REFUSED) {
            current.forget(); // a shutdown that was refused has cut nothing: its victim lives on
        }
    }

    /**
     * Two closes of one number succeeded, its owner's and this one. Where this one was first, the owner's will be refused ({@link #refused}); else
     * somebody had got the number in between, and nothing is said before it is known who.
     */
    private void strikesTheNext(Suspicion s) {
        Life closed = s.current;
        Finding finding = new Finding(
                Judge.strikesTheNext(),
                closed,
                s.act,
                null,
                closed.closed(),
                closed,
                null,
                s.incident,
                s.described,
                s.sweep,
                null);
        finding.firstClosedBy(closerOf(closed, s.incident)).onlyWithVictim();
        awaitVictim(finding, closed);
    }

    /** Whoever records the next open of this number may be the victim, and may have recorded it already. */
    private void awaitVictim(Finding finding, Life over) {
        over.await(finding);
        Life next = scene.registry.current(over.space(), over.number());
        if (next != null && next != over) {
            joinVictim(over, next);
        }
    }

    /** A stale close hit this number before its opener had recorded it, or about then; the OS tells whether that one is the victim. */
    void joinVictim(Life before, Life now) {
        Finding finding = (Finding) before.takeAwaiting();
        if (finding == null || !scene.inside.enter()) {
            return;
        }
        try {
            boolean gone = now.live() && scene.ask(now.space(), now.number()) == Answer.CLOSED;
            if (gone && now.live()) { // a rightful close would have marked it before
                now.kill(finding.rogue());
                now.joinIncident(finding.incident());
                finding.joinVictim(now);
                if (finding.isOnlyWithVictim()) {
                    scene.publish(finding);
                }
            }
        } finally {
            scene.inside.leave();
        }
    }

    /** The OS refused a close that looked rightful. */
    void refused(Life life) {
        Act rival = life.rival();
        boolean neverSeenOpen = life.opened() == null && life.owners() == null;
        if (neverSeenOpen || (rival == null && (Past.isRaw(life.closed()) || life.closedByStranger()))) {
            // A plain integer that was never a handle, or one that had been closed where nobody saw it: either way this
            // close was not the one that ended the life, so nothing may be concluded from it later.
            life.forget();
            return;
        }
        if (rival != null) {
            life.kill(rival);
            Incident incident = (Incident) life.joinIncident(new Incident());
            scene.publish(new Finding(Judge.raced(), life, rival, null, null, null, life, incident, null, null, null));
        } else if (life.opening().guarded() && life.owners() != null) {
            closeRefused(life, false);
        }
    }

    /**
     * The error of the owner's own close may be the first sign of a close that no hook saw.
     *
     * @param late the OS is asked some time after the refusal
     */
    private void closeRefused(Life life, boolean late) {
        if (!scene.inside.enter()) {
            return;
        }
        try {
            boolean onlyIfClosed = CLOSE_CANNOT_FAIL.contains(life.type());
            Answer os = onlyIfClosed ? askOrKeep(life, closes) : Answer.UNKNOWN;
            Verdict verdict = Judge.refused(onlyIfClosed, os, late);
            if (!verdict.silent()) {
                hidden(verdict, life, life.closed().nanos());
            }
        } finally {
            scene.inside.leave();
        }
    }

    /**
     * An owner's operation on its live handle failed, for whatever reason: only where the OS says that the number is not
     * open, or that a socket's number is no socket now, somebody has closed it unseen.
     */
    void useRefused(Life life) {
        if (life.state() != Life.OPEN || !scene.inside.enter()) {
            return;
        }
        try {
            Answer os = askOrKeep(life, uses);
            if (os != Answer.CLOSED && !noSocketAnyMore(life)) {
                return;
            }
            // A close marks the life before it reaches the OS: what is open after the probe was not closed by its
            // owner.
            if (life.state() != Life.OPEN) {
                return;
            }
            boolean held = scene.held(life, null);
            closedUnseen(Judge.useRefused(Now.of(life, held)), life);
        } finally {
            scene.inside.leave();
        }
    }

    /** The OS's word on the life's number; where it can be asked only in a moment, the life is kept until then. */
    private Answer askOrKeep(Life life, Doubts doubts) {
        Answer os = scene.ask(life.space(), life.number());
        if (os != Answer.UNKNOWN || !scene.witness.pending()) {
            return os;
        }
        doubts.keep(life);
        // The witness may have come before the life was kept, and the doubts may have been settled without it.
        return !scene.witness.pending() && doubts.drop(life) ? scene.ask(life.space(), life.number()) : Answer.UNKNOWN;
    }

    /**
     * The OS can be asked from now on, or it is known that it cannot: what was refused before is looked at again. A life that
     * is open by the registry and not by the OS was closed unseen, whenever that was. Of one whose close was refused no more is
     * known than that its number is not open now, and that nobody was seen to get it since.
     */
    void settleDoubts() {
        for (Life life : uses.takeAll()) {
            useRefused(life);
        }
        for (Life life : closes.takeAll()) {
            if (life.state() == Life.CLOSED && scene.registry.current(life.space(), life.number()) == life) {
                closeRefused(life, true);
            }
        }
    }

    private boolean noSocketAnyMore(Life life) {
        if (!SOCKETS.contains(life.type())) {
            return false;
        }
        Identity identity = scene.witness.identify(life.space(), life.number());
        return identity != null && !identity.kind().equals(Identity.SOCKET);
    }

    /** What was closed unseen may be open again, by somebody as unseen: then the registry says so. */
    void closedUnseen(Verdict verdict, Life life) {
        if (verdict.silent()) {
            life.forget();
        } else {
            hidden(verdict, life, System.nanoTime());
        }
        if (scene.ask(life.space(), life.number()) == Answer.OPEN) {
            scene.registry.beginUnseenAfter(life);
        }
    }

    /** A life turned out to have been closed where nobody saw it. */
    void hidden(Verdict verdict, Life life, long noticed) {
        if (scene.closeMayBeLost(life)) {
            life.forget();
            return;
        }
        Life thread = ThreadEnd.closedByHandBefore(life);
        if (thread != null) {
            scene.publish(ThreadEnd.finding(verdict, thread, life, noticed));
            return;
        }
        Act notSeen = Act.unseenClose(noticed);
        life.kill(notSeen);
        Incident incident = (Incident) life.joinIncident(new Incident());
        Finding finding = new Finding(verdict, life, null, null, notSeen, life, life, incident, null, null, null);
        scene.publishFor(life, finding);
    }

    /**
     * The object that has closed this life, so that "twice by one object" and "by two objects" look different. An act does not
     * tell: it is the incident's first closer, or the only owner of a life that ended rightfully.
     */
    private static String closerOf(Life ended, Incident incident) {
        String striker = incident.strikerOf(ended.closed());
        if (striker != null || Past.ended(ended) != Ended.RIGHTFULLY || Past.isRaw(ended.closed())) {
            return striker;
        }
        Object only = null;
        for (OwnerRef ref = ended.owners(); ref != null; ref = ref.next()) {
            if (ref.part() != OwnerRef.Part.DELEGATE) {
                Object owner = ref.get();
                if (owner == null || only != null) {
                    return null;
                }
                only = owner;
            }
        }
        return described(only);
    }

    /** Class and identity: enough to tell two objects apart, and runs no code of the application. */
    private static String described(Object owner) {
        return owner == null
                ? null
                : owner.getClass().getName() + "@" + Integer.toHexString(System.identityHashCode(owner));
    }
}
