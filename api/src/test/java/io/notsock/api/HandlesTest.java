package io.notsock.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HandlesTest {
    @Test
    void withoutTheAgentNothingHappensWhateverIsGiven() {
        for (long number : new long[] {-1, 0, 7, Long.MAX_VALUE}) {
            assertThatCode(() -> {
                        Handles.opened(number, this);
                        Handles.adopt(number, null);
                        Handles.release(number);
                        Handles.closing(number, this);
                        Handles.closing(number, null);
                    })
                    .doesNotThrowAnyException();
            assertThat(Handles.history(number)).isEmpty();
        }
    }

    /** The built-in catalog names these methods by their descriptors. */
    @Test
    void theSignaturesAreWhatTheAgentWeaves() {
        assertThat(Arrays.stream(Handles.class.getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()))
                        .map(Method::toString))
                .containsExactlyInAnyOrder(
                        "public static void io.notsock.api.Handles.opened(long,java.lang.Object)",
                        "public static void io.notsock.api.Handles.closing(long,java.lang.Object)",
                        "public static void io.notsock.api.Handles.adopt(long,java.lang.Object)",
                        "public static void io.notsock.api.Handles.release(long)",
                        "public static java.util.List io.notsock.api.Handles.history(long)");
    }
}
