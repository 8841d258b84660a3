package io.notsock.catalog;

import java.util.List;

/** Reads where in a call a number or an object is: {@code return}, {@code arg0}, {@code this.FIELD:DESCRIPTOR} and so on. */
final class PlaceReader {
    /** The forms that are accepted, for messages. */
    static final List<String> FORMS = List.of(
            "return",
            "return.hi",
            "return.lo",
            "argN",
            "argN[]",
            "*argN",
            "argN..argM",
            "argN.fdsets",
            "argN.pollfds",
            "argN.rights",
            "this",
            "this.FIELD:DESCRIPTOR",
            "caller");

    private static final int MAX_ARGUMENT = 255;

    private PlaceReader() {}

    /** The place, or {@code null} where the text has none of {@link #FORMS}. */
    static Place read(String text) {
        switch (text) {
            case "return":
                return Place.of(Place.Kind.RETURN);
            case "return.hi":
                return Place.of(Place.Kind.RETURN_HI);
            case "return.lo":
                return Place.of(Place.Kind.RETURN_LO);
            case "this":
                return Place.of(Place.Kind.THIS);
            case "caller":
                return Place.of(Place.Kind.CALLER);
            default:
                return text.startsWith("arg") ? argument(text) : text.startsWith("*arg") ? pointee(text) : field(text);
        }
    }

    /** The same for a text that begins with {@code arg}. */
    static Place argument(String text) {
        int dots = text.indexOf("..");
        if (dots > 0) {
            return range(text, dots);
        }
        int dot = text.indexOf('.');
        if (dot > 0) {
            Place whole = argument(text.substring(0, dot));
            Place.Kind kind = structure(text.substring(dot + 1));
            boolean good = whole != null && kind != null && whole.kind() == Place.Kind.ARGUMENT;
            // The number of a set's elements is in the argument before it.
            return good && (kind != Place.Kind.FD_SETS || whole.argument() > 0)
                    ? Place.structure(kind, whole.argument())
                    : null;
        }
        boolean elements = text.endsWith("[]");
        int end = elements ? text.length() - 2 : text.length();
        int index = 0;
        for (int i = 3; i < end; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9' || index > MAX_ARGUMENT) {
                return null;
            }
            index = index * 10 + c - '0';
        }
        if (end <= 3 || index > MAX_ARGUMENT) {
            return null;
        }
        return elements ? Place.argumentElements(index) : Place.argument(index);
    }

    private static Place pointee(String text) {
        Place place = argument(text.substring(1));
        return place == null || place.kind() != Place.Kind.ARGUMENT ? null : Place.pointee(place.argument());
    }

    /** {@code arg0..arg1}: the second must be the next argument. */
    private static Place range(String text, int dots) {
        Place first = argument(text.substring(0, dots));
        String second = text.substring(dots + 2);
        Place last = second.startsWith("arg") ? argument(second) : null;
        boolean good = first != null
                && last != null
                && first.kind() == Place.Kind.ARGUMENT
                && last.kind() == Place.Kind.ARGUMENT
                && last.argument() == first.argument() + 1;
        return good ? Place.argumentRange(first.argument()) : null;
    }

    private static Place.Kind structure(String name) {
        switch (name) {
            case "fdsets":
                return Place.Kind.FD_SETS;
            case "pollfds":
                return Place.Kind.POLL_FDS;
            case "rights":
                return Place.Kind.RIGHTS;
            default:
                return null;
        }
    }

    private static Place field(String text) {
        int colon = text.indexOf(':');
        if (!text.startsWith("this.") || colon <= 5) {
            return null;
        }
        String name = text.substring(5, colon);
        String descriptor = text.substring(colon + 1);
        if (name.indexOf('.') >= 0 || !Descriptors.isClassName(name) || !Descriptors.isType(descriptor)) {
            return null;
        }
        return Place.field(name, descriptor);
    }
}
