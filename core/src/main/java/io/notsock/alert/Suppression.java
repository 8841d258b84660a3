package io.notsock.alert;

/** One line of a suppressions file: a kind (or any) and a pattern. Remembers whether it ever matched. */
final class Suppression {
    private static final String ANY = "*";

    private final AlertKind kind;
    private final String pattern;
    private final String place;
    private boolean used;

    private Suppression(AlertKind kind, String pattern, String place) {
        this.kind = kind;
        this.pattern = pattern;
        this.place = place;
    }

    /**
     * Parses a line without its comment.
     *
     * @param place file and line, for messages
     * @throws IllegalArgumentException with the whole message, if the line is no suppression
     */
    static Suppression parse(String line, String place) {
        int colon = line.indexOf(':');
        if (colon < 0) {
            throw bad(place, line, "no colon");
        }
        String kind = line.substring(0, colon).strip();
        String pattern = line.substring(colon + 1).strip();
        if (pattern.isEmpty()) {
            throw bad(place, line, "no pattern");
        }
        if (kind.equals(ANY)) {
            return new Suppression(null, pattern, place);
        }
        for (AlertKind known : AlertKind.values()) {
            if (known.name().equals(kind)) {
                return new Suppression(known, pattern, place);
            }
        }
        throw bad(place, line, "unknown kind \"" + kind + "\"");
    }

    private static IllegalArgumentException bad(String place, String line, String problem) {
        StringBuilder kinds = new StringBuilder();
        for (AlertKind kind : AlertKind.values()) {
            kinds.append(kind).append(", ");
        }
        return new IllegalArgumentException("suppressions " + place + ": \"" + line + "\": " + problem
                + "; accepted: KIND:pattern, where KIND is " + kinds + "or " + ANY);
    }

    boolean matches(Alert alert) {
        if (kind != null && kind != alert.kind()) {
            return false;
        }
        for (Party party : alert.parties()) {
            if (matches(party)) {
                used = true;
                return true;
            }
        }
        // An alert of which nothing is known but its kind can still be named by "KIND:*".
        if (pattern.equals(ANY)) {
            used = true;
            return true;
        }
        return false;
    }

    private boolean matches(Party party) {
        if (matches(party.api()) || matches(party.detail())) {
            return true;
        }
        for (StackTraceElement frame : party.frames()) {
            if (matches(Frames.text(frame)) || matches(frame.getClassName() + "." + frame.getMethodName())) {
                return true;
            }
        }
        return false;
    }

    private boolean matches(String text) {
        return text != null && Glob.matches(pattern, text);
    }

    boolean used() {
        return used;
    }

    /** As a user finds it again: the suppression and where it stands. */
    @Override
    public String toString() {
        return (kind == null ? ANY : kind.name()) + ":" + pattern + " (" + place + ")";
    }
}
