/** The small read-only web server of {@code metrics=}. Loaded only where that option is given; needs nothing but java.base. */
package io.notsock.agent.http;
