/** Alerts as continuous integration wants them: SARIF, JUnit XML, annotations of GitHub, Markdown. */
package io.notsock.report.ci;
