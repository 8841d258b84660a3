/** What the running agent shows to outside readers on request: a command line, JMX, JFR, HTTP. Nothing of it runs at start. */
package io.notsock.agent.live;
