package io.notsock.snapshot;

import io.notsock.handle.HandleType;
import io.notsock.handle.Space;
import io.notsock.pipeline.LifeOwner;
import io.notsock.pipeline.WallClock;
import io.notsock.registry.Life;

/** One life of a number as it was at one moment: what it was, who opened it, and how it ended if it has. Immutable. */
public final class HandleLife {
    private final Space space;
    private final long number;
    private final int generation;
    private final HandleType type;
    private final State state;
    private final String owner;
    private final String detail;
    private final boolean agentOwned;
    private final Moment opened;
    private final Moment closed;

    /** What is known of the number's tenure. */
    public enum State {
        OPEN("open"),
        CLOSING("closing"),
        CLOSED("closed"),
        /** Closed by somebody who did not own it. */
        KILLED("killed"),
        /** Native code took it over and will close it. */
        RELEASED("handed to native code"),
        /** The agent may have missed something. */
        UNKNOWN("unknown");

        private final String label;

        State(String label) {
            this.label = label;
        }

        /** The word for people and scripts. */
        public String label() {
            return label;
        }
    }

    /** @param detail what the OS says is behind the number, or {@code null} */
    HandleLife(Life life, WallClock clock, String detail) {
        this.space = life.space();
        this.number = life.number();
        this.generation = life.generation();
        this.type = life.type();
        this.state = stateOf(life);
        this.agentOwned = life.opening().agentOwned();
        this.detail = detail;
        this.opened = Moment.of(life.opened(), clock);
        this.closed = state == State.OPEN ? null : Moment.of(life.closed(), clock);
        this.owner = LifeOwner.of(life);
    }

    /** The state of a life that may change at any time. */
    static State stateOf(Life life) {
        switch (life.state()) {
            case Life.OPEN:
            case Life.PRECLOSED:
                return State.OPEN;
            case Life.CLOSING:
                return State.CLOSING;
            case Life.CLOSED:
                return State.CLOSED;
            case Life.KILLED:
                return State.KILLED;
            default:
                return life.released() ? State.RELEASED : State.UNKNOWN;
        }
    }

    public Space space() {
        return space;
    }

    public long number() {
        return number;
    }

    public int generation() {
        return generation;
    }

    public HandleType type() {
        return type;
    }

    public State state() {
        return state;
    }

    /** The class of who is to close it; {@code null} where a plain integer is all there is, or the owner is gone. */
    public String owner() {
        return owner;
    }

    /** What the OS says is behind the number ({@code socket:[4711]}, a path), or {@code null}. */
    public String detail() {
        return detail;
    }

    /** Opened by the agent itself. */
    public boolean agentOwned() {
        return agentOwned;
    }

    /** Its opening, or {@code null} where that was not seen. */
    public Moment opened() {
        return opened;
    }

    /** Its end, or {@code null} while it is open, or where nothing is known of it. */
    public Moment closed() {
        return closed;
    }
}
