/** The judge: from an event, the registry's state and the OS's word to a verdict. Pure, no I/O. */
package io.notsock.verdict;
