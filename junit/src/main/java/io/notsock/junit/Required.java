package io.notsock.junit;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The setting {@code notsock.required}: tests without the agent are no tests. */
final class Required {
    static final String KEY = "notsock.required";

    private Required() {}

    static boolean by(ExtensionContext context) {
        return by(context::getConfigurationParameter);
    }

    /** From JUnit's configuration parameters, which include system properties, or from the environment. */
    static boolean by(Function<String, Optional<String>> parameters) {
        String value = parameters
                .apply(KEY)
                .orElseGet(() -> System.getenv(KEY.toUpperCase(Locale.ROOT).replace('.', '_')));
        return Boolean.parseBoolean(value);
    }
}
