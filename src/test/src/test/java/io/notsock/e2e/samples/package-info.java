/** The runnable stories of the samples module, with and without the agent. */
package io.notsock.e2e.samples;
