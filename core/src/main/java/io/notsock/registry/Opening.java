package io.notsock.registry;

import io.notsock.handle.HandleType;
import io.notsock.handle.Space;

/**
 * What all lives that one catalog entry opens have in common; one object for all of them.
 *
 * <p>Immutable but for {@code guarded}: a hook that is disabled takes the lives that relied on it with it.
 */
public final class Opening {
    private final Space space;
    private final HandleType type;
    private final String api;
    private final boolean forVmLife;
    private final boolean agentOwned;
    private volatile boolean guarded;
    private boolean endsWithThread;

    /**
     * @param api name in alerts, {@code null} where the opening was not seen
     * @param guarded whether every rightful way of closing such a life is hooked
     * @param agentOwned opened by the agent itself
     */
    public Opening(Space space, HandleType type, String api, boolean guarded, boolean forVmLife, boolean agentOwned) {
        this.space = space;
        this.type = type;
        this.api = api;
        this.guarded = guarded;
        this.forVmLife = forVmLife;
        this.agentOwned = agentOwned;
    }

    /** For a number whose opening was not seen. */
    public static Opening unseen(Space space) {
        return new Opening(space, HandleType.UNKNOWN, null, false, false, false);
    }

    public Space space() {
        return space;
    }

    public HandleType type() {
        return type;
    }

    public String api() {
        return api;
    }

    public boolean guarded() {
        return guarded;
    }

    public void unguard() {
        guarded = false;
    }

    /** Opened by a thread of the agent. */
    public boolean agentOwned() {
        return agentOwned;
    }

    /** Before the first life. */
    public void markEndsWithThread() {
        endsWithThread = true;
    }

    /**
     * The C runtime closes it when the thread ends ({@code _beginthread}), where no hook is: it is held until then, and its
     * number may come back at any time.
     */
    public boolean endsWithThread() {
        return endsWithThread;
    }

    /** Kept until the VM ends, by design. */
    public boolean forVmLife() {
        return forVmLife;
    }
}
