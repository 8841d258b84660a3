package io.notsock.catalog;

/** What a hooked method, call site or native function does to a handle. */
public enum Role {
    /** Gives out a number: a new life begins when the target returns normally. */
    OPEN("open"),
    /** Gives the number back to the OS. */
    CLOSE("close"),
    /** Cuts the object behind the number but keeps the number allocated (the JDK's {@code dup2} of a marker). */
    PRECLOSE("preclose"),
    /** Binds one more owner to the life that already has this number; opens a life where none is known. */
    ADOPT("adopt"),
    /** Hands the number to native code that will free it unseen ({@code fdopendir}). */
    RELEASE("release"),
    /** {@code dup2(from, to)}: ends whatever holds {@code to} and gives it out anew, in one step. */
    REPLACE("replace"),
    /** Operates on the number without ending its life. */
    USE("use"),
    /** A public {@code close()} above the OS: only counted, and only when the object says it is closed already. */
    COUNT("count"),
    /** Makes an object that is no handle but has an end to explain, such as a zip file: told after it returned. */
    BEGIN("begin"),
    /** Ends an object, or begins to end a handle that other threads may be blocked on: told before it runs. */
    END("end"),
    /** Where an exception is made, or leaves a method, that the end of an object explains. */
    EXPLAIN("explain");

    private final String label;

    Role(String label) {
        this.label = label;
    }

    /** Whether it serves the option {@code explain} and nothing else. */
    public boolean explains() {
        return this == BEGIN || this == END || this == EXPLAIN;
    }

    /** The word used in a catalog file. */
    public String label() {
        return label;
    }
}
