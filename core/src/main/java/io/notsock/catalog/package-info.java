/**
 * The handle-API catalog: which methods and functions open, close, use, adopt, release or duplicate a handle, as data.
 *
 * <p>A new JDK or library is a few lines in a catalog file, not code.
 */
package io.notsock.catalog;
