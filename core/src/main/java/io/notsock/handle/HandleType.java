package io.notsock.handle;

/** What kind of OS object is behind a handle, as far as its opener tells. The label is the word of the alert schema. */
public enum HandleType {
    SOCKET("socket"),
    SERVER_SOCKET("server-socket"),
    DATAGRAM("datagram"),
    UNIX_SOCKET("unix-socket"),
    FILE("file"),
    PIPE("pipe"),
    EPOLL("epoll"),
    EVENTFD("eventfd"),
    THREAD("thread"),
    PROCESS("process"),
    EVENT("event"),
    MAPPING("mapping"),
    OTHER("other"),
    UNKNOWN("unknown");

    private final String label;

    HandleType(String label) {
        this.label = label;
    }

    /** The word used in alerts, catalog files and metrics. */
    public String label() {
        return label;
    }

    /** The type with this label, or {@code null} when there is none. */
    public static HandleType ofLabel(String label) {
        for (HandleType type : values()) {
            if (type.label.equals(label)) {
                return type;
            }
        }
        return null;
    }
}
