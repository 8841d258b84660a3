package io.notsock.alert;

/** How grave an alert is, in rising order. */
public enum Level {
    INFO,
    WARN,
    ERROR;

    /** True where this level is at least as grave as the given one. */
    public boolean atLeast(Level lowest) {
        return compareTo(lowest) >= 0;
    }
}
