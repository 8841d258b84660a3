package io.notsock.program;

import java.util.function.Supplier;

/** As jextract generates it: every native call of the program passes here. */
final class Generated {
    private Generated() {}

    static <T> T close(Supplier<T> call) {
        return invoke(call);
    }

    private static <T> T invoke(Supplier<T> call) {
        return call.get();
    }
}
