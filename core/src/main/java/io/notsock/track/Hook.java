package io.notsock.track;

import io.notsock.catalog.Entry;
import io.notsock.catalog.Failure;
import io.notsock.catalog.Role;
import io.notsock.catalog.Target;
import io.notsock.handle.HandleType;
import io.notsock.handle.Space;
import io.notsock.registry.Opening;

/** A catalog entry made ready for the hot path: what woven code names by its index. */
public final class Hook {
    private final Entry entry;
    final Role role;
    final Space space;
    final HandleType type;
    final String api;
    final boolean armed;
    final Failure failure;
    /** Reached through JNA or FFM: the caller passes a plain integer, and its stack is evidence. */
    final boolean foreignFunction;
    /**
     * Woven so that the outcome is seen however the target exits. An exception out of a call site is not; natives that
     * answer by a code do not throw.
     */
    final boolean exitSeen;

    final Opening opening;
    /** The same for handles that the agent's own threads open. */
    final Opening ownOpening;

    private volatile boolean broken;

    /** @param guarded whether every rightful way of closing what this entry opens is hooked */
    public Hook(Entry entry, boolean guarded) {
        this.entry = entry;
        this.role = entry.role();
        this.space = entry.space();
        this.type = entry.type();
        this.armed = entry.armed();
        this.failure = entry.failure();
        Target first = entry.targets().get(0);
        this.foreignFunction = first.kind() == Target.Kind.FUNCTION;
        this.exitSeen = first.kind() != Target.Kind.CALL || failure.byCode();
        this.api = apiOf(entry, first);
        this.opening = new Opening(space, type, api, guarded, entry.forVmLife(), false);
        this.ownOpening = new Opening(space, type, api, guarded, entry.forVmLife(), true);
    }

    public Entry entry() {
        return entry;
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

    private static String apiOf(Entry entry, Target target) {
        if (entry.api() != null) {
            return entry.api();
        }
        return target.kind() == Target.Kind.FUNCTION
                ? "jna:" + target.name()
                : "java:" + target.owner() + (target.name().equals("<init>") ? "" : "." + target.name());
    }
}
