/** The events of Flight Recorder. Loaded only where the JVM has initialised it; runtimes without {@code jdk.jfr} never load it. */
package io.notsock.agent.jfr;
