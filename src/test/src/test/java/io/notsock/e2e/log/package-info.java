/** Alerts in the application's own logging. */
package io.notsock.e2e.log;
