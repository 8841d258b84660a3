package io.notsock.junit;

import java.util.Locale;
import java.util.Optional;

/** When it is looked for forgotten handles: the setting {@code notsock.junit.leaks}. */
enum LeakCheck {
    /** Never: leaks fail nothing. */
    OFF,
    /** When a class has ended. */
    CLASS,
    /** When a test has ended, and its class. */
    TEST;

    /** The setting, without the prefix of all. */
    static final String KEY = "leaks";

    /** What a build has set; {@link #OFF} where that is nothing, or nonsense, which is said. */
    static LeakCheck by(Settings settings) {
        Optional<String> value = settings.get(KEY);
        for (LeakCheck check : values()) {
            if (value.isPresent() && check.name().toLowerCase(Locale.ROOT).equals(value.get())) {
                return check;
            }
        }
        value.ifPresent(
                bad -> Say.once(Settings.PREFIX + KEY + "=" + bad + ": accepted are off, class, test; it stays off"));
        return OFF;
    }
}
