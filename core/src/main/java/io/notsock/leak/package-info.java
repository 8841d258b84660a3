/** Handles that nobody closes: whose owner was collected, or that are open as the JVM ends ({@code leaks=on}). */
package io.notsock.leak;
