package io.notsock.track;

/** Asks an owner object which number it holds at this moment. */
public interface OwnerNumbers {
    /** The owner is of a kind that cannot be asked. */
    long CANNOT_ASK = Long.MIN_VALUE;

    /** The number in the owner's field, -1 when it has let go, or {@link #CANNOT_ASK}. Neither throws nor blocks. */
    long numberOf(Object owner);
}
