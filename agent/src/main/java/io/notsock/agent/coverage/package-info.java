/** Coverage as a number: every handle the OS lists is known, the agent's own, or in a named class. */
package io.notsock.agent.coverage;
