package io.notsock.track;

import io.notsock.catalog.Entry;
import io.notsock.catalog.Failure;
import io.notsock.catalog.Role;
import io.notsock.catalog.Target;
import io.notsock.evidence.Act;
import io.notsock.handle.HandleType;
import io.notsock.handle.Space;
import io.notsock.registry.Opening;
import io.notsock.verdict.Outcome;

/** A catalog entry made ready for the hot path: what woven code names by its index. */
public final class Hook {
    private final Entry entry;
    final Role role;
    final Space space;
    final HandleType type;
    final String api;
    final boolean armed;
    private final Failure failure;
    /** Reached as a native function: the caller passes a plain integer, and its stack is evidence. */
    final boolean foreignFunction;

    /**
     * Whether the target's return says that the OS did what it was asked to. Of a native that cannot be known where the catalog does
     * not say which results are errors: it may return one, or swallow it.
     */
    private final boolean returnTells;

    final Opening opening;
    /** The same for handles that the agent's own threads open. */
    final Opening ownOpening;

    /** A call of a method that another hook is woven into: this one knows whose number it is, that one knows no more. */
    boolean announces;
    /** Woven into a method whose calls may have been told by a hook that {@link #announces}. */
    boolean announced;
    /** What {@code io.notsock.api.Handles.closing} tells is followed by the close itself, which a hook may see or not. */
    final boolean tells;
    /** For a close of a descriptor of the C runtime: the same call, as a close of the HANDLE behind it. */
    private final Hook behind;

    private volatile boolean broken;

    private Hook(Entry entry, Space space, boolean guarded, boolean returnTells, String api) {
        this.entry = entry;
        this.role = entry.role();
        this.space = space;
        this.type = entry.type();
        this.armed = entry.armed();
        this.failure = entry.failure();
        this.tells = role == Role.CLOSE && entry.targets().get(0).owner().equals("*.io.notsock.api.Handles");
        this.returnTells = returnTells;
        this.api = api;
        this.foreignFunction = Act.isForeignFunction(api);
        this.opening = new Opening(space, type, api, guarded, entry.forVmLife(), false);
        this.ownOpening = new Opening(space, type, api, guarded, entry.forVmLife(), true);
        if (entry.endsWithThread()) {
            opening.markEndsWithThread();
            ownOpening.markEndsWithThread();
        }
        this.behind = space == Space.CRT_FD && role == Role.CLOSE
                ? new Hook(entry, behind(entry), guarded, returnTells, api)
                : null;
    }

    /**
     * An entry's own hook, which bears the name of its first target.
     *
     * @param guarded whether every rightful way of closing what this entry opens is hooked
     */
    static Hook own(Entry entry, boolean guarded) {
        return of(entry, guarded, entry.targets().get(0));
    }

    /** The hook of an entry for one of its targets. */
    static Hook of(Entry entry, boolean guarded, Target target) {
        boolean returnTells = entry.failure() != Failure.UNSEEN
                && (target.kind() != Target.Kind.CALL || entry.failure().byCode());
        return new Hook(entry, entry.space(), guarded, returnTells, apiOf(entry, target));
    }

    /** This hook for one of several functions of its entry, on one of the roads by which it is called. */
    Hook named(String name) {
        return new Hook(entry, space, guards(), returnTells, name);
    }

    /** Where the number behind a descriptor or stream of the C runtime is. */
    static Space behind(Entry entry) {
        return entry.systems().contains("windows") ? Space.HANDLE : Space.FD;
    }

    /** This call as a close of what the C runtime closes with the descriptor, or {@code null} for any other hook. */
    Hook behind() {
        return behind;
    }

    public Entry entry() {
        return entry;
    }

    /** What the OS did, by the target's result, of all but integers zero. */
    Outcome outcome(long result) {
        if (!returnTells) {
            return Outcome.UNSEEN;
        }
        return failure.isFailure(result) ? Outcome.REFUSED : Outcome.SUCCESS;
    }

    boolean returnTells() {
        return returnTells;
    }

    /** What the OS did, where the target threw. */
    Outcome exception() {
        return failure == Failure.UNSEEN ? Outcome.UNSEEN : Outcome.REFUSED;
    }

    /** Whether both tell the same of the same event. */
    boolean isLike(Hook other) {
        return returnTells == other.returnTells && api.equals(other.api);
    }

    /** The name in alerts: {@code java:class}, {@code jna:function}. */
    public String api() {
        return api;
    }

    /** Lives that this hook opened are no longer guarded: a way of closing them cannot be seen on this JVM. */
    public void unguard() {
        opening.unguard();
        ownOpening.unguard();
    }

    public boolean guards() {
        return opening.guarded();
    }

    /** The hook could not be woven, or failed: what it would have told is missing. */
    public void markBroken() {
        broken = true;
    }

    public boolean broken() {
        return broken;
    }

    /** Another hook of the same role sees the event of this target as well. Before the hook is given out. */
    void pairedAt(Target target) {
        if (target.kind() == Target.Kind.CALL) {
            announces = true;
        } else {
            announced = true;
        }
    }

    private static String apiOf(Entry entry, Target target) {
        if (entry.api() != null) {
            return entry.api();
        }
        if (entry.role() == Role.EXPLAIN) {
            return entry.id(); // is told nobody, and one hook serves all its targets
        }
        if (target.kind() == Target.Kind.FUNCTION) {
            return "jna:".concat(target.name());
        }
        String owner = target.owner().startsWith("*.") ? target.owner().substring(2) : target.owner();
        return "java:" + owner + (target.name().equals("<init>") ? "" : "." + target.name());
    }
}
