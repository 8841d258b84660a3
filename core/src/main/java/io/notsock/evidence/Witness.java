package io.notsock.evidence;

import io.notsock.handle.Space;
import java.util.Map;

/**
 * What the OS says about a number, asked on suspicion only and in the application's thread.
 *
 * <p>An implementation never opens a handle itself (it might take the very number in question), never throws, and says
 * {@link Answer#UNKNOWN} for everything that is not a clear fact.
 */
public interface Witness {
    /** The OS's word on a number. */
    enum Answer {
        /** Something is open there; whose it is remains unsaid. */
        OPEN,
        /** Nothing is open there. */
        CLOSED,
        /** No evidence. */
        UNKNOWN
    }

    /** Whether something is open at this number now. */
    Answer ask(Space space, long number);

    /** What is behind the number now, as the OS names it ({@code socket:[4711]}, a path), or {@code null}. */
    String describe(Space space, long number);

    /**
     * What is behind the number now, to be compared with another look at it; {@code null} where it is not open or the OS
     * cannot be asked. May cost more than {@link #ask}: for background work and for what has failed already.
     */
    default Identity identify(Space space, long number) {
        return null;
    }

    /**
     * Every handle of this process with the OS's word for what is behind it; {@code null} where the OS cannot be asked. It
     * may take its time and open handles while it looks: for the agent's threads.
     */
    default Map<Long, String> list() {
        return null;
    }

    /**
     * Something that stays the same for as long as the process does, and is another once it was restored from a checkpoint (CRIU), which gives
     * it other sockets and pipes under the same numbers; {@code null} where that cannot be told. May open handles while it looks: for
     * the agent's threads.
     */
    default Object born() {
        return null;
    }

    /**
     * Whether {@link Answer#UNKNOWN} is for the moment only: this witness is being made. {@code false} once it is there, where it
     * could not be made, and as long as nobody has asked for it.
     */
    default boolean pending() {
        return false;
    }

    /** A witness that knows nothing: {@code probe=off}, or an OS without one. */
    Witness SILENT = new Witness() {
        @Override
        public Answer ask(Space space, long number) {
            return Answer.UNKNOWN;
        }

        @Override
        public String describe(Space space, long number) {
            return null;
        }
    };
}
