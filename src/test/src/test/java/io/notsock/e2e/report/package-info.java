/** The commands {@code report} and {@code baseline}, and the page in a real browser. */
package io.notsock.e2e.report;
