/**
 * Fails the test during which a handle was closed wrongly. It registers itself; what a test means to do is said by {@link
 * io.notsock.junit.ExpectHandleAlert} and {@link io.notsock.junit.AllowHandleAlerts}.
 */
package io.notsock.junit;
