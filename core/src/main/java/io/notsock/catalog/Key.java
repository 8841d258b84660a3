package io.notsock.catalog;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The keys of an entry in a catalog file, and the roles each has a meaning for. */
enum Key {
    ROLE("role", EnumSet.allOf(Role.class)),
    METHOD("method", EnumSet.allOf(Role.class)),
    CALL("call", EnumSet.allOf(Role.class)),
    FUNCTION("function", EnumSet.range(Role.OPEN, Role.USE)),
    OS("os", EnumSet.allOf(Role.class)),
    JDK("jdk", EnumSet.allOf(Role.class)),
    SPACE("space", EnumSet.range(Role.OPEN, Role.USE)),
    TYPE("type", EnumSet.of(Role.OPEN, Role.ADOPT, Role.REPLACE)),
    NUMBER("number", EnumSet.range(Role.OPEN, Role.USE)),
    OWNER("owner", EnumSet.complementOf(EnumSet.of(Role.COUNT))),
    CLOSER("closer", EnumSet.of(Role.OPEN, Role.ADOPT)),
    SOURCE("source", EnumSet.of(Role.REPLACE, Role.OPEN, Role.USE, Role.END)),
    FLAG("flag", EnumSet.of(Role.COUNT)),
    API("api", EnumSet.allOf(Role.class)),
    WHEN("when", EnumSet.range(Role.OPEN, Role.USE)),
    FAILS("fails", EnumSet.range(Role.OPEN, Role.USE)),
    CLOSED_BY("closed-by", EnumSet.of(Role.OPEN, Role.ADOPT, Role.REPLACE)),
    LIFETIME("lifetime", EnumSet.of(Role.OPEN, Role.ADOPT));

    private static final Key[] ALL = values();

    private final String label;

    @SuppressWarnings("ImmutableEnumChecker") // an EnumSet that nobody changes; Set.copyOf would cost at start
    private final Set<Role> roles;

    Key(String label, Set<Role> roles) {
        this.label = label;
        this.roles = roles;
    }

    String label() {
        return label;
    }

    boolean isFor(Role role) {
        return roles.contains(role);
    }

    /** Targets may be many; everything else is said once. */
    boolean isRepeatable() {
        return this == METHOD || this == CALL || this == FUNCTION;
    }

    /** The key with this label, or {@code null}. */
    static Key ofLabel(String label) {
        for (Key key : ALL) {
            if (key.label.equals(label)) {
                return key;
            }
        }
        return null;
    }

    static List<String> labels() {
        List<String> labels = new ArrayList<>();
        for (Key key : ALL) {
            labels.add(key.label);
        }
        return labels;
    }
}
