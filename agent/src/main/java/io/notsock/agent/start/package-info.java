/** How the agent comes up: options, the class inside java.base, catalog, hooks, its own thread, self-test, exit. */
package io.notsock.agent.start;
