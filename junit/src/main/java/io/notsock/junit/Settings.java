package io.notsock.junit;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.platform.engine.ConfigurationParameters;

/**
 * What a build sets for this module: {@code notsock.junit.KEY} as a JUnit configuration parameter, which system properties are
 * too, or {@code NOTSOCK_JUNIT_KEY} in the environment.
 */
final class Settings {
    static final String PREFIX = "notsock.junit.";

    /** Every key there is, without the prefix. */
    static final Set<String> KEYS = new TreeSet<>(Reports.KEYS);

    private final ConfigurationParameters parameters;

    Settings(ConfigurationParameters parameters) {
        this.parameters = parameters;
    }

    /** The value of a key, given without the prefix; empty where there is none or a blank one. */
    Optional<String> get(String key) {
        return parameters
                .get(PREFIX + key)
                .or(() -> Optional.ofNullable(
                        System.getenv((PREFIX + key).toUpperCase(Locale.ROOT).replace('.', '_'))))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    /** Says which keys nobody knows, a line each. */
    void sayUnknown() {
        Set<String> given = new TreeSet<>(parameters.keySet());
        given.addAll(System.getProperties().stringPropertyNames());
        for (String name : given) {
            if (name.startsWith(PREFIX) && !KEYS.contains(name.substring(PREFIX.length()))) {
                Say.once("unknown setting " + name + "; accepted behind " + PREFIX + ": " + String.join(", ", KEYS));
            }
        }
    }
}
