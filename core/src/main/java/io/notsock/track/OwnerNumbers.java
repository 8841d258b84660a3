package io.notsock.track;

/** Asks an owner object which number it holds at this moment, and what is connected by it. */
public interface OwnerNumbers {
    /** The owner is of a kind that cannot be asked. */
    long CANNOT_ASK = Long.MIN_VALUE;

    /** The number in the owner's field, -1 when it has let go, or {@link #CANNOT_ASK}. Neither throws nor blocks. */
    long numberOf(Object owner);

    /**
     * The addresses of the owner's IP socket as people write them, {@code 127.0.0.1:5000 -> 127.0.0.1:80}, or {@code null}
     * where it has none or cannot be asked. Asks the OS and allocates: on suspicion only. Does not throw.
     *
     * @param owner of a life that was opened as an IP socket by {@code sun.nio.ch}, and still holds its number
     */
    default String addressesOf(Object owner) {
        return null;
    }

    /**
     * The object that the application knows around this owner, a stream around its descriptor, or {@code null} where there is none
     * or it cannot be told. For the agent's threads. Does not throw.
     */
    default Object around(Object owner) {
        return null;
    }

    /**
     * What the object around this owner still knows of where its handle led to, a path, or {@code null}. Of use where the OS cannot be
     * asked any more. For the agent's threads. Does not throw.
     */
    default String behind(Object owner) {
        return null;
    }
}
