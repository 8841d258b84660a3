package io.notsock.model;

import java.util.HashMap;
import java.util.Map;

/** An object that closes a number: as a {@code FileDescriptor} it has a field with it, and may be put on several in turn. */
final class Thing {
    final String name;
    /** Keeps the number in its field after its close, as the channels of the JDK do; otherwise the close resets it. */
    final boolean sticky;

    long field = -1;
    boolean reachable = true;
    /** Its newest tenure of each number, as far as a hook told of it. */
    final Map<Integer, Tenure> bound = new HashMap<>();

    Thing(String name, boolean sticky) {
        this.name = name;
        this.sticky = sticky;
    }

    boolean holds(int number) {
        return reachable && field == number;
    }

    @Override
    public String toString() {
        return name;
    }
}
