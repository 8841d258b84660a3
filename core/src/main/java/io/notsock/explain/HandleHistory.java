package io.notsock.explain;

/**
 * What an exception about a closed object carries as its one suppressed exception: who closed that object, when and
 * through what; its stack is the closer's, its cause, where there is one, tells the opening.
 *
 * <p>In a serialized exception a plain {@link Throwable} with the same text and stack stands in its place, so that a
 * receiver needs no class of ours.
 */
public final class HandleHistory extends Throwable {
    private static final long serialVersionUID = 1L;

    /** How it begins where a plain exception stands in its place. */
    static final String NAME = "HandleHistory: ";

    private final transient HistoryText text;

    /** @param opened the opening, or {@code null} */
    HandleHistory(HistoryText text, StackTraceElement[] stack, HandleHistory opened) {
        super(null, opened, false, true);
        this.text = text;
        setStackTrace(stack);
    }

    @Override
    public String getMessage() {
        return text.toString();
    }

    /** Whether this exception has been told already. */
    static boolean isIn(Throwable thrown) {
        for (Throwable suppressed : thrown.getSuppressed()) {
            if (suppressed instanceof HandleHistory) {
                return true;
            }
        }
        return false;
    }

    /** The stack is another thread's: this one's would cost a microsecond and say nothing. */
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // it changes nothing
    public Throwable fillInStackTrace() {
        return this;
    }

    /** For serialization. */
    private Object writeReplace() {
        Throwable opened = getCause();
        Throwable plain = new Throwable(
                NAME + getMessage(),
                opened instanceof HandleHistory ? (Throwable) ((HandleHistory) opened).writeReplace() : null);
        plain.setStackTrace(getStackTrace());
        return plain;
    }
}
