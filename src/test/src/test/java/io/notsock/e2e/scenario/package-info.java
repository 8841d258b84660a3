/** The scenarios of docs/scenarios.md, by real system calls under the packaged agent. */
package io.notsock.e2e.scenario;
