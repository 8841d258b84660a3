package io.notsock.agent.options;

import java.util.Locale;

/** Where a value came from; later constants win over earlier ones. */
enum Origin {
    DEFAULT("default"),
    PRESET("mode=test"),
    FILE("file"),
    ENVIRONMENT("environment"),
    PROPERTY("system property"),
    ARGUMENT("agent argument");

    static final String PROPERTY_PREFIX = "notsock.";
    static final String VARIABLE_PREFIX = "NOTSOCK_";

    private final String words;

    Origin(String words) {
        this.words = words;
    }

    /** This place in words, for a key whose spelling there follows from it. */
    String describe(OptionKey key, String configFile) {
        if (this == PROPERTY) {
            return "system property ".concat(spell(key));
        }
        return this == ENVIRONMENT ? "environment variable ".concat(spell(key)) : describe(configFile);
    }

    /** This place in words. */
    String describe(String configFile) {
        if (this == FILE) {
            return "file ".concat(configFile);
        }
        return words;
    }

    /** How the key is written there. */
    String spell(OptionKey key) {
        if (this == PROPERTY) {
            return PROPERTY_PREFIX.concat(key.key());
        }
        return this == ENVIRONMENT
                ? VARIABLE_PREFIX.concat(key.key().toUpperCase(Locale.ROOT).replace('.', '_'))
                : key.key();
    }
}
