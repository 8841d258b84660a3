/** The MBean. Loaded only where the JVM has initialised JMX; runtimes without {@code java.management} never load it. */
package io.notsock.agent.jmx;
