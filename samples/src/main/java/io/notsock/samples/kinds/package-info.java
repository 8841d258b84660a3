/** One small program for each kind of alert; docs/alerts shows what the agent says of it. Linux. */
package io.notsock.samples.kinds;
