package io.notsock.catalog;

import io.notsock.handle.HandleType;
import io.notsock.handle.Space;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects the lines of one entry, then checks that they fit together. */
final class EntryReader {
    private static final int MAX_ARGUMENT = 255;
    private static final List<String> PLACES = List.of(
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

    private final String file;
    private final int start;
    private final String id;
    private final int[] lines = new int[Key.values().length];
    /** Each has up to two hooks, and an index of a hook has eight bits for those of one entry. */
    private static final int MOST_TARGETS = 100;

    private final List<Target> targets = new ArrayList<>(4);
    private final List<Integer> targetLines = new ArrayList<>(4);

    private Role role;
    private Range jdk;
    private Set<String> systems;
    private Space space = Space.FD;
    private HandleType type = HandleType.UNKNOWN;
    private List<Place> numbers = List.of();
    private Place source;
    private Place owner;
    private Place closer;
    private Place flag;
    private boolean armed;
    private boolean positive;
    private Condition condition;
    private boolean forVmLife;
    private boolean endsWithThread;
    private Failure failure = Failure.EXCEPTION;
    private Set<String> closedBy = Set.of();
    private String api;

    EntryReader(String file, int start, String id) {
        this.file = file;
        this.start = start;
        this.id = id;
    }

    /** Where the entry begins, as {@code FILE:LINE}. */
    String position() {
        return file + ":" + start;
    }

    /** Takes one indented line. */
    void line(int line, String word, String value) {
        Key key = Key.ofLabel(word);
        if (key == null) {
            throw fail(line, "unknown key '" + word + "'; " + Words.accepted(word, Key.labels()));
        }
        if (value.isEmpty()) {
            throw fail(line, "'" + word + "' has no value; accepted: '" + word + " VALUE'");
        }
        int earlier = lines[key.ordinal()];
        if (earlier != 0 && !key.isRepeatable()) {
            throw fail(line, "second '" + word + "', the first is in line " + earlier + "; accepted: one");
        }
        lines[key.ordinal()] = line;
        take(key, line, value);
    }

    private void take(Key key, int line, String value) {
        switch (key) {
            case ROLE:
                role = role(line, value);
                break;
            case METHOD:
            case CALL:
            case FUNCTION:
                if (targets.size() == MOST_TARGETS) {
                    throw fail(
                            line,
                            "more than " + MOST_TARGETS + " targets in one entry; write another entry for the rest");
                }
                targets.add(new TargetReader(file, line, key, value).target());
                targetLines.add(line);
                break;
            case OS:
                systems = systems(line, value);
                break;
            case JDK:
                jdk = TargetReader.range(file, line, value);
                break;
            case SPACE:
                space = space(line, value);
                break;
            case TYPE:
                type = type(line, value);
                break;
            case NUMBER:
                numbers = numbers(line, value);
                break;
            case OWNER:
                owner(line, value);
                break;
            case CLOSER:
                closer = place(line, value);
                break;
            case SOURCE:
                source = place(line, value);
                break;
            case FLAG:
                flag = place(line, value);
                break;
            case API:
                api = value;
                break;
            case WHEN:
                when(line, value);
                break;
            case FAILS:
                failure = failure(line, value);
                break;
            case CLOSED_BY:
                closedBy = new LinkedHashSet<>(TargetReader.words(value));
                break;
            default:
                only(line, key, value, "vm", "thread");
                endsWithThread = value.equals("thread");
                forVmLife = !endsWithThread;
                break;
        }
    }

    /** The entry, after everything that can be checked without other entries was found right. */
    Entry entry() {
        if (role == null) {
            throw fail(start, "entry '" + id + "' has no 'role'; accepted: " + String.join(", ", roles()));
        }
        for (Key key : Key.values()) {
            int line = lines[key.ordinal()];
            if (line != 0 && !key.isFor(role)) {
                throw fail(line, "'" + key.label() + "' means nothing for the role '" + role.label() + "'");
            }
        }
        if (targets.isEmpty()) {
            throw fail(start, "entry '" + id + "' has no target; accepted: method, call, function");
        }
        if (positive && role != Role.OPEN && role != Role.ADOPT) {
            throw fail(
                    lines[Key.WHEN.ordinal()],
                    "'when positive' means nothing for the role '" + role.label() + "'; accepted: argN = VALUE");
        }
        require(Key.NUMBER, role != Role.COUNT && !role.explains());
        require(Key.OWNER, role.explains());
        require(Key.SOURCE, role == Role.REPLACE);
        require(Key.FLAG, role == Role.COUNT);
        narrowToJdk();
        Place implied = ownerInNumber();
        if (owner == null && lines[Key.OWNER.ordinal()] == 0) {
            owner = implied;
        }
        if (role == Role.ADOPT && owner == null) {
            throw fail(start, "entry '" + id + "' has no owner; the role 'adopt' needs 'owner PLACE'");
        }
        if (role.explains() && owner == null) {
            throw fail(start, "entry '" + id + "' has no owner; the role '" + role.label() + "' needs 'owner PLACE'");
        }
        for (int i = 0; i < targets.size(); i++) {
            check(targets.get(i));
        }
        return build();
    }

    /** Whether {@code closed-by} names entries that end a life. */
    void checkClosedBy(Map<String, Entry> all) {
        int line = lines[Key.CLOSED_BY.ordinal()];
        for (String closing : closedBy) {
            Entry entry = all.get(closing);
            if (entry == null) {
                throw fail(line, "'closed-by' names the unknown entry '" + closing + "'; " + nearest(closing, all));
            }
            Role other = entry.role();
            if (other != Role.CLOSE && other != Role.RELEASE && other != Role.REPLACE) {
                throw fail(
                        line,
                        "'closed-by' names '" + closing + "', whose role is '" + other.label()
                                + "'; accepted: entries with the role close, release or replace");
            }
        }
    }

    private static String nearest(String id, Map<String, Entry> all) {
        List<String> ids = new ArrayList<>();
        for (Entry entry : all.values()) {
            if (entry.role() == Role.CLOSE || entry.role() == Role.RELEASE || entry.role() == Role.REPLACE) {
                ids.add(entry.id());
            }
        }
        return Words.accepted(id, ids);
    }

    private Entry build() {
        if (systems == null) {
            systems = Set.of(space == Space.FD || space == Space.PTHREAD ? "linux" : "windows");
        }
        Entry.Builder builder = new Entry.Builder(id)
                .role(role)
                .systems(systems)
                .space(space)
                .type(type)
                .numbers(numbers)
                .source(source)
                .owner(owner)
                .closer(closer)
                .flag(flag)
                .armed(armed)
                .forVmLife(forVmLife)
                .endsWithThread(endsWithThread)
                .onlyIfPositive(positive)
                .condition(condition)
                .failure(failure)
                .closedBy(closedBy)
                .api(api);
        for (Target target : targets) {
            builder.target(target);
        }
        return builder.build();
    }

    private void require(Key key, boolean needed) {
        if (needed && lines[key.ordinal()] == 0) {
            throw fail(
                    start,
                    "entry '" + id + "' has no '" + key.label() + "'; the role '" + role.label() + "' needs one");
        }
    }

    private void narrowToJdk() {
        if (jdk == null) {
            return;
        }
        for (int i = 0; i < targets.size(); i++) {
            Target target = targets.get(i);
            int first = Math.max(jdk.first(), target.jdk().first());
            int last = Math.min(jdk.last(), target.jdk().last());
            if (first > last) {
                throw fail(
                        targetLines.get(i),
                        "empty range: @" + target.jdk() + " is outside 'jdk " + jdk + "' of the entry");
            }
            targets.set(
                    i,
                    new Target(
                            target.kind(),
                            target.owner(),
                            target.name(),
                            target.descriptor(),
                            target.within(),
                            new Range(first, last)));
        }
    }

    /** Where the number is inside a FileDescriptor, that object is the owner unless the entry says otherwise. */
    private Place ownerInNumber() {
        if (numbers.size() != 1) {
            return null;
        }
        Place place = numbers.get(0);
        int held = 0;
        for (int i = 0; i < targets.size(); i++) {
            Target target = targets.get(i);
            if (target.kind() != Target.Kind.FUNCTION
                    && Descriptors.FILE_DESCRIPTOR.equals(typeOf(Key.NUMBER, place, target))) {
                held++;
            }
        }
        if (held != 0 && held != targets.size() && lines[Key.OWNER.ordinal()] == 0) {
            throw fail(
                    lines[Key.NUMBER.ordinal()],
                    "'" + place + "' is a FileDescriptor in some targets and a plain number in others;"
                            + " accepted: one of both, or an explicit 'owner'");
        }
        return held == targets.size() ? place : null;
    }

    private void check(Target target) {
        for (Place place : numbers) {
            number(Key.NUMBER, place, target);
        }
        if (source != null && role == Role.END) {
            object(Key.SOURCE, source, target);
        } else if (source != null) {
            number(Key.SOURCE, source, target);
        }
        if (role == Role.EXPLAIN
                && target.kind() == Target.Kind.CALL
                && !target.name().equals("<init>")) {
            throw fail(start, "'explain' at a call that makes no exception: " + target + "; accepted: CLASS.<init>");
        }
        if (role.explains() && target.kind() == Target.Kind.CALL && owner.kind() != Place.Kind.CALLER) {
            throw fail(
                    lines[Key.OWNER.ordinal()],
                    "'owner " + owner + "' at a call, with the role '" + role.label() + "'; accepted: caller");
        }
        if (owner != null) {
            object(lines[Key.OWNER.ordinal()] == 0 ? Key.NUMBER : Key.OWNER, owner, target);
        }
        if (closer != null) {
            object(Key.CLOSER, closer, target);
        }
        if (flag != null && !"Z".equals(inTime(Key.FLAG, flag, target))) {
            throw wrongType(Key.FLAG, flag, target, "a boolean (Z)");
        }
        if (condition != null && target.kind() != Target.Kind.FUNCTION) {
            throw fail(
                    lines[Key.WHEN.ordinal()],
                    "'when " + condition + "' is only for a function target, but there is " + target);
        }
        if (failure == Failure.EBADF && target.kind() != Target.Kind.FUNCTION) {
            throw fail(
                    lines[Key.FAILS.ordinal()],
                    "'fails EBADF' is only for a function target, but there is " + target
                            + "; accepted: exception, -1, <0, 0, !0, unseen");
        }
        if (target.kind() != Target.Kind.FUNCTION) {
            String result = Descriptors.result(target.descriptor());
            if (positive && !result.equals("I") && !result.equals("J")) {
                throw fail(
                        lines[Key.WHEN.ordinal()],
                        "'when positive', but " + target + " returns " + result + "; accepted: int or long");
            }
            boolean byResult = failure != Failure.EXCEPTION && failure != Failure.UNSEEN;
            if (byResult && !result.equals("I") && !result.equals("J") && !result.equals("Z")) {
                throw fail(
                        lines[Key.FAILS.ordinal()],
                        "'fails " + failure.label() + "', but " + target + " returns " + result
                                + "; accepted: int, long or boolean, or 'fails exception'");
            }
        }
    }

    private void number(Key key, Place place, Target target) {
        String found = inTime(key, place, target);
        if (place.kind() == Place.Kind.CALLER) {
            throw fail(lines[key.ordinal()], "'" + key.label() + " caller': the caller is an object, not a number");
        }
        if (place.kind() == Place.Kind.ARGUMENT_RANGE && (role != Role.CLOSE || numbers.size() > 1)) {
            throw fail(
                    lines[key.ordinal()],
                    "'" + key.label() + " " + place + "': a range is only for the role 'close', and alone");
        }
        boolean used = place.kind() == Place.Kind.FD_SETS || place.kind() == Place.Kind.POLL_FDS;
        if (used && (role != Role.USE || numbers.size() > 1)) {
            throw fail(
                    lines[key.ordinal()],
                    "'" + key.label() + " " + place + "': such numbers are only for the role 'use', and alone");
        }
        boolean halfOrArray = place.kind() == Place.Kind.RETURN_HI
                || place.kind() == Place.Kind.RETURN_LO
                || place.kind() == Place.Kind.ARGUMENT_ELEMENTS;
        if (found != null && !halfOrArray && !Descriptors.isNumber(found)) {
            throw wrongType(key, place, target, "int, long or java.io.FileDescriptor");
        }
    }

    private void object(Key key, Place place, Target target) {
        String found = inTime(key, place, target);
        if (target.kind() == Target.Kind.FUNCTION) {
            throw fail(
                    lines[key.ordinal()],
                    "'" + key.label() + " " + place + "' with a function: its values are plain; accepted: owner none");
        }
        if (found != null && found.charAt(0) != 'L') {
            throw wrongType(key, place, target, "an object");
        }
    }

    /** The type of a place, after checking that the value exists when the role needs it. */
    private String inTime(Key key, Place place, Target target) {
        String found = typeOf(key, place, target);
        boolean told = role == Role.USE && key == Key.SOURCE; // what a call tells is no ground to judge it by
        if (role == Role.OPEN || role == Role.ADOPT || role == Role.BEGIN || told) {
            return found;
        }
        if (place.afterwards()) {
            throw fail(
                    lines[key.ordinal()],
                    "'" + key.label() + " " + place + "' is known only after the call, but the role '" + role.label()
                            + "' is judged before it; accepted: argN, this, this.FIELD:DESCRIPTOR");
        }
        boolean receiver = place.kind() == Place.Kind.THIS || place.kind() == Place.Kind.FIELD;
        if (receiver && target.name().equals("<init>")) {
            throw fail(
                    lines[key.ordinal()],
                    "'" + key.label() + " " + place + "' does not exist yet where " + target + " is entered");
        }
        return found;
    }

    /** The descriptor of what is in a place; {@code null} where it is not known (functions, the caller). */
    private String typeOf(Key key, Place place, Target target) {
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
                if (function) {
                    throw onlyFor(key, place, target, "method or call");
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
            throw fail(lines[key.ordinal()], "'" + key.label() + " " + place + "', but " + target + " returns nothing");
        }
        if (needed != null && !found.equals(needed)) {
            throw wrongType(key, place, target, "a long (J)");
        }
        return found;
    }

    private String argument(Key key, Place place, Target target) {
        List<String> arguments = Descriptors.arguments(target.descriptor());
        if (place.argument() >= arguments.size()) {
            throw fail(
                    lines[key.ordinal()],
                    "'" + key.label() + " " + place + "' is beyond " + target + ", which has " + arguments.size()
                            + " arguments; accepted: "
                            + (arguments.isEmpty() ? "no argN" : "arg0 to arg" + (arguments.size() - 1)));
        }
        return arguments.get(place.argument());
    }

    private CatalogException onlyFor(Key key, Place place, Target target, String kind) {
        return fail(
                lines[key.ordinal()],
                "'" + key.label() + " " + place + "' is only for a " + kind + " target, but there is " + target);
    }

    private CatalogException wrongType(Key key, Place place, Target target, String accepted) {
        String found = place.kind() == Place.Kind.FIELD
                ? place.descriptor()
                : place.kind() == Place.Kind.THIS
                        ? ownerType(target)
                        : place.argument() >= 0
                                ? Descriptors.arguments(target.descriptor()).get(place.argument())
                                : Descriptors.result(target.descriptor());
        return fail(
                lines[key.ordinal()],
                "'" + key.label() + " " + place + "' is of the type " + found + " in " + target + "; accepted: "
                        + accepted);
    }

    private Role role(int line, String value) {
        for (Role each : Role.values()) {
            if (each.label().equals(value)) {
                return each;
            }
        }
        throw fail(line, "unknown role '" + value + "'; " + Words.accepted(value, roles()));
    }

    private static List<String> roles() {
        List<String> labels = new ArrayList<>();
        for (Role each : Role.values()) {
            labels.add(each.label());
        }
        return labels;
    }

    private Set<String> systems(int line, String value) {
        Set<String> result = new LinkedHashSet<>();
        for (String word : TargetReader.words(value)) {
            if (!word.equals("linux") && !word.equals("windows")) {
                throw fail(line, "unknown system '" + word + "'; " + Words.accepted(word, List.of("linux", "windows")));
            }
            result.add(word);
        }
        return result;
    }

    private Space space(int line, String value) {
        Space found = Space.ofLabel(value);
        if (found == null) {
            List<String> labels = new ArrayList<>();
            for (Space each : Space.values()) {
                labels.add(each.label());
            }
            throw fail(line, "unknown space '" + value + "'; " + Words.accepted(value, labels));
        }
        return found;
    }

    private HandleType type(int line, String value) {
        HandleType found = HandleType.ofLabel(value);
        if (found == null) {
            List<String> labels = new ArrayList<>();
            for (HandleType each : HandleType.values()) {
                labels.add(each.label());
            }
            throw fail(line, "unknown type '" + value + "'; " + Words.accepted(value, labels));
        }
        return found;
    }

    private Failure failure(int line, String value) {
        List<String> labels = new ArrayList<>();
        for (Failure each : Failure.values()) {
            if (each.label().equals(value)) {
                return each;
            }
            labels.add(each.label());
        }
        throw fail(line, "unknown failure '" + value + "'; " + Words.accepted(value, labels));
    }

    private List<Place> numbers(int line, String value) {
        List<String> words = TargetReader.words(value);
        if (words.size() > 2) {
            throw fail(line, "'number " + value + "' has " + words.size() + " places; accepted: one or two");
        }
        List<Place> places = new ArrayList<>(words.size());
        for (String word : words) {
            places.add(place(line, word));
        }
        return places;
    }

    private void owner(int line, String value) {
        List<String> words = TargetReader.words(value);
        boolean none = words.get(0).equals("none");
        if (words.size() > 2 || (words.size() == 2 && !words.get(1).equals("armed"))) {
            throw fail(line, "bad owner '" + value + "'; accepted: 'owner PLACE', 'owner PLACE armed', 'owner none'");
        }
        if (none && words.size() == 2) {
            throw fail(line, "'owner none armed': nobody cannot be armed; accepted: 'owner none'");
        }
        owner = none ? null : place(line, words.get(0));
        armed = words.size() == 2;
    }

    /** {@code positive}, or {@code argN = VALUE, VALUE and argM = VALUE}. */
    private void when(int line, String value) {
        if (value.equals("positive")) {
            positive = true;
            return;
        }
        String[] parts = value.split(" and ", -1);
        Condition all = null;
        for (int i = parts.length - 1; i >= 0; i--) {
            all = condition(line, parts[i].trim(), all);
        }
        condition = all;
    }

    private Condition condition(int line, String value, Condition and) {
        int equal = value.indexOf('=');
        if (equal < 0) {
            throw fail(
                    line,
                    "bad value '" + value
                            + "' of 'when'; accepted: positive, argN = VALUE[, VALUE] [and argM = VALUE]");
        }
        String name = value.substring(0, equal).trim();
        Place place = name.startsWith("arg") ? argument(name) : null;
        if (place == null || place.kind() != Place.Kind.ARGUMENT) {
            throw fail(line, "bad condition 'when " + value + "'; accepted: argN = VALUE[, VALUE]");
        }
        String[] texts = value.substring(equal + 1).split(",", -1);
        long[] values = new long[texts.length];
        for (int i = 0; i < texts.length; i++) {
            try {
                values[i] = Long.decode(texts[i].trim());
            } catch (NumberFormatException e) {
                throw fail(
                        line,
                        "bad value '" + texts[i].trim() + "' in 'when " + value
                                + "'; accepted: whole numbers, such as 0 or 0x406");
            }
        }
        return new Condition(place.argument(), values, and);
    }

    private void only(int line, Key key, String value, String... accepted) {
        if (!List.of(accepted).contains(value)) {
            throw fail(
                    line,
                    "bad value '" + value + "' of '" + key.label() + "'; " + Words.accepted(value, List.of(accepted)));
        }
    }

    private Place place(int line, String text) {
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
                Place place =
                        text.startsWith("arg") ? argument(text) : text.startsWith("*arg") ? pointee(text) : field(text);
                if (place == null) {
                    throw fail(line, "unknown place '" + text + "'; " + Words.accepted(text, PLACES));
                }
                return place;
        }
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

    private static Place argument(String text) {
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

    private CatalogException fail(int line, String problem) {
        return new CatalogException(file, line, problem);
    }
}
