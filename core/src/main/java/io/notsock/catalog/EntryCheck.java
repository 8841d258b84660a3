package io.notsock.catalog;

/** Checks that what an entry says of its places and its results can be had of its targets. */
final class EntryCheck {
    private final Entry entry;
    private final EntryLines lines;
    private final PlaceTypes types;

    EntryCheck(Entry entry, EntryLines lines, PlaceTypes types) {
        this.entry = entry;
        this.lines = lines;
        this.types = types;
    }

    /** Refuses the entry where this target has not what its lines say. */
    void check(Target target) {
        for (Place place : entry.numbers()) {
            number(Key.NUMBER, place, target);
        }
        if (entry.source() != null && entry.role() == Role.END) {
            object(Key.SOURCE, entry.source(), target);
        } else if (entry.source() != null) {
            number(Key.SOURCE, entry.source(), target);
        }
        explained(target);
        if (entry.owner() != null) {
            object(lines.has(Key.OWNER) ? Key.OWNER : Key.NUMBER, entry.owner(), target);
        }
        if (entry.closer() != null) {
            object(Key.CLOSER, entry.closer(), target);
        }
        if (entry.flag() != null && !"Z".equals(inTime(Key.FLAG, entry.flag(), target))) {
            throw types.wrongType(Key.FLAG, entry.flag(), target, "a boolean (Z)");
        }
        if (target.kind() == Target.Kind.FUNCTION) {
            refusals(); // of what it returns nothing else is known
            return;
        }
        conditions(target);
        results(target);
    }

    private void explained(Target target) {
        if (entry.role() == Role.EXPLAIN
                && target.kind() == Target.Kind.CALL
                && !target.name().equals("<init>")) {
            throw lines.failAtStart(
                    "'explain' at a call that makes no exception: " + target + "; accepted: CLASS.<init>");
        }
        if (entry.role().explains()
                && target.kind() == Target.Kind.CALL
                && entry.owner().kind() != Place.Kind.CALLER) {
            throw lines.fail(
                    Key.OWNER,
                    "'owner " + entry.owner() + "' at a call, with the role '"
                            + entry.role().label() + "'; accepted: caller");
        }
    }

    /** A use by a function tells something only where it fails because the number is not open. */
    private void refusals() {
        Failure failure = entry.failure();
        boolean tells = failure == Failure.EXCEPTION
                || failure == Failure.MINUS_ONE
                || failure == Failure.EBADF
                || failure == Failure.NOT_ZERO;
        if (entry.role() == Role.USE && !tells) {
            throw lines.fail(
                    Key.FAILS,
                    "'fails " + failure.label() + "' does not tell whether a function was refused for EBADF;"
                            + " accepted: EBADF where it returns -1 and sets errno, !0 where it returns the error's number");
        }
    }

    private void conditions(Target target) {
        if (entry.condition() != null) {
            throw lines.fail(
                    Key.WHEN, "'when " + entry.condition() + "' is only for a function target, but there is " + target);
        }
        if (entry.failure() == Failure.EBADF) {
            throw lines.fail(
                    Key.FAILS,
                    "'fails EBADF' is only for a function target, but there is " + target
                            + "; accepted: exception, -1, <0, 0, !0, unseen");
        }
    }

    private void results(Target target) {
        String result = Descriptors.result(target.descriptor());
        if (entry.onlyIfPositive() && !result.equals("I") && !result.equals("J")) {
            throw lines.fail(
                    Key.WHEN, "'when positive', but " + target + " returns " + result + "; accepted: int or long");
        }
        boolean byResult = entry.failure() != Failure.EXCEPTION && entry.failure() != Failure.UNSEEN;
        if (byResult && !result.equals("I") && !result.equals("J") && !result.equals("Z")) {
            throw lines.fail(
                    Key.FAILS,
                    "'fails " + entry.failure().label() + "', but " + target + " returns " + result
                            + "; accepted: int, long or boolean, or 'fails exception'");
        }
    }

    private void number(Key key, Place place, Target target) {
        String found = inTime(key, place, target);
        if (place.kind() == Place.Kind.CALLER) {
            throw lines.fail(key, "'" + key.label() + " caller': the caller is an object, not a number");
        }
        if (place.kind() == Place.Kind.ARGUMENT_RANGE
                && (entry.role() != Role.CLOSE || entry.numbers().size() > 1)) {
            throw lines.fail(
                    key, "'" + key.label() + " " + place + "': a range is only for the role 'close', and alone");
        }
        boolean used = place.kind() == Place.Kind.FD_SETS || place.kind() == Place.Kind.POLL_FDS;
        if (used && (entry.role() != Role.USE || entry.numbers().size() > 1)) {
            throw lines.fail(
                    key, "'" + key.label() + " " + place + "': such numbers are only for the role 'use', and alone");
        }
        boolean halfOrArray = place.kind() == Place.Kind.RETURN_HI
                || place.kind() == Place.Kind.RETURN_LO
                || place.kind() == Place.Kind.ARGUMENT_ELEMENTS;
        if (found != null && !halfOrArray && !Descriptors.isNumber(found)) {
            throw types.wrongType(key, place, target, "int, long or java.io.FileDescriptor");
        }
    }

    private void object(Key key, Place place, Target target) {
        String found = inTime(key, place, target);
        if (target.kind() == Target.Kind.FUNCTION) {
            throw lines.fail(
                    key,
                    "'" + key.label() + " " + place + "' with a function: its values are plain; accepted: owner none");
        }
        if (found != null && found.charAt(0) != 'L') {
            throw types.wrongType(key, place, target, "an object");
        }
    }

    /** The type of a place, after checking that the value exists when the role needs it. */
    private String inTime(Key key, Place place, Target target) {
        String found = types.typeOf(key, place, target);
        boolean told = entry.role() == Role.USE && key == Key.SOURCE; // what a call tells is no ground to judge it by
        if (entry.role() == Role.OPEN || entry.role() == Role.ADOPT || entry.role() == Role.BEGIN || told) {
            return found;
        }
        if (place.afterwards()) {
            throw lines.fail(
                    key,
                    "'" + key.label() + " " + place + "' is known only after the call, but the role '"
                            + entry.role().label()
                            + "' is judged before it; accepted: argN, this, this.FIELD:DESCRIPTOR");
        }
        boolean receiver = place.isInReceiver();
        if (receiver && target.name().equals("<init>")) {
            throw lines.fail(
                    key, "'" + key.label() + " " + place + "' does not exist yet where " + target + " is entered");
        }
        return found;
    }
}
