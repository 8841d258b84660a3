package io.notsock.catalog;

import java.util.List;

/** Tells the type of what is in a place of a target, or refuses a place that the target does not have. */
final class PlaceTypes {
    private final EntryLines lines;

    PlaceTypes(EntryLines lines) {
        this.lines = lines;
    }

    /** The descriptor of what is in a place; {@code null} where it is not known (functions, the caller). */
    String typeOf(Key key, Place place, Target target) {
        boolean function = target.kind() == Target.Kind.FUNCTION;
        switch (place.kind()) {
            case RETURN:
                return function ? null : result(key, place, target, null);
            case RETURN_HI:
            case RETURN_LO:
                return function ? null : result(key, place, target, "J");
            case ARGUMENT:
                return function ? null : argument(key, place, target);
            case ARGUMENT_ELEMENTS:
                if (!function && !"[I".equals(argument(key, place, target))) {
                    throw wrongType(key, place, target, "an int[]");
                }
                return function ? null : "[I";
            case ARGUMENT_RANGE:
            case POINTEE:
            case FD_SETS:
            case POLL_FDS:
            case RIGHTS:
                if (!function) {
                    throw onlyFor(key, place, target, "function");
                }
                return null;
            case THIS:
                if (target.kind() != Target.Kind.METHOD) {
                    throw onlyFor(key, place, target, "method");
                }
                return ownerType(target);
            case FIELD:
                if (target.kind() != Target.Kind.METHOD) {
                    throw onlyFor(key, place, target, "method");
                }
                return place.descriptor();
            default:
                if (target.kind() != Target.Kind.CALL) {
                    throw onlyFor(key, place, target, "call");
                }
                return null;
        }
    }

    private static String ownerType(Target target) {
        return "L".concat(target.owner().replace('.', '/')).concat(";");
    }

    private String result(Key key, Place place, Target target, String needed) {
        String found = Descriptors.result(target.descriptor());
        if (found.equals("V")) {
            throw lines.fail(key, "'" + key.label() + " " + place + "', but " + target + " returns nothing");
        }
        if (needed != null && !found.equals(needed)) {
            throw wrongType(key, place, target, "a long (J)");
        }
        return found;
    }

    private String argument(Key key, Place place, Target target) {
        List<String> arguments = Descriptors.arguments(target.descriptor());
        if (place.argument() >= arguments.size()) {
            throw lines.fail(
                    key,
                    "'" + key.label() + " " + place + "' is beyond " + target + ", which has " + arguments.size()
                            + " arguments; accepted: "
                            + (arguments.isEmpty() ? "no argN" : "arg0 to arg" + (arguments.size() - 1)));
        }
        return arguments.get(place.argument());
    }

    private CatalogException onlyFor(Key key, Place place, Target target, String kind) {
        return lines.fail(
                key, "'" + key.label() + " " + place + "' is only for a " + kind + " target, but there is " + target);
    }

    CatalogException wrongType(Key key, Place place, Target target, String accepted) {
        String found = place.kind() == Place.Kind.FIELD
                ? place.descriptor()
                : place.kind() == Place.Kind.THIS
                        ? ownerType(target)
                        : place.argument() >= 0
                                ? Descriptors.arguments(target.descriptor()).get(place.argument())
                                : Descriptors.result(target.descriptor());
        return lines.fail(
                key,
                "'" + key.label() + " " + place + "' is of the type " + found + " in " + target + "; accepted: "
                        + accepted);
    }
}
