/** The command line of the runnable jar. */
package io.notsock.agent.cli;
