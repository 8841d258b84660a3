/**
 * What notsock says: the alert with its parties, its fingerprint, what is not to be said (suppressions), and the desk
 * that every alert passes on its way to the sinks.
 *
 * <p>Everything but {@link io.notsock.alert.AlertCounters} is either immutable or confined to the agent's own thread.
 */
package io.notsock.alert;
