package io.notsock.junit;

/** What an alert of notsock is about. */
public enum AlertKind {
    /** Somebody whose handle is closed already closes its number again, which is not open now. */
    DOUBLE_CLOSE,
    /** Such a close hits a number that is somebody else's by now. */
    CLOSE_OF_REUSED,
    /** A handle that will be closed by its owner is closed by somebody else. */
    FOREIGN_CLOSE,
    /** An operation on a closed handle reaches the operating system. */
    USE_AFTER_CLOSE,
    /** An operation on a closed handle reaches what has its number now. */
    USE_OF_REUSED,
    /** A handle was closed where nobody could see it. */
    HIDDEN_CLOSE,
    /** A handle's owner is gone and has not closed it. */
    LEAK,
    /** A second {@code close()} that never reached the operating system. */
    REDUNDANT_CLOSE
}
