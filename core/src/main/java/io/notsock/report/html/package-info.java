/** The report as one page: a single file without external resources, made of alerts and of what the registry holds. */
package io.notsock.report.html;
