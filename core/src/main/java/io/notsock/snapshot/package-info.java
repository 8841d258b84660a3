/** What the registry knows, as one picture for outside readers: command line, JMX, metrics, report. */
package io.notsock.snapshot;
