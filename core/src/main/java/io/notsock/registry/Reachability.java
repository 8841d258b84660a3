package io.notsock.registry;

/**
 * Asks whether an owner has been collected, without making it reachable where the JDK allows that.
 *
 * <p>{@code Reference.refersTo} came with JDK 16. On older ones {@code get()} is used; a concurrent collector may then
 * keep the object for one more cycle (G1 and Z mark what {@code get()} returned).
 */
public interface Reachability {
    /** Whether the owner behind this reference is gone. */
    boolean gone(OwnerRef owner);

    /** Whether this very object is behind the reference. */
    default boolean is(OwnerRef owner, Object candidate) {
        return owner.get() == candidate;
    }

    /** Takes note of what was collected since the last time, where that has to be done; in the agent's own thread. */
    default void refresh() {}

    /** The answer by {@code get()}, for JDK 11 to 15. */
    Reachability BY_GET = new Reachability() { // a lambda costs a millisecond at start
                @Override
                public boolean gone(OwnerRef owner) {
                    return owner.get() == null;
                }
            };
}
