/** The words of the domain: the spaces handles live in and the types they have. */
package io.notsock.handle;
