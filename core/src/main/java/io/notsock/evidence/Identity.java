package io.notsock.evidence;

/**
 * What the OS says stands behind a number, so that two looks can be compared. Immutable.
 *
 * <p>Made to prove difference, never sameness: two that {@link #mayBe} one object may still be two.
 */
public final class Identity {
    /** A file of any kind that has a path, devices included. */
    public static final String FILE = "file";

    public static final String SOCKET = "socket";
    public static final String PIPE = "pipe";

    private final String kind;
    private final long volume;
    private final long object;
    private final String name;

    /**
     * @param kind what it is, one of the words above or the OS's own
     * @param volume device or volume on which {@code object} is unique, 0 where it is unique by itself
     * @param object inode, file index or the like; 0 where the OS tells no more than the kind
     * @param name as the OS names it, may be {@code null}; a file keeps its identity under another name
     */
    public Identity(String kind, long volume, long object, String name) {
        this.kind = kind;
        this.volume = volume;
        this.object = object;
        this.name = name;
    }

    public String kind() {
        return kind;
    }

    /** As the OS names it, or {@code null}. */
    public String name() {
        return name;
    }

    /**
     * Whether both looks may have met the same object. A file that was renamed keeps its numbers, one that an overlay
     * file system copied up keeps its name: only where both differ it is another one.
     */
    public boolean mayBe(Identity other) {
        if (!kind.equals(other.kind)) {
            return false;
        }
        if (volume == other.volume && object == other.object) {
            return true;
        }
        return kind.equals(FILE) && name != null && name.equals(other.name);
    }

    @Override
    public String toString() {
        return name != null ? name : kind + ":[" + object + "]";
    }
}
