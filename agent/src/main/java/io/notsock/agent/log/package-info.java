/** Alerts through the agent's own Logback, which shares nothing with a Logback of the application's. */
package io.notsock.agent.log;
