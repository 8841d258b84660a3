package io.notsock.report;

import io.notsock.alert.AlertKind;

/** Says in words what a kind of alert means, for readers who meet it for the first time. */
public final class KindText {
    private KindText() {}

    /** A few words, no full stop. */
    public static String brief(AlertKind kind) {
        switch (kind) {
            case DOUBLE_CLOSE:
                return "A closed handle is closed again";
            case CLOSE_OF_REUSED:
                return "A late close hits a handle that is somebody else's now";
            case FOREIGN_CLOSE:
                return "A handle is closed by somebody who does not own it";
            case USE_AFTER_CLOSE:
                return "A closed handle is used";
            case USE_OF_REUSED:
                return "A late use reaches a handle that is somebody else's now";
            case HIDDEN_CLOSE:
                return "A handle was closed where notsock cannot see";
            case LEAK:
                return "A handle is never closed";
            default:
                return "A second close() that did nothing";
        }
    }

    /** What it is and how it is mended, in two or three sentences. */
    public static String full(AlertKind kind) {
        switch (kind) {
            case DOUBLE_CLOSE:
                return "Somebody closes a number that was closed already, and nobody has got it since. It does no harm this"
                        + " time; a moment later the same call closes a stranger's handle. Forget the number at the first"
                        + " close, or make close() idempotent.";
            case CLOSE_OF_REUSED:
                return "Somebody closes a number that was closed already, and the system has given it to somebody else"
                        + " since, whose handle dies in innocent code. Look at the culprit: where it is the first close,"
                        + " the late one acted on its own handle and is innocent.";
            case FOREIGN_CLOSE:
                return "A handle that an object owns and will close itself is closed by somebody else: the first half of"
                        + " most double closes. Close the owner instead, or give the other side a copy (dup,"
                        + " DuplicateHandle).";
            case USE_AFTER_CLOSE:
                return "A read, write or registration reaches the system with a number that is closed. End the users"
                        + " before the close, and do not keep numbers beside the object.";
            case USE_OF_REUSED:
                return "A read, write or registration reaches a number that is somebody else's now: bytes land in a"
                        + " stranger's file or connection, and nothing fails. End the users before the close.";
            case HIDDEN_CLOSE:
                return "A handle was closed by native code or by an API that is not in the catalog. Who did it is not"
                        + " known; the alert says how to make him visible.";
            case LEAK:
                return "Whoever was to close the handle is gone, or the JVM ends with it open. Close it where it is"
                        + " opened (try-with-resources), or by whoever keeps the object.";
            default:
                return "A second close() that never reached the system. Harmless by design.";
        }
    }
}
