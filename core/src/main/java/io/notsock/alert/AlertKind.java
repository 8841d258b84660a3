package io.notsock.alert;

/** The eight things notsock reports; the constant's name is the word of the alert schema. */
public enum AlertKind {
    /** A life that is over is closed again, and its number is not open now. */
    DOUBLE_CLOSE(Level.ERROR),
    /** A close for a life that is over hits a number that is somebody else's now. */
    CLOSE_OF_REUSED(Level.ERROR),
    /** A life with an armed owner is closed by somebody else. */
    FOREIGN_CLOSE(Level.ERROR),
    /** An operation for a life that is over reaches the OS, and its number is not open now. */
    USE_AFTER_CLOSE(Level.ERROR),
    /** An operation for a life that is over reaches a number that is somebody else's now. */
    USE_OF_REUSED(Level.ERROR),
    /** A guarded, open life was closed where the agent cannot see. */
    HIDDEN_CLOSE(Level.WARN),
    /** The owner is gone, or the JVM ends, and the handle is still open. */
    LEAK(Level.WARN),
    /** A second {@code close()} that never reaches the OS. */
    REDUNDANT_CLOSE(Level.INFO);

    private final Level defaultLevel;

    AlertKind(Level defaultLevel) {
        this.defaultLevel = defaultLevel;
    }

    /** The level of an alert of this kind where its facts give no reason for another. */
    public Level defaultLevel() {
        return defaultLevel;
    }

    /** True where the rogue operated on the handle rather than closed it. */
    public boolean isUse() {
        return this == USE_AFTER_CLOSE || this == USE_OF_REUSED;
    }
}
