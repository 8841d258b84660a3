/** Who did what to a handle, captured cheaply in the application's thread and rendered late in the agent's. */
package io.notsock.evidence;
