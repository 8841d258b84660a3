/**
 * From hook to finding: what happens in the application's thread at an open, an adoption, a close.
 *
 * <p>{@link io.notsock.track.Tracker} is the way of an event; the rest of the package serves it.
 */
package io.notsock.track;
