/** How alerts are written: as text for people, as JSON lines for programs, and into files that stay ours. */
package io.notsock.report;
