/** The registry against the kernel: what the agent saw of a program's handles, held against {@code strace}. */
package io.notsock.e2e.truth;
