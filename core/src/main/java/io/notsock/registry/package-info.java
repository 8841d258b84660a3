/** The lock-free registry: number to current life and bounded past. */
package io.notsock.registry;
