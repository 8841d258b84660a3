package io.notsock.handle;

/**
 * A set of numbers within which the OS promises that one number names one open object of this process.
 *
 * <p>The label is the word of the alert schema (`space`).
 */
public enum Space {
    /** POSIX file descriptors. The lowest free number is given out first (open(2)). */
    FD("fd"),
    /** Windows kernel HANDLEs and SOCKETs: one table, values are multiples of four. */
    HANDLE("handle"),
    /** Descriptors of the Windows C runtime, each a wrapper around a HANDLE; on Linux streams of the C library around an fd. */
    CRT_FD("crt-fd"),
    /** POSIX thread handles (pthread_t). */
    PTHREAD("pthread");

    private final String label;

    Space(String label) {
        this.label = label;
    }

    /** The word used in alerts, catalog files and metrics. */
    public String label() {
        return label;
    }

    /** The space with this label, or {@code null} when there is none. */
    public static Space ofLabel(String label) {
        for (Space space : values()) {
            if (space.label.equals(label)) {
                return space;
            }
        }
        return null;
    }
}
