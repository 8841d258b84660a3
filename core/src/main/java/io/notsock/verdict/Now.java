package io.notsock.verdict;

import io.notsock.registry.Life;

/** What the registry says a number is at the moment somebody closes it. */
public enum Now {
    /** Nothing is recorded. */
    NOTHING,
    /** Open, and an armed, reachable owner still holds it in a life that is guarded. */
    HELD,
    /** Open, but nobody is known who would be harmed for certain: bare owners, raw integers, an unguarded life. */
    OPEN,
    /** Its owner's close is under way in another thread. */
    CLOSING,
    /** Closed by one who was entitled. */
    CLOSED,
    /** Closed by a stranger. */
    KILLED,
    /** The agent may have missed something. */
    UNKNOWN;

    /** The word for this life, given whether it is held. */
    public static Now of(Life life, boolean held) {
        if (life == null) {
            return NOTHING;
        }
        switch (life.state()) {
            case Life.OPEN:
            case Life.PRECLOSED:
                return held ? HELD : OPEN;
            case Life.CLOSING:
                return CLOSING;
            case Life.CLOSED:
                return CLOSED;
            case Life.KILLED:
                return KILLED;
            default:
                return UNKNOWN;
        }
    }

    boolean live() {
        return this == HELD || this == OPEN;
    }
}
