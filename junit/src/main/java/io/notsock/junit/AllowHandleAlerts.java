package io.notsock.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Alerts in this test, or in every test of this class, are meant: they fail nothing, are not printed and not counted for the
 * exit status.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
public @interface AllowHandleAlerts {
    /** The kinds that are meant; all if there is none. */
    AlertKind[] value() default {};
}
