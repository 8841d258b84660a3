/**
 * Writes the hooks into JDK and library classes, as the catalog says.
 *
 * <p>It uses Byte Buddy's own copy of ASM directly and not its {@code Advice}: the same hooks cost a fifth of the CPU at
 * start (docs/decisions/0002-weaving.md has the figures).
 */
package io.notsock.agent.weave;
