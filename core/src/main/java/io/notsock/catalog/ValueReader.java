package io.notsock.catalog;

import io.notsock.handle.HandleType;
import io.notsock.handle.Space;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads the value of one line of an entry, and tells what would be accepted where it is not. */
final class ValueReader {
    private final String file;
    private final int line;

    ValueReader(String file, int line) {
        this.file = file;
        this.line = line;
    }

    Role role(String value) {
        for (Role each : Role.values()) {
            if (each.label().equals(value)) {
                return each;
            }
        }
        throw fail("unknown role '" + value + "'; " + Words.accepted(value, roles()));
    }

    static List<String> roles() {
        List<String> labels = new ArrayList<>();
        for (Role each : Role.values()) {
            labels.add(each.label());
        }
        return labels;
    }

    Set<String> systems(String value) {
        Set<String> result = new LinkedHashSet<>();
        for (String word : TargetReader.words(value)) {
            if (!word.equals("linux") && !word.equals("windows")) {
                throw fail("unknown system '" + word + "'; " + Words.accepted(word, List.of("linux", "windows")));
            }
            result.add(word);
        }
        return result;
    }

    Space space(String value) {
        Space found = Space.ofLabel(value);
        if (found == null) {
            List<String> labels = new ArrayList<>();
            for (Space each : Space.values()) {
                labels.add(each.label());
            }
            throw fail("unknown space '" + value + "'; " + Words.accepted(value, labels));
        }
        return found;
    }

    HandleType type(String value) {
        HandleType found = HandleType.ofLabel(value);
        if (found == null) {
            List<String> labels = new ArrayList<>();
            for (HandleType each : HandleType.values()) {
                labels.add(each.label());
            }
            throw fail("unknown type '" + value + "'; " + Words.accepted(value, labels));
        }
        return found;
    }

    Failure failure(String value) {
        List<String> labels = new ArrayList<>();
        for (Failure each : Failure.values()) {
            if (each.label().equals(value)) {
                return each;
            }
            labels.add(each.label());
        }
        throw fail("unknown failure '" + value + "'; " + Words.accepted(value, labels));
    }

    List<Place> numbers(String value) {
        List<String> words = TargetReader.words(value);
        if (words.size() > 2) {
            throw fail("'number " + value + "' has " + words.size() + " places; accepted: one or two");
        }
        List<Place> places = new ArrayList<>(words.size());
        for (String word : words) {
            places.add(place(word));
        }
        return places;
    }

    Condition condition(String value, Condition and) {
        int equal = value.indexOf('=');
        if (equal < 0) {
            throw fail("bad value '" + value
                    + "' of 'when'; accepted: positive, argN = VALUE[, VALUE] [and argM = VALUE]");
        }
        String name = value.substring(0, equal).trim();
        Place place = name.startsWith("arg") ? PlaceReader.argument(name) : null;
        if (place == null || place.kind() != Place.Kind.ARGUMENT) {
            throw fail("bad condition 'when " + value + "'; accepted: argN = VALUE[, VALUE]");
        }
        String[] texts = value.substring(equal + 1).split(",", -1);
        long[] values = new long[texts.length];
        for (int i = 0; i < texts.length; i++) {
            try {
                values[i] = Long.decode(texts[i].trim());
            } catch (NumberFormatException e) {
                throw fail("bad value '" + texts[i].trim() + "' in 'when " + value
                        + "'; accepted: whole numbers, such as 0 or 0x406");
            }
        }
        return new Condition(place.argument(), values, and);
    }

    void only(Key key, String value, String... accepted) {
        if (!List.of(accepted).contains(value)) {
            throw fail(
                    "bad value '" + value + "' of '" + key.label() + "'; " + Words.accepted(value, List.of(accepted)));
        }
    }

    Place place(String text) {
        Place place = PlaceReader.read(text);
        if (place == null) {
            throw fail("unknown place '" + text + "'; " + Words.accepted(text, PlaceReader.FORMS));
        }
        return place;
    }

    private CatalogException fail(String problem) {
        return new CatalogException(file, line, problem);
    }
}
