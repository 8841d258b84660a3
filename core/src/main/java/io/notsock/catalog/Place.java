package io.notsock.catalog;

import java.util.Objects;

/**
 * Where in a call a value is found: the number, its owner, or a flag.
 *
 * <p>In a catalog file: {@code return}, {@code return.hi}, {@code return.lo} (halves of a long), {@code arg0},
 * {@code arg0[]} (every element of an {@code int[]}, read after the call), {@code this}, {@code this.name:DESCRIPTOR}
 * (a field of the class that declares the target), {@code caller} (the object whose method contains the call site). Of a
 * native function also {@code *arg0} (what the call stores behind a pointer) and {@code arg0..arg1} (all numbers from one
 * argument to the other, both included), {@code arg1.fdsets} (select(2): the three sets that begin with this argument, of as
 * many numbers as the argument before says), {@code arg0.pollfds} (poll(2): as many as the next argument says) and {@code
 * arg1.rights} (recvmsg(2): the descriptors that came in the message, SCM_RIGHTS).
 * A place that holds a {@code java.io.FileDescriptor} stands for the number inside it.
 */
public final class Place {
    /** The kinds of places. */
    public enum Kind {
        RETURN,
        RETURN_HI,
        RETURN_LO,
        ARGUMENT,
        ARGUMENT_ELEMENTS,
        ARGUMENT_RANGE,
        POINTEE,
        FD_SETS,
        POLL_FDS,
        RIGHTS,
        THIS,
        FIELD,
        CALLER
    }

    private final Kind kind;
    private final int argument;
    private final String field;
    private final String descriptor;

    private Place(Kind kind, int argument, String field, String descriptor) {
        this.kind = kind;
        this.argument = argument;
        this.field = field;
        this.descriptor = descriptor;
    }

    /** A place that needs no index and no name. */
    public static Place of(Kind kind) {
        return new Place(kind, -1, null, null);
    }

    /** A place from its parts. */
    static Place of(Kind kind, int argument, String field, String descriptor) {
        return new Place(kind, argument, field, descriptor);
    }

    /** The argument with this index, counted from 0 without the receiver. */
    public static Place argument(int index) {
        return new Place(Kind.ARGUMENT, index, null, null);
    }

    /** All elements of the {@code int[]} argument with this index. */
    public static Place argumentElements(int index) {
        return new Place(Kind.ARGUMENT_ELEMENTS, index, null, null);
    }

    /** Every number from this argument's value to the next argument's. */
    public static Place argumentRange(int index) {
        return new Place(Kind.ARGUMENT_RANGE, index, null, null);
    }

    /** What a native function stores behind the pointer that is the argument with this index. */
    public static Place pointee(int index) {
        return new Place(Kind.POINTEE, index, null, null);
    }

    /** A field of the receiver, with its JVM type descriptor. */
    public static Place field(String name, String descriptor) {
        return new Place(Kind.FIELD, -1, Objects.requireNonNull(name), Objects.requireNonNull(descriptor));
    }

    /** Numbers inside what an argument points to, in the form that a system call has for them. */
    static Place structure(Kind kind, int index) {
        return new Place(kind, index, null, null);
    }

    /** Whether it is {@code this}, or a field of it. */
    public boolean isInReceiver() {
        return kind == Kind.THIS || kind == Kind.FIELD;
    }

    public Kind kind() {
        return kind;
    }

    /** The argument's index, or -1 where the place is no argument. */
    public int argument() {
        return argument;
    }

    /** The field's name, or {@code null} where the place is no field. */
    public String field() {
        return field;
    }

    /** The field's JVM type descriptor, or {@code null} where the place is no field. */
    public String descriptor() {
        return descriptor;
    }

    /** True where the value exists only after the target returned. */
    public boolean afterwards() {
        return kind == Kind.RETURN
                || kind == Kind.RETURN_HI
                || kind == Kind.RETURN_LO
                || kind == Kind.ARGUMENT_ELEMENTS
                || kind == Kind.POINTEE
                || kind == Kind.RIGHTS;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Place
                && ((Place) o).kind == kind
                && ((Place) o).argument == argument
                && Objects.equals(((Place) o).field, field)
                && Objects.equals(((Place) o).descriptor, descriptor);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, argument, field, descriptor);
    }

    /** As written in a catalog file. */
    @Override
    public String toString() {
        switch (kind) {
            case RETURN:
                return "return";
            case RETURN_HI:
                return "return.hi";
            case RETURN_LO:
                return "return.lo";
            case ARGUMENT:
                return "arg" + argument;
            case ARGUMENT_ELEMENTS:
                return "arg" + argument + "[]";
            case ARGUMENT_RANGE:
                return "arg" + argument + "..arg" + (argument + 1);
            case POINTEE:
                return "*arg" + argument;
            case FD_SETS:
                return "arg" + argument + ".fdsets";
            case POLL_FDS:
                return "arg" + argument + ".pollfds";
            case RIGHTS:
                return "arg" + argument + ".rights";
            case THIS:
                return "this";
            case FIELD:
                return "this." + field + ":" + descriptor;
            default:
                return "caller";
        }
    }
}
