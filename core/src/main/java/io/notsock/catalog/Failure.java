package io.notsock.catalog;

/** Which results of a close, dup2 or use mean that the OS refused. An exception does, too, but for {@link #UNSEEN}. */
public enum Failure {
    /** Only an exception. */
    EXCEPTION("exception"),
    /** The result is -1 (POSIX, closesocket). */
    MINUS_ONE("-1"),
    /** The result is negative (netty's natives return the negated errno). */
    NEGATIVE("<0"),
    /** The result is zero or false (Windows BOOL). */
    ZERO("0"),
    /** The result is not zero: it is the error's number (pthread functions). */
    NOT_ZERO("!0"),
    /**
     * The result is -1 and {@code errno} is EBADF; with any other error the call did its work all the same: Linux frees the
     * number of a {@code close} that is interrupted (close(2)).
     */
    EBADF("EBADF"),
    /** The target swallows what the OS answered: neither its return, nor its result, nor an exception says anything. */
    UNSEEN("unseen");

    private final String label;

    Failure(String label) {
        this.label = label;
    }

    /** The word used in a catalog file. */
    public String label() {
        return label;
    }

    /** Whether the result itself says it, rather than an exception. */
    public boolean byCode() {
        return this != EXCEPTION && this != UNSEEN;
    }

    /** Whether this result, widened to long, says that the OS refused. */
    public boolean isFailure(long result) {
        // No switch: javac makes a class for one over an enum, which every start would load, and every close two loads
        // more.
        if (this == MINUS_ONE || this == EBADF) {
            return result == -1;
        }
        if (this == NEGATIVE) {
            return result < 0;
        }
        if (this == ZERO) {
            return result == 0;
        }
        return this == NOT_ZERO && result != 0;
    }
}
