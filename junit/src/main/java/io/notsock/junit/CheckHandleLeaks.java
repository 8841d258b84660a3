package io.notsock.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A handle that this test, or a test of this class, opens and forgets fails it: its owner can be collected, and nobody has closed
 * it. What is still referred to is no leak: pools, static fields, whatever lives on.
 *
 * <p>The same as the setting {@code notsock.junit.leaks=test}, for one place.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
public @interface CheckHandleLeaks {
    /** False: not here, although the setting or the class says so. */
    boolean value() default true;
}
