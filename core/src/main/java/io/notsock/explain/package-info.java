/** The option {@code explain}: what the application's exceptions are told about who ended the object they are about. */
package io.notsock.explain;
