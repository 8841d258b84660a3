package io.notsock.evidence;

/**
 * A stack captured as cheaply as the JVM can (about 1 µs) and not yet turned into frames.
 *
 * <p>It keeps the classes of its frames, and so their loaders, alive even after {@link #getStackTrace()}: whoever holds
 * one has to render or drop it within ten seconds ({@code Throwable.backtrace} holds mirrors of the classes).
 */
final class RawStack extends Throwable {
    private static final long serialVersionUID = 1L;

    RawStack() {
        super(null, null, false, true);
    }
}
