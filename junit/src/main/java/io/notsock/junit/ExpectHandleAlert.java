package io.notsock.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The test provokes alerts of this kind: it fails if there is none. They are neither printed nor counted for the exit status.
 * Alerts of other kinds fail it as always. Without the agent nothing is expected.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Repeatable(ExpectHandleAlert.All.class)
public @interface ExpectHandleAlert {
    /** The kind of alert that has to occur at least once. */
    AlertKind value();

    /** Several of them: each has to occur. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @interface All {
        /** The expected kinds. */
        ExpectHandleAlert[] value();
    }
}
