package io.notsock.program;

import java.util.function.Supplier;
import java.util.stream.Stream;

/** Code of an application: two that close by one class which wraps the native functions. */
public final class Closers {
    private Closers() {}

    public static <T> T janitor(Supplier<T> call) {
        return Generated.close(call);
    }

    public static <T> T worker(Supplier<T> call) {
        return Generated.close(call);
    }

    public static <T> T directly(Supplier<T> call) {
        return call.get();
    }

    public static <T> T of(Supplier<T> call) {
        return directly(call);
    }

    /** The same as {@link #of}, from inside a method of the JDK. */
    public static <T> T throughTheJdk(Supplier<T> call) {
        return Stream.of(call).map(Closers::of).findAny().orElseThrow();
    }
}
