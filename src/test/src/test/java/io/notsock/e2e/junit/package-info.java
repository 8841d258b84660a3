/** What {@code notsock-junit} makes of tests: real test JVMs, JUnit 5 and 6. */
package io.notsock.e2e.junit;
