package io.notsock.alert;

import io.notsock.handle.HandleType;
import io.notsock.handle.Space;
import java.util.Objects;

/** The handle an alert is about: (space, number, generation) names the life, the type says what it was. Immutable. */
public final class AlertHandle {
    /** The generation of a life that was open before the agent came. */
    public static final long NO_GENERATION = -1;

    private final Space space;
    private final long number;
    private final HandleType type;
    private final long generation;

    /** A handle; a negative generation stands for one that is not known. */
    public AlertHandle(Space space, long number, HandleType type, long generation) {
        this.space = Objects.requireNonNull(space, "space");
        this.number = number;
        this.type = Objects.requireNonNull(type, "type");
        this.generation = generation < 0 ? NO_GENERATION : generation;
    }

    public Space space() {
        return space;
    }

    public long number() {
        return number;
    }

    public HandleType type() {
        return type;
    }

    /** The generation, or {@link #NO_GENERATION}. */
    public long generation() {
        return generation;
    }

    /** True where the generation is known. */
    public boolean hasGeneration() {
        return generation != NO_GENERATION;
    }

    /** The number with its space, as people say it: {@code fd 42}. */
    public String name() {
        return space.label() + " " + number;
    }

    /** As in the first line of a text alert: {@code fd 42 (socket, generation 7)}. */
    @Override
    public String toString() {
        return name() + " (" + type.label() + (hasGeneration() ? ", generation " + generation : "") + ")";
    }
}
