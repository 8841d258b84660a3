package io.notsock.junit;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.platform.engine.ConfigurationParameters;

/**
 * What a build sets for this module: {@code notsock.junit.KEY} as a JUnit configuration parameter, which system properties are
 * too, or {@code NOTSOCK_JUNIT_KEY} in the environment.
 */
final class Settings {
    static final String PREFIX = "notsock.junit.";

    /** Every key there is, without the prefix. */
    static final Set<String> KEYS = keys();

    private final Function<String, Optional<String>> parameters;

    Settings(Function<String, Optional<String>> parameters) {
        this.parameters = parameters;
    }

    private static Set<String> keys() {
        Set<String> keys = new TreeSet<>(Reports.KEYS);
        keys.add(LeakCheck.KEY);
        return keys;
    }

    /** The value of a key, given without the prefix; empty where there is none or a blank one. */
    Optional<String> get(String key) {
        return parameters
                .apply(PREFIX + key)
                .or(() -> Optional.ofNullable(
                        System.getenv((PREFIX + key).toUpperCase(Locale.ROOT).replace('.', '_'))))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    /** Says which keys nobody knows, a line each. */
    static void sayUnknown(ConfigurationParameters parameters) {
        Set<String> given = new TreeSet<>(parameters.keySet());
        given.addAll(System.getProperties().stringPropertyNames());
        for (String name : given) {
            if (name.startsWith(PREFIX) && !KEYS.contains(name.substring(PREFIX.length()))) {
                Say.once("unknown setting " + name + "; accepted behind " + PREFIX + ": " + String.join(", ", KEYS));
            }
        }
    }
}
