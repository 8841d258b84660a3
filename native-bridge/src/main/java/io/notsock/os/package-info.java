/** What the OS knows about a number, one implementation of {@code Witness} for each way of asking. */
package io.notsock.os;
