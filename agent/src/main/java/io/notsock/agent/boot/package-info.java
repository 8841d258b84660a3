/**
 * The only part of the agent that the application's class loaders can see: the entry points and the loader behind which
 * everything else lives.
 */
package io.notsock.agent.boot;
