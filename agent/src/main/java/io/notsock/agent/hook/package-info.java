/** What woven code reaches behind {@code java.io.NotsockHooks}: from bare calls to the tracker's events. */
package io.notsock.agent.hook;
