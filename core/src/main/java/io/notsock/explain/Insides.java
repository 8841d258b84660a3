package io.notsock.explain;

/**
 * Knows what is inside the JDK's objects: the descriptor in a channel, the implementation behind a socket.
 *
 * <p>Thread-safe; but for {@link #owner} asked only where an exception is to be explained. Does not throw and runs no code of the application.
 */
public interface Insides {
    /** The objects inside that may have a history of their own, in the order of what they tell; empty for none. */
    Object[] of(Object object);

    /**
     * The owner of a handle that this object is or reads from, or {@code null}. On the path of an event: takes no more than
     * a look at the class.
     */
    Object owner(Object object);

    /** Whether an object of this class may own a handle, so that a search for it may find something. */
    boolean mayOwn(Object object);

    /** The object as people name it, such as {@code zip file /opt/app.jar}. */
    String name(Object object);

    /**
     * What a handle of this object leads or led to, out of what the object itself remembers when it is closed: the addresses of a
     * socket, the path of a file; {@code null} where it knows of none. Asks nobody.
     */
    default String behind(Object object) {
        return null;
    }
}
