package io.notsock.track;

import io.notsock.alert.AlertKind;
import io.notsock.evidence.Act;
import io.notsock.evidence.Recorder;
import io.notsock.evidence.Witness;
import io.notsock.evidence.Witness.Answer;
import io.notsock.handle.HandleType;
import io.notsock.handle.Space;
import io.notsock.registry.Life;
import io.notsock.registry.Opening;
import io.notsock.registry.OwnerRef;
import io.notsock.registry.Registry;
import io.notsock.verdict.Ended;
import io.notsock.verdict.Judge;
import io.notsock.verdict.Now;
import io.notsock.verdict.Outcome;
import io.notsock.verdict.Verdict;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * The way of an event: what the application's thread does when it opens, adopts, cuts or closes a handle.
 *
 * <p>The normal path of an open is one record and one CAS, that of a close another CAS. Everything else, asking the OS
 * included, happens on suspicion only. Order is everything: a close is marked <em>before</em> the call reaches the OS and
 * an open recorded after, so that whoever gets the number next finds a truthful slot.
 *
 * <p>Thread-safe and lock-free. May throw only what the JVM throws by itself; the woven code catches it.
 */
public final class Tracker {
    /** Standard input, output and error: POSIX programs redirect them, and the JDK never frees them. */
    private static final long LAST_STANDARD_FD = 2;

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

    private final Registry registry;
    private final Recorder recorder;
    private final Witness witness;
    private final OwnerNumbers numbers;
    private final FindingSink findings;
    private final FindingSink ownFindings;
    private final boolean attachedLate;
    private final Journal journal;
    private final Opening[] unseen = new Opening[Space.values().length];
    private final Inside inside = new Inside();
    private final Sweeps sweeps = new Sweeps();
    private final LongAdder redundantCloses = new LongAdder();
    private volatile Hook[] hooks = new Hook[0];

    /**
     * @param findings where verdicts about the application go
     * @param ownFindings where verdicts about the agent's own threads go (the self-test)
     * @param attachedLate the agent came to a running JVM
     * @param journal keeps every event, or {@code null}
     */
    public Tracker(
            Registry registry,
            Recorder recorder,
            Witness witness,
            OwnerNumbers numbers,
            FindingSink findings,
            FindingSink ownFindings,
            boolean attachedLate,
            Journal journal) {
        this.registry = registry;
        this.recorder = recorder;
        this.witness = witness;
        this.numbers = numbers;
        this.findings = findings;
        this.ownFindings = ownFindings;
        this.attachedLate = attachedLate;
        this.journal = journal;
        for (Space space : Space.values()) {
            unseen[space.ordinal()] = Opening.unseen(space);
        }
    }

    /** Sets the hooks that woven code names by index. Before the first class is woven, and only once. */
    public void install(Hook[] all) {
        hooks = all.clone();
    }

    public Hook hook(int index) {
        return hooks[index];
    }

    public Registry registry() {
        return registry;
    }

    /** Closes above the OS that had nothing left to close. */
    public long redundantCloses() {
        return redundantCloses.sum();
    }

    // --- open, adopt
    // --------------------------------------------------------------------------------------------------

    /** A hooked call that gives out or adopts a number returned. */
    public void after(int index, Object owner, Object closer, long number) {
        if (inside.here()) {
            return;
        }
        Hook hook = hooks[index];
        switch (hook.role) {
            case OPEN:
                opened(hook, owner, closer, number);
                break;
            case ADOPT:
                adopted(hook, owner, number);
                break;
            default:
                break;
        }
    }

    private void opened(Hook hook, Object owner, Object closer, long number) {
        if (owner != null) {
            Life current = registry.current(hook.space, number);
            OwnerRef ref = current != null && current.live() ? current.ownerRef(owner) : null;
            if (ref != null) {
                openedAgain(hook, current, ref, closer);
                note("refine", hook, number, "again");
                return;
            }
        }
        OwnerRef owners = owner == null ? null : new OwnerRef(owner, OwnerRef.Part.OPENER, hook.armed, null);
        if (closer != null) {
            owners = new OwnerRef(closer, OwnerRef.Part.DELEGATE, true, owners);
        }
        begin(hook, number, Act.What.OPEN, owners);
    }

