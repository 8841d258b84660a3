/** What a running JVM under the agent shows: to the command line, JMX, JFR and Prometheus. */
package io.notsock.e2e.live;
