/** Holds the built-in catalog against the class files of real runtimes. */
package io.notsock.e2e.catalog;
