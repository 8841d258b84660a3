/**
 * What the user can set, and how it is read.
 *
 * <p>{@link io.notsock.agent.options.OptionKey} is the table, {@link io.notsock.agent.options.OptionsParser} reads the
 * sources, {@link io.notsock.agent.options.Options} is the result.
 *
 * <p>All of this runs in {@code premain}, before the application's first instruction, so it is written for a cold JVM:
 * no regular expressions, streams, lambdas or {@code +} on strings (which compiles to {@code invokedynamic}), and the
 * classes that word problems are loaded only when there is one.
 */
package io.notsock.agent.options;
