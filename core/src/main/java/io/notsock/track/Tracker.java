package io.notsock.track;

import io.notsock.catalog.Role;
import io.notsock.evidence.Recorder;
import io.notsock.evidence.Witness;
import io.notsock.handle.Space;
import io.notsock.registry.Life;
import io.notsock.registry.Registry;
import io.notsock.verdict.Outcome;
import java.lang.ref.ReferenceQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The way of an event: what the application's thread does when it opens, adopts, uses, cuts or closes a handle.
 *
 * <p>The normal path of an open is one record and one CAS, that of a close another CAS ({@link Opens}, {@link Closes},
 * {@link Uses}, {@link Replaces}). Everything else, asking the OS included, happens on suspicion only ({@link
 * CloseInquiry}, {@link Conclusions}). Order is everything: a close is marked <em>before</em> the call reaches the OS and
 * an open recorded after, so that whoever gets the number next finds a truthful slot.
 *
 * <p>Thread-safe and lock-free. May throw only what the JVM throws by itself; the woven code catches it.
 */
public final class Tracker {
    private final Scene scene;
    private final Conclusions conclusions;
    private final Opens opens;
    private final Closes closes;
    private final Uses uses;
    /** This and the two below are made for the first event of their kind; of two that are made at once either will do. */
    private RawUses rawUses;

    private Replaces replaces;
    private CrtDescriptors descriptors;
    /** No LongAdder: it brings up a dozen classes of the JDK at every start, and a close costs a hundred times more than this. */
    private final AtomicLong redundantCloses = new AtomicLong();
    /** {@code null} unless somebody has asked for them. */
    private RedundantCloses redundant;

    private final Announcements announcements = new Announcements();
    /** Closes that a library has told of, through {@code io.notsock.api.Handles}, and is about to make. */
    private final Announcements told = new Announcements();
    /** Plain: a thread asks for what it has told itself. */
    private boolean anythingTold;

    private volatile HookTable hooks;

