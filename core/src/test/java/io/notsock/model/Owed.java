package io.notsock.model;

import io.notsock.alert.AlertKind;
import io.notsock.alert.Culprit;
import io.notsock.alert.Level;
import io.notsock.track.Finding;
import io.notsock.track.Incident;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What the contract owes for one event: silence, one alert of a certain shape, or (after a gap) one that it may give. */
final class Owed {
    private final Set<AlertKind> kinds;
    private final Set<Culprit> culprits;
    private boolean silenceAllowed;
    private boolean anything;
    private Set<Level> levels = EnumSet.allOf(Level.class);
    private Tenure victim;
    private boolean noVictim;
    private String rogue;
    private String first;
    private Incident incident;

    private Owed(Set<AlertKind> kinds, Set<Culprit> culprits) {
        this.kinds = kinds;
        this.culprits = culprits;
    }

    static Owed silence() {
        Owed owed = new Owed(Set.of(), Set.of());
        owed.silenceAllowed = true;
        return owed;
    }

    /** Registry and reality differ in a way that nobody could have noticed. */
    static Owed anything() {
        Owed owed = silence();
        owed.anything = true;
        return owed;
    }

    boolean isAnything() {
        return anything;
    }

    static Owed alert(Set<AlertKind> kinds, Set<Culprit> culprits) {
        return new Owed(kinds, culprits);
    }

    static Owed alert(AlertKind kind, Culprit... culprits) {
        return alert(Set.of(kind), Set.of(culprits));
    }

    Owed orSilence() {
        silenceAllowed = true;
        return this;
    }

    Owed level(Level... allowed) {
        levels = Set.of(allowed);
        return this;
    }

    Owed anyLevel() {
        levels = EnumSet.allOf(Level.class);
        return this;
    }

    Owed victim(Tenure tenure) {
        victim = tenure;
        noVictim = tenure == null;
        return this;
    }

    Owed rogue(String event) {
        rogue = event;
        return this;
    }

    Owed first(String event) {
        first = event;
        return this;
    }

    Owed incident(Incident expected) {
        incident = expected;
        return this;
    }

    /** What is wrong with what came, or {@code null}. */
    String flaw(List<Finding> came) {
        if (anything) {
            return null;
        }
        if (came.isEmpty()) {
            return silenceAllowed ? null : "nothing was reported";
        }
        if (came.size() > 1) {
            return "more than one alert";
        }
        Finding f = came.get(0);
        if (!kinds.contains(f.verdict().kind())) {
            return kinds.isEmpty() ? "a false alert" : "the wrong kind";
        }
        if (!culprits.contains(f.verdict().culprit())) {
            return "the wrong culprit";
        }
        if (!levels.contains(f.verdict().level())) {
            return "the wrong level";
        }
        if (noVictim && f.victim() != null) {
            return "a victim that is none";
        }
        if (victim != null
                && (f.victim() == null
                        || !victim.openEvent.equals(f.victim().opened().thread()))) {
            return "the wrong victim";
        }
        if (rogue != null && !rogue.equals(f.rogue().thread())) {
            return "the wrong rogue";
        }
        if (first != null
                && (f.firstClose() == null || !first.equals(f.firstClose().thread()))) {
            return "the wrong first close";
        }
        return incident != null && f.incident() != incident ? "another incident" : null;
    }

    @Override
    public String toString() {
        return anything
                ? "anything"
                : (kinds.isEmpty() ? "silence" : kinds + " culprit " + culprits + " level " + levels)
                        + (silenceAllowed && !kinds.isEmpty() ? " or silence" : "")
                        + (victim == null ? "" : " victim opened at " + victim.openEvent)
                        + (first == null ? "" : " first close at " + first)
                        + (incident == null ? "" : " incident " + incident.id());
    }
}
