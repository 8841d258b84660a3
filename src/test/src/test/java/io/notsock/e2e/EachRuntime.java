package io.notsock.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * A test that is run on each runtime that its source gives, and does nothing where that gives none: on a machine without the others JUnit
 * would take it for an error. On CI {@link JdksTest} fails where a runtime is missing.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(allowZeroInvocations = true)
public @interface EachRuntime {}
