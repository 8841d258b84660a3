package io.notsock.registry;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;

/**
 * Knows which owners have been collected from the collector itself, for JDK 11 to 15, where a reference can only be asked
 * by reaching for its object, which may keep that for one more cycle.
 *
 * <p>It knows of those references only that were made with its {@link #queue}. {@link #refresh} is for one thread, the agent's.
 */
public final class CollectedOwners implements Reachability {
    private final ReferenceQueue<Object> queue = new ReferenceQueue<>();

    /** What owners' references have to be made with. */
    public ReferenceQueue<Object> queue() {
        return queue;
    }

    @Override
    public void refresh() {
        for (Reference<?> ref = queue.poll(); ref != null; ref = queue.poll()) {
            ((OwnerRef) ref).noteCollected();
        }
    }

    @Override
    public boolean gone(OwnerRef owner) {
        return owner.collected();
    }
}
