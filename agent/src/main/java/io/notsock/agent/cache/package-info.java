/** Woven classes of earlier starts, so that most starts need not weave. docs/decisions has what makes it safe. */
package io.notsock.agent.cache;
