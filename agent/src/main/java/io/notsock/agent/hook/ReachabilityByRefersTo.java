package io.notsock.agent.hook;

import io.notsock.registry.OwnerRef;
import io.notsock.registry.Reachability;

/** {@code Reference.refersTo}, JDK 16 and later: asks without making the owner reachable. Not to be loaded before. */
public final class ReachabilityByRefersTo implements Reachability {
    @Override
    public boolean gone(OwnerRef owner) {
        return owner.refersTo(null);
    }

    @Override
    public boolean is(OwnerRef owner, Object candidate) {
        return owner.refersTo(candidate);
    }
}
