package io.notsock.junit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.platform.engine.ConfigurationParameters;

/**
 * Has Jupiter detect {@link NotsockExtension} and no other extension that the user has not asked for.
 *
 * <p>Jupiter reads two settings when it begins to execute: whether extensions are detected, and which. They are given as
 * system properties, which come behind what a build has set for its run and before the user's properties file; so what the user
 * wants is read first and repeated. They are taken back as soon as Jupiter has read them.
 */
final class AutoDetection {
    static final String ENABLED = "junit.jupiter.extensions.autodetection.enabled";
    static final String INCLUDE = "junit.jupiter.extensions.autodetection.include";
    private static final String OURS = NotsockExtension.class.getName();

    private final Map<String, String> before = new LinkedHashMap<>();

    /**
     * Adds ours to what is detected.
     *
     * @param parameters those in force for the run
     * @return {@code null}, or why that cannot be
     */
    String enable(ConfigurationParameters parameters) {
        boolean enabled = parameters.getBoolean(ENABLED).orElse(false);
        Optional<String> include = parameters.get(INCLUDE).filter(patterns -> !patterns.isBlank());
        if (enabled && include.isEmpty()) {
            return null; // everything is detected as it is
        }
        String wanted = enabled ? include.get() + "," + OURS : OURS;
        set(INCLUDE, wanted);
        if (!parameters.get(INCLUDE).equals(Optional.of(wanted))) {
            takeBack();
            return "the build sets " + INCLUDE + "; add " + OURS + " to it";
        }
        set(ENABLED, "true");
        if (!parameters.getBoolean(ENABLED).orElse(false)) {
            takeBack();
            return "the build sets " + ENABLED + "=false; annotate tests with @ExtendWith(NotsockExtension.class)";
        }
        return null;
    }

    /** Jupiter has read it. */
    void takeBack() {
        before.forEach((key, value) -> {
            if (value == null) {
                System.clearProperty(key);
            } else {
                System.setProperty(key, value);
            }
        });
        before.clear();
    }

    private void set(String key, String value) {
        before.putIfAbsent(key, System.getProperty(key));
        System.setProperty(key, value);
    }
}
