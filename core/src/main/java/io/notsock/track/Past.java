package io.notsock.track;

import io.notsock.evidence.Act;
import io.notsock.registry.Life;
import io.notsock.verdict.Ended;

/** Reads the past lives of a number: who closed before, and whether that was the same hand. */
final class Past {
    private Past() {}

    /** How a life that is over ended, from its owner's point of view. */
    static Ended ended(Life own) {
        boolean byStranger =
                own.state() == Life.KILLED || (own.owners() != null && (own.closedByStranger() || isRaw(own.closed())));
        if (!byStranger) {
            return Ended.RIGHTFULLY;
        }
        return own.incident() != null ? Ended.REPORTED : Ended.BY_STRANGER;
    }

    /** Hooks inside hooks on one number in one thread are one event: the outermost names the API. */
    static boolean nested(Life life) {
        if (life.state() != Life.CLOSING) {
            return false;
        }
        Act closed = life.closed();
        return closed != null && closed.threadId() == Thread.currentThread().getId();
    }

    /** The newest life whose opening nobody saw and that a raw close ended, or {@code null}. */
    static Life rawCloseOfUnseen(Life from) {
        for (Life life = from; life != null; life = life.previous()) {
            // A close that the OS refused (state UNKNOWN) closed nothing.
            boolean unseen = life.opened() == null && life.owners() == null && life.state() != Life.UNKNOWN;
            if (unseen && isRaw(life.closed())) {
                return life;
            }
        }
        return null;
    }

    /** The close of this number by the same API from the same thread or call site, or {@code null}. */
    static Act sameCloser(Life from, Act act) {
        for (Life life = from.previous(); life != null; life = life.previous()) {
            Act closed = life.closed();
            if (isRaw(closed)
                    && life.state() != Life.UNKNOWN
                    && !redirected(life)
                    && sameApi(closed, act)
                    && (closed.threadId() == act.threadId() || CallSite.same(closed, act))) {
                return closed;
            }
        }
        return null;
    }

    /** The life before {@code from} that this act ended, or {@code null}. */
    static Life lifeClosedBy(Life from, Act act) {
        for (Life life = act == null ? null : from.previous(); life != null; life = life.previous()) {
            if (life.closed() == act) {
                return life;
            }
        }
        return null;
    }

    static boolean isRaw(Act act) {
        return act != null && act.foreignFunction();
    }

    /** Ended by a {@code dup2} over its owner's number, who goes on with the new life: nothing was closed for good. */
    private static boolean redirected(Life life) {
        return life.closed().what() == Act.What.REPLACE && life.owners() != null;
    }

    /** For {@code dup2} a {@code close} through the same bridge counts too: both are done by who thinks it is his. */
    private static boolean sameApi(Act earlier, Act act) {
        if (act.what() != Act.What.REPLACE) {
            return earlier.api().equals(act.api());
        }
        int bridge = act.api().indexOf(':') + 1;
        return earlier.api().regionMatches(0, act.api(), 0, bridge);
    }
}