    /** {@code null} unless somebody wants to know: what every open and close pays for that is this one read. */
    private volatile LifeListener listener;

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
        scene = new Scene(registry, recorder, witness, numbers, findings, ownFindings, attachedLate, journal);
        conclusions = new Conclusions(scene);
        opens = new Opens(scene, conclusions);
        closes = new Closes(scene, conclusions);
        uses = new Uses(scene, conclusions);
    }

    /** Sets the hooks that woven code names by index. Before the first class is woven, and only once. */
    public void install(HookTable all) {
        hooks = all;
    }

    /** Has every open and close told from now on; {@code null} for none. */
    public void tell(LifeListener whom) {
        listener = whom;
    }

    /**
     * Has second closes that never reached the OS told of, and not only counted. Before the first class is woven.
     *
     * @param space where the descriptors of the JDK have their numbers
     */
    public void tellRedundantCloses(Space space) {
        redundant = new RedundantCloses(scene, space);
    }

    /**
     * Has what nobody closed told of. Before the first class is woven.
     *
     * @param rescues told of closes that a Cleaner makes
     * @param collected told when an armed owner has been collected, or {@code null}
     */
    public void watchLeaks(Rescues rescues, ReferenceQueue<Object> collected) {
        scene.rescues = rescues;
        scene.collected = collected;
    }

    /**
     * Has nothing concluded from the lack of an event that may have been lost. Before the first class is woven.
     *
     * @param flag true in its first element once a hook could not tell what it had to
     */
    public void missed(boolean[] flag) {
        scene.missed = flag;
    }

    public Hook hook(int index) {
        return hooks.hook(index);
    }

    public Registry registry() {
        return scene.registry;
    }

    /** Which threads are inside agent code, where hooks are silent. */
    public Inside inside() {
        return scene.inside;
    }

    /** The user's life in the suspicion that {@link #use} gave. */
    public static Life lifeUsed(Object suspicion) {
        return ((Suspicion) suspicion).own;
    }

    /** An audit of this tracker's registry; for one thread. */
    public Audit audit() {
        return new Audit(scene, conclusions);
    }

    /** The OS can be asked, which could not be before. For a thread of the agent. */
    public void witnessReady() {
        conclusions.settleDoubts();
    }

    /** Whether this life may be over without its close having been told: a hook had no stack or no memory left. */
    public boolean closeMayBeLost(Life life) {
        return scene.closeMayBeLost(life);
    }

    /** What is behind the number of an open life, as people name it, or {@code null}. Not for the path of an event. */
    public String describe(Life life) {
        return scene.describe(life);
    }

    /** Closes above the OS that had nothing left to close. */
    public long redundantCloses() {
        return redundantCloses.get();
    }

    /** Loads what only suspicions need, so that none of it has to be loaded inside a hook. For a thread of the agent. */
    public void prepareForSuspicions() {
        closes.inquiry();
        rawUses();
        replaces();
        descriptors();
    }

    /** A hooked call that gives out or adopts a number returned. */
    public void after(int index, Object owner, Object closer, long number) {
        if (scene.inside.here()) {
            return;
        }
        Hook hook = hooks.hook(index);
        if (number == 0 && hook.space == Space.HANDLE) {
            return; // NULL is no handle
        }
        if (hook.role == Role.OPEN) {
            tellOpened(opens.opened(hook, owner, closer, number));
        } else if (hook.role == Role.ADOPT) {
            tellOpened(opens.adopted(hook, owner, number));
        }
    }

    private RawUses rawUses() {
        RawUses made = rawUses;
        if (made == null) {
            made = new RawUses(scene, conclusions);
            rawUses = made;
        }
        return made;
    }

    private Replaces replaces() {
        Replaces made = replaces;
        if (made == null) {
            made = new Replaces(scene);
            replaces = made;
        }
        return made;
    }

    private CrtDescriptors descriptors() {
        CrtDescriptors made = descriptors;
        if (made == null) {
            made = new CrtDescriptors(scene, conclusions);
            descriptors = made;
        }
        return made;
    }

    private void tellOpened(Life begun) {
        LifeListener whom = listener;
        if (whom != null && begun != null && !begun.opening().agentOwned()) {
            whom.opened(begun);
        }
    }

    private void tellClosed(Life ended) {
        LifeListener whom = listener;
        if (whom != null && ended.opened() != null && !ended.opening().agentOwned()) {
            whom.closed(ended);
        }
    }

    /**
     * An object is about to operate on a number, and is not known to do so rightly ({@link
     * io.notsock.registry.KnownUsers}).
     *
     * @return a suspicion that waits for the outcome, {@code null} in all healthy cases
     */
    public Object use(int index, Object owner, long number) {
        if (owner == null || scene.inside.here()) {
            return null;
        }
        Hook hook = hooks.hook(index);
        return number == 0 && hook.space == Space.HANDLE ? null : uses.ownerUses(hook, owner, number);
    }

    /**
     * An operation has failed that {@link #use} had no objection to, or that nobody asked it about.
     *
     * @return the user's life, or {@code null} where none is known
     */
    public Life useFailed(int index, Object owner, long number) {
        return owner == null || scene.inside.here() ? null : uses.failed(hooks.hook(index), owner, number);
    }

    /** A hooked call on a number is about to run, which is no use; the token for its outcome. */
    public Object before(int index, Object owner, long number, long source) {
        if (scene.inside.here()) {
            return null;
        }
        Hook hook = hooks.hook(index);
        if (number == 0 && hook.space == Space.HANDLE) {
            return null;
        }
        if ((hook.announced && announcements.taken(number)) || toldBefore(hook, number)) {
            return null;
        }
        if (hook.tells) {
            if (!anythingTold) { // one write, not one for each: all threads read what lies around it
                anythingTold = true;
            }
            told.announce(number);
        }
        if (hook.announces) {
            announcements.announce(number);
        }
        // No switch: over an enum it is three loads more, of a table and of the role's ordinal.
        if (hook.role == Role.CLOSE) {
            if (owner != null) {
                return closes.ownerCloses(hook, owner, number);
            }
            return hook.behind() == null ? closes.rawCloses(hook, number) : descriptorCloses(hook, number);
        }
        if (hook.role == Role.PRECLOSE) {
            return owner != null ? closes.ownerCuts(hook, owner, number) : null;
        }
        if (hook.role == Role.REPLACE) {
            return replaces().before(hook, owner, number, source);
        }
        if (hook.role == Role.RELEASE) {
            closes.release(hook, number);
        }
        return null;
    }

    private Object descriptorCloses(Hook hook, long number) {
        Life life = scene.registry.current(hook.space, number);
        Life behind = life != null && life.live() ? life.behind() : null;
        Object token = closes.rawCloses(hook, number);
        Object inner = behind == null ? null : descriptors().closesBehind(hook.behind(), behind);
        return inner == null ? token : token == null ? inner : new Object[] {token, inner};
    }

    /** A function of the C runtime has told which HANDLE is behind a descriptor, or which descriptor behind a stream. */
    public void wraps(int index, long descriptor, long handle) {
        if (descriptor >= 0 && handle > 0 && !scene.inside.here()) {
            descriptors().wraps(Hook.behind(hooks.hook(index).entry()), descriptor, handle);
        }
    }

    /**
     * {@code close_range} is about to close every number from {@code first} to {@code last}; those the registry holds as
     * open are marked like single ones.
     *
     * @return the token for {@link #done} and {@link #failed}, {@code null} where nothing is known to be open there
     */
    public Object beforeRange(int index, long first, long last) {
        if (scene.inside.here() || first < 0 || last < first) {
            return null;
        }
        return closes.rawClosesRange(hooks.hook(index), first, last);
    }

    /** A function that operates on a plain integer was refused: the number was not open. */
    public void useRefused(int index, long number) {
        if (number >= 0 && !scene.inside.here()) {
            rawUses().refused(hooks.hook(index), number);
        }
    }

    /** The announced call returned, and what the OS answered cannot be seen. */
    public void unseen(int index, Object token) {
        finish(hooks.hook(index), token, Outcome.UNSEEN);
    }

    /**
     * Whether this is the close that the library has told of a moment ago: one event. A library may make its close where no
     * hook sees it; if the number is open again, what is seen here is another one.
     */
    private boolean toldBefore(Hook hook, long number) {
        boolean close = hook.role == Role.CLOSE && !hook.tells;
        if (!anythingTold || (!close && hook.role != Role.PRECLOSE) || !told.pending(number)) {
            return false;
        }
        if (close) {
            told.taken(number);
        }
        Life current = scene.registry.current(hook.space, number);
        return current == null || !current.live();
    }

    /** The announced call returned. */
    public void done(int index, Object token, long result) {
        Hook hook = hooks.hook(index);
        finish(hook, token, hook.outcome(result));
    }

    /** The announced call threw. */
    public void failed(int index, Object token) {
        Hook hook = hooks.hook(index);
        finish(hook, token, hook.exception());
    }

    private void finish(Hook hook, Object token, Outcome outcome) {
        if (token instanceof Object[]) {
            for (Object each : (Object[]) token) {
                finish(hook, each, outcome);
            }
            return;
        }
        if (token instanceof Life) {
            Life life = (Life) token;
            if (outcome == Outcome.REFUSED) {
                scene.note("refused", hook, life.number(), "ok");
                conclusions.refused(life);
            }
            life.finishClose();
            if (outcome != Outcome.REFUSED) {
                tellClosed(life);
            }
            return;
        }
        Suspicion suspicion = (Suspicion) token;
        conclusions.left(suspicion);
        if (!suspicion.replaces) {
            conclusions.conclude(suspicion, outcome);
        } else if (outcome == Outcome.REFUSED) {
            Replaces.refused(suspicion);
        } else {
            tellOpened(replaces().done(hook, suspicion));
        }
        Life hit = suspicion.current;
        if (hit != null && hit.closed() == suspicion.act && outcome != Outcome.REFUSED) {
            tellClosed(hit); // by whoever had no right to
        }
    }

    /** A public close above the OS found its object closed already. */
    public void count(int index) {
        redundantCloses.incrementAndGet();
        scene.note("count", hooks.hook(index), -1, "ok");
        if (redundant != null) {
            redundant.closedAgain(hooks.hook(index));
        }
    }

    /** A hook failed on this number: nothing known about it is a ground for an alert any more. */
    public void hookFailed(int index, long number) {
        if (number < 0 || !hooks.has(index)) {
            return;
        }
        Life current = scene.registry.current(hooks.hook(index).space, number);
        if (current != null) {
            current.forget();
        }
    }
}