    private void begin(Hook hook, long number, Act.What what, OwnerRef owners) {
        Opening opening = Thread.currentThread() instanceof AgentThread ? hook.ownOpening : hook.opening;
        Act act = recorder.record(what, hook.api, false);
        Life life = registry.begin(opening, number, act, owners);
        note(what.label(), hook, number, "ok");
        Life before = life.previous();
        if (before != null) {
            if (before.live()) {
                reopened(before, life);
            } else if (before.awaiting() != null) {
                joinVictim(before, life);
            }
        }
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

    /** The OS gave out a number that the registry held as open: a close was missed. */
    private void reopened(Life before, Life now) {
        Verdict verdict = Judge.reopened(Now.of(before, held(before, null)));
        if (verdict.silent()) {
            before.forget();
            return;
        }
        hidden(verdict, before, now.opened().nanos());
    }

    /** A stale close hit this number before its opener had recorded it; the OS tells whether that one is the victim. */
    private void joinVictim(Life before, Life now) {
        Finding finding = (Finding) before.awaiting();
        before.await(null);
        if (!inside.enter()) {
            return;
        }
        try {
            if (witness.ask(now.space(), now.number()) == Answer.CLOSED) {
                now.kill(finding.rogue());
                now.joinIncident(finding.incident());
                finding.joinVictim(now);
            }
        } finally {
            inside.leave();
        }
    }

    private void adopted(Hook hook, Object owner, long number) {
        if (owner == null || (hook.space == Space.FD && number <= LAST_STANDARD_FD)) {
            note(Act.What.ADOPT.label(), hook, number, "standard");
            return;
        }
        Life current = registry.current(hook.space, number);
        if (current != null) {
            OwnerRef ref = current.live() ? current.ownerRef(owner) : null;
            if (ref != null) {
                if (hook.armed) {
                    ref.arm();
                }
                note(Act.What.ADOPT.label(), hook, number, "again");
                return;
            }
            // A stream put around a descriptor whose own life is over does not make it an owner of the next life.
            boolean stale = hook.armed && Registry.lifeOf(owner, current) != null;
            if (stale) {
                note(Act.What.ADOPT.label(), hook, number, "stale");
                return;
            }
            if (current.live()) {
                current.adopt(owner, hook.armed);
                note(Act.What.ADOPT.label(), hook, number, "joined");
                return;
            }
        }
        begin(hook, number, Act.What.ADOPT, new OwnerRef(owner, OwnerRef.Part.OPENER, hook.armed, null));
    }

    // --- close, cut, hand over
    // -----------------------------------------------------------------------------------------

    /** A hooked call that ends, cuts, hands over or replaces a number is about to run; the token for its outcome. */
    public Object before(int index, Object owner, long number, long source) {
        if (inside.here()) {
            return null;
        }
        Hook hook = hooks[index];
        switch (hook.role) {
            case USE:
                return owner != null ? ownerUses(hook, owner, number) : null;
            case CLOSE:
                return owner != null ? ownerCloses(hook, owner, number) : rawCloses(hook, number);
            case PRECLOSE:
                return owner != null ? ownerCuts(hook, owner, number) : null;
            case RELEASE:
                release(hook, number);
                return null;
            case REPLACE:
                return replaces(hook, owner, number, source);
            default:
                return null;
        }
    }

    private Object ownerCloses(Hook hook, Object owner, long number) {
        Life current = registry.current(hook.space, number);
        if (current != null) {
            if (current.live()) {
                OwnerRef ref = current.ownerRef(owner);
                if (ref != null && ref.part() != OwnerRef.Part.ADOPTER) {
                    Act act = recorder.record(Act.What.CLOSE, hook.api, false);
                    if (current.beginClose(act)) {
                        return closing(hook, current);
                    }
                }
            } else if (nested(current)) {
                note(Act.What.CLOSE.label(), hook, number, "nested");
                return null;
            }
        } else if (hook.space == Space.FD && number <= LAST_STANDARD_FD) {
            note(Act.What.CLOSE.label(), hook, number, "standard");
            return null; // FileDescriptor.close() redirects 0 to 2 to /dev/null instead of freeing them
        }
        return examine(hook, owner, number, false);
    }

    private Object rawCloses(Hook hook, long number) {
        Life current = registry.current(hook.space, number);
        if (current != null) {
            if (current.live() && !held(current, null)) {
                Act act = recorder.record(Act.What.CLOSE, hook.api, hook.foreignFunction);
                if (hook.foreignFunction) {
                    sweeps.note(act.threadId(), hook.api, number);
                }
                if (current.beginClose(act)) {
                    return closing(hook, current);
                }
            } else if (nested(current)) {
                note(Act.What.CLOSE.label(), hook, number, "nested");
                return null;
            }
        }
        return examine(hook, null, number, false);
    }

    /** Hooks inside hooks on one number in one thread are one event: the outermost names the API. */
    private static boolean nested(Life life) {
        if (life.state() != Life.CLOSING) {
            return false;
        }
        Act closed = life.closed();
        return closed != null && closed.threadId() == Thread.currentThread().getId();
    }

    private Object closing(Hook hook, Life life) {
        note(Act.What.CLOSE.label(), hook, life.number(), "ok");
        if (!hook.exitSeen) {
            life.finishClose();
        }
        return life;
    }

    private Object ownerCuts(Hook hook, Object owner, long number) {
        Life current = registry.current(hook.space, number);
        if (current == null) {
            note(Act.What.PRECLOSE.label(), hook, number, "unknown");
            return null;
        }
        if (current.live() && current.ownerRef(owner) != null) {
            current.preclosed();
            note(Act.What.PRECLOSE.label(), hook, number, "ok");
            return null;
        }
        if (nested(current) || Registry.lifeOf(owner, current) == null) {
            note(Act.What.PRECLOSE.label(), hook, number, "unknown");
            return null;
        }
        return examine(hook, owner, number, true);
    }

    /** The path of every read and write: two array reads, a state and one identity where all is well. */
    private Object ownerUses(Hook hook, Object owner, long number) {
        Life current = registry.current(hook.space, number);
        if (current == null || (current.live() && current.ownerRef(owner) != null)) {
            return null;
        }
        return current.state() == Life.CLOSING ? null : examineUse(hook, owner, number);
    }

    private Object examineUse(Hook hook, Object owner, long number) {
        if (!inside.enter()) {
            return null;
        }
        try {
            Life current = registry.current(hook.space, number);
            Life own = current == null ? null : Registry.lifeOf(owner, current);
            if (own == null || own.live() || own.state() == Life.CLOSING || own.state() == Life.UNKNOWN) {
                return null;
            }
            Ended ended = ended(own);
            if (ended == Ended.REPORTED) {
                ((Incident) own.incident()).noteOwnerActed();
            }
            boolean same = own.cutDuring(current);
            Verdict verdict =
                    Judge.uses(Now.of(current, current.live()), own == current, ended, same, ask(hook, number));
            if (verdict.silent()) {
                return null;
            }
            Act act = recorder.record(Act.What.USE, hook.api, true);
            Suspicion suspicion = new Suspicion(verdict, false, act, owner, current, own);
            suspicion.use = true;
            suspicion.reported = ended == Ended.REPORTED;
            return suspect(hook, suspicion, number);
        } finally {
            inside.leave();
        }
    }

    private void release(Hook hook, long number) {
        Life current = registry.current(hook.space, number);
        if (current != null && current.live()) {
            note(Act.What.RELEASE.label(), hook, number, "ok");
            current.release();
        } else {
            note(Act.What.RELEASE.label(), hook, number, "unknown");
        }
    }

    private Object replaces(Hook hook, Object owner, long number, long source) {
        if (number == source || (hook.space == Space.FD && number <= LAST_STANDARD_FD)) {
            note(Act.What.REPLACE.label(), hook, number, number == source ? "same" : "standard");
            return null;
        }
        if (owner != null) {
            Life held = registry.current(hook.space, number);
            if (held != null && held.live() && held.ownerRef(owner) != null) {
                note(Act.What.REPLACE.label(), hook, number, "own");
                return null; // over one's own number: what is behind it changes, who holds it does not
            }
        }
        if (!inside.enter()) {
            return null;
        }
        try {
            Life current = registry.current(hook.space, number);
            Act act = recorder.record(Act.What.REPLACE, hook.api, true);
            Now now = Now.of(current, current != null && held(current, null));
            Act earlier = now == Now.HELD ? sameCloser(current, act) : null;
            Verdict verdict =
                    Judge.rawReplaces(now, earlier != null, now == Now.HELD ? ask(hook, number) : Answer.UNKNOWN);
            Suspicion suspicion = new Suspicion(verdict, true, act, null, current, null);
            suspicion.replaces = true;
            suspicion.number = number;
            suspicion.shares = earlier == null;
            suspicion.described = verdict.silent() ? null : witness.describe(hook.space, number);
            return suspicion;
        } finally {
            inside.leave();
        }
    }

    // --- suspicion
    // -----------------------------------------------------------------------------------------------------

    /** Anything but an owner closing its own live handle comes here. */
    private Object examine(Hook hook, Object owner, long number, boolean preclose) {
        if (!inside.enter()) {
            return null;
        }
        try {
            Life current = registry.current(hook.space, number);
            Act.What what = preclose ? Act.What.PRECLOSE : Act.What.CLOSE;
            Act act = recorder.record(what, hook.api, hook.foreignFunction || current != null);
            note(what.label(), hook, number, "suspicious");
            return owner == null
                    ? examineRaw(hook, current, number, act)
                    : examineOwner(hook, owner, current, number, act, preclose);
        } finally {
            inside.leave();
        }
    }

    private Object examineOwner(Hook hook, Object owner, Life current, long number, Act act, boolean preclose) {
        Life own = Registry.lifeOf(owner, current);
        if (own == null) {
            return examineStranger(hook, owner, current, number, act);
        }
        if (own.state() == Life.UNKNOWN) {
            if (current.live()) {
                current.forget();
            }
            return null;
        }
        boolean foreign = own == current && own.live() && held(own, owner);
        if (own == current && own.live() && !foreign) {
            return own.beginClose(act) ? closing(hook, own) : null;
        }
        Answer os = ask(hook, number);
        Ended ended = ended(own);
        Verdict verdict = own == current
                ? Judge.ownerCloses(Now.of(own, foreign), foreign, own.cutDuring(current), ended, os)
                : Judge.staleCloses(Now.of(current, current.live()), ended, own.cutDuring(current), os);
        if (ended == Ended.REPORTED) {
            ((Incident) own.incident()).noteOwnerActed();
        }
        if (preclose) {
            own.noteCutDuring(current);
        }
        if (os == Answer.CLOSED && own == current && own.live()) {
            own.forget(); // closed where nobody saw it: its owners are not to be judged by what we missed
        }
        if (verdict.silent()) {
            if (own.live() && own == current && own.beginClose(act)) {
                return closing(hook, own);
            }
            return null;
        }
        Suspicion suspicion = new Suspicion(verdict, false, act, owner, current, own);
        suspicion.preclose = preclose;
        suspicion.reported = ended == Ended.REPORTED;
        return suspect(hook, suspicion, number);
    }

    /** How a life that is over ended, from its owner's point of view. */
    private static Ended ended(Life own) {
        boolean byStranger =
                own.state() == Life.KILLED || (own.owners() != null && (own.closedByStranger() || isRaw(own.closed())));
        if (!byStranger) {
            return Ended.RIGHTFULLY;
        }
        return own.incident() != null ? Ended.REPORTED : Ended.BY_STRANGER;
    }

    private Object examineStranger(Hook hook, Object owner, Life current, long number, Act act) {
        boolean held = current != null && current.live() && held(current, null);
        Life rawBefore = rawCloseOfUnseen(current);
        Verdict verdict = Verdict.SILENT;
        if (held || rawBefore != null) {
            verdict = Judge.strangerCloses(Now.of(current, held), attachedLate, rawBefore != null, ask(hook, number));
        }
        if (!verdict.silent()) {
            return suspect(hook, new Suspicion(verdict, false, act, owner, current, rawBefore), number);
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
            return closing(hook, current);
        }
        return recordUnseen(hook, number, act, new OwnerRef(owner, OwnerRef.Part.OPENER, false, null));
    }

    private Object examineRaw(Hook hook, Life current, long number, Act act) {
        Sweeps.Run run = hook.foreignFunction ? sweeps.note(act.threadId(), hook.api, number) : null;
        Now now = Now.of(current, current != null && held(current, null));
        if (now == Now.NOTHING || now == Now.UNKNOWN) {
            return recordUnseen(hook, number, act, null);
        }
        if (now == Now.OPEN) {
            return current.beginClose(act) ? closing(hook, current) : null;
        }
        Answer os = now == Now.CLOSING ? Answer.UNKNOWN : ask(hook, number);
        Act earlier = now == Now.HELD ? sameCloser(current, act) : null;
        Verdict verdict = Judge.rawCloses(now, earlier != null, isRaw(current.closed()), os);
        if (verdict.silent()) {
            if (now == Now.HELD) {
                current.forget();
                return null;
            }
            return recordUnseen(hook, number, act, null);
        }
        if (now == Now.CLOSING) {
            current.noteRival(act);
        }
        Suspicion suspicion = new Suspicion(verdict, true, act, null, current, lifeClosedBy(current, earlier));
        suspicion.sweep = run;
        suspicion.holder = now == Now.HELD ? holder(current) : null;
        return suspect(hook, suspicion, number);
    }

    /** A close of a number whose opening was not seen: kept, so that a second close of it can be told. */
    private Object recordUnseen(Hook hook, long number, Act act, OwnerRef owners) {
        Life life = registry.begin(unseen[hook.space.ordinal()], number, null, owners);
        return life.beginClose(act) && hook.exitSeen ? life : null;
    }

    /** Marks what the call will do, then waits for its outcome where that can be seen. */
    private Object suspect(Hook hook, Suspicion suspicion, long number) {
        Life current = suspicion.current;
        Life own = suspicion.own;
        AlertKind kind = suspicion.verdict.kind();
        if (!(Thread.currentThread() instanceof AgentThread)) {
            recorder.suspicion(); // the self-test is none
        }
        Incident incident = own != null ? (Incident) own.incident() : null;
        if (incident == null && current != null && current.state() == Life.KILLED) {
            incident = (Incident) current.incident();
        }
        suspicion.incident = incident != null ? incident : new Incident();
        suspicion.described = witness.describe(hook.space, number);
        if (own != null) {
            own.joinIncident(suspicion.incident);
        }
        if (current != null && current.live() && !suspicion.use && kind != AlertKind.DOUBLE_CLOSE) {
            current.joinIncident(suspicion.incident);
            current.kill(suspicion.act);
        }
        if (!hook.exitSeen) {
            conclude(suspicion, Outcome.UNSEEN);
            return null;
        }
        return suspicion;
    }

    // --- outcome
    // -------------------------------------------------------------------------------------------------------

    /** The announced call returned. */
    public void done(int index, Object token, long result) {
        Hook hook = hooks[index];
        Outcome outcome = hook.failure == io.notsock.catalog.Failure.UNSEEN
                ? Outcome.UNSEEN
                : hook.failure.isFailure(result) ? Outcome.REFUSED : Outcome.SUCCESS;
        finish(hook, token, outcome);
    }

    /** The announced call threw. */
    public void failed(int index, Object token) {
        finish(hooks[index], token, Outcome.REFUSED);
    }

    private void finish(Hook hook, Object token, Outcome outcome) {
        if (token instanceof Life) {
            Life life = (Life) token;
            if (outcome == Outcome.REFUSED) {
                note("refused", hook, life.number(), "ok");
                refused(life);
            }
            life.finishClose();
        } else {
            Suspicion suspicion = (Suspicion) token;
            if (suspicion.replaces) {
                if (outcome != Outcome.REFUSED) {
                    replaced(hook, suspicion);
                }
            } else {
                conclude(suspicion, outcome);
            }
        }
    }

    /** The OS refused a close that looked rightful. */
    private void refused(Life life) {
        Act rival = life.rival();
        boolean neverSeenOpen = life.opened() == null && life.owners() == null;
        if (neverSeenOpen || (rival == null && (isRaw(life.closed()) || life.closedByStranger()))) {
            // A plain integer that was never a handle, or one that had been closed where nobody saw it: either way this
            // close was not the one that ended the life, so nothing may be concluded from it later.
            life.forget();
            return;
        }
        if (rival != null) {
            life.kill(rival);
            Incident incident = (Incident) life.joinIncident(new Incident());
            publish(new Finding(Judge.raced(), life, rival, null, null, null, life, incident, null, null, null));
        } else if (life.opening().guarded() && life.owners() != null) {
            closedUnseen(life);
        }
    }

    /** The error of the owner's own close may be the first sign of a close that no hook saw. */
    private void closedUnseen(Life life) {
        if (!inside.enter()) {
            return;
        }
        try {
            boolean onlyIfClosed = CLOSE_CANNOT_FAIL.contains(life.type());
            Verdict verdict = Judge.refused(
                    onlyIfClosed, onlyIfClosed ? witness.ask(life.space(), life.number()) : Answer.UNKNOWN);
            if (!verdict.silent()) {
                hidden(verdict, life, life.closed().nanos());
            }
        } finally {
            inside.leave();
        }
    }

    private void hidden(Verdict verdict, Life life, long noticed) {
        Act notSeen = Act.unseenClose(noticed);
        life.kill(notSeen);
        Incident incident = (Incident) life.joinIncident(new Incident());
        publish(new Finding(verdict, life, null, null, notSeen, life, life, incident, null, null, null));
    }

    private void replaced(Hook hook, Suspicion suspicion) {
        Life old = suspicion.current;
        boolean keepsOwners = old != null && old.live() && suspicion.shares;
        long number = suspicion.number;
        Life life = registry.begin(hook.opening, number, suspicion.act, keepsOwners ? old.owners() : null);
        note(Act.What.REPLACE.label(), hook, number, "ok");
        if (old == null || life.previous() != old || !old.live()) {
            return;
        }
        old.kill(suspicion.act);
        if (!suspicion.verdict.silent()) {
            Incident incident = (Incident) old.joinIncident(new Incident());
            publish(new Finding(
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
    }

    private void conclude(Suspicion s, Outcome outcome) {
        Outcome seen = s.preclose && s.verdict.kind() == AlertKind.DOUBLE_CLOSE ? Outcome.UNSEEN : outcome;
        Verdict verdict = Judge.conclude(s.verdict, seen, s.raw, s.reported);
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
                s.owner == null ? null : describe(s.owner),
                first == null ? null : first.closed(),
                first,
                victim,
                s.incident,
                s.described,
                s.sweep,
                killed ? s.holder : null);
        if (kind == AlertKind.CLOSE_OF_REUSED && victim == null && current != null) {
            current.await(finding);
        }
        publish(finding);
    }

    private void publish(Finding finding) {
        if (Thread.currentThread() instanceof AgentThread) {
            ownFindings.offer(finding);
        } else {
            findings.offer(finding);
        }
    }

    /** A public close above the OS found its object closed already. */
    public void count(int index) {
        redundantCloses.increment();
        note("count", hooks[index], -1, "ok");
    }

    /** A hook failed on this number: nothing known about it is a ground for an alert any more. */
    public void hookFailed(int index, long number) {
        if (number < 0 || index < 0 || index >= hooks.length) {
            return;
        }
        Life current = registry.current(hooks[index].space, number);
        if (current != null) {
            current.forget();
        }
    }

    private void note(String what, Hook hook, long number, String outcome) {
        if (journal != null) {
            journal.note(what, hook, number, outcome);
        }
    }

    // --- what is known about a life
    // --------------------------------------------------------------------------------------

    /** Whether an armed, reachable opener or adopter other than {@code except} holds this guarded life's number. */
    private boolean held(Life life, Object except) {
        if (!life.opening().guarded()) {
            return false;
        }
        for (OwnerRef ref = life.owners(); ref != null; ref = ref.next()) {
            if (ref.armed() && ref.part() != OwnerRef.Part.DELEGATE) {
                Object owner = ref.get();
                if (owner != null && owner != except && holds(owner, life.number())) {
                    // An adopter's close is foreign to the opener, not to another adopter.
                    if (except == null || ref.part() == OwnerRef.Part.OPENER) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static Object holder(Life life) {
        for (OwnerRef ref = life.owners(); ref != null; ref = ref.next()) {
            if (ref.armed() && ref.part() != OwnerRef.Part.DELEGATE) {
                Object owner = ref.get();
                if (owner != null) {
                    return owner;
                }
            }
        }
        return null;
    }

    private boolean holds(Object owner, long number) {
        long held = numbers.numberOf(owner);
        return held == number || held == OwnerNumbers.CANNOT_ASK;
    }

    private Answer ask(Hook hook, long number) {
        return witness.ask(hook.space, number);
    }

    private static Life rawCloseOfUnseen(Life from) {
        for (Life life = from; life != null; life = life.previous()) {
            // A close that the OS refused (state UNKNOWN) closed nothing.
            boolean unseen = life.opened() == null && life.owners() == null && life.state() != Life.UNKNOWN;
            if (unseen && isRaw(life.closed())) {
                return life;
            }
        }
        return null;
    }

    private static boolean isRaw(Act act) {
        return act != null && act.foreignFunction();
    }

    /** The close of this number by the same API from the same thread or call site, or {@code null}. */
    private static Act sameCloser(Life from, Act act) {
        for (Life life = from.previous(); life != null; life = life.previous()) {
            Act closed = life.closed();
            if (isRaw(closed)
                    && life.state() != Life.UNKNOWN
                    && !redirected(life)
                    && sameApi(closed, act)
                    && (closed.threadId() == act.threadId() || CallSite.same(closed, act))) {
                return closed;
            }
        }
        return null;
    }

    /** Ended by a {@code dup2} over its owner's number, who goes on with the new life: nothing was closed for good. */
    private static boolean redirected(Life life) {
        return life.closed().what() == Act.What.REPLACE && life.owners() != null;
    }

    /** For {@code dup2} a {@code close} through the same bridge counts too: both are done by who thinks it is his. */
    private static boolean sameApi(Act earlier, Act act) {
        if (act.what() != Act.What.REPLACE) {
            return earlier.api().equals(act.api());
        }
        int bridge = act.api().indexOf(':') + 1;
        return earlier.api().regionMatches(0, act.api(), 0, bridge);
    }

    private static Life lifeClosedBy(Life from, Act act) {
        for (Life life = act == null ? null : from.previous(); life != null; life = life.previous()) {
            if (life.closed() == act) {
                return life;
            }
        }
        return null;
    }

    /** Class and identity: enough to tell two objects apart, and runs no code of the application. */
    private static String describe(Object owner) {
        return owner.getClass().getName() + "@" + Integer.toHexString(System.identityHashCode(owner));
    }
}
