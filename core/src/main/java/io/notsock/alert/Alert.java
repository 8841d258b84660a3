package io.notsock.alert;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One alert, with the fields of the schema {@value #SCHEMA}. Immutable.
 *
 * <p>The judge gives the facts; what follows from them (id, incident, summary, consequence, advice, fingerprint,
 * process) is added by the {@link AlertDesk} where it is absent.
 */
public final class Alert {
    /** The first word of a leak's context. */
    public static final String OPENED = "opened";

    /** Name and version of the schema. */
    public static final String SCHEMA = "notsock.alert/1";

    private final Instant time;
    private final String id;
    private final String incident;
    private final AlertKind kind;
    private final Level level;
    private final Confidence confidence;
    private final Culprit culprit;
    private final AlertHandle handle;
    private final String summary;
    private final Consequence consequence;
    private final Party rogue;
    private final Party firstClose;
    private final Party victim;
    private final List<HistoryEvent> history;
    private final String advice;
    private final String fingerprint;
    private final long count;
    private final ProcessInfo process;
    private final boolean repeat;
    private final String context;

    private Alert(Builder b) {
        this.time = Objects.requireNonNull(b.time, "time");
        this.id = b.id;
        this.incident = b.incident;
        this.kind = b.kind;
        this.confidence = Objects.requireNonNull(b.confidence, "confidence");
        Level wanted = b.level != null ? b.level : kind.defaultLevel();
        this.level = confidence == Confidence.SUSPECTED && wanted.atLeast(Level.WARN) ? Level.WARN : wanted;
        this.culprit = b.culprit;
        this.handle = b.handle;
        this.summary = b.summary;
        this.consequence = b.consequence;
        this.rogue = b.rogue;
        this.firstClose = b.firstClose;
        this.victim = b.victim;
        this.history = b.history;
        this.advice = b.advice;
        this.fingerprint = b.fingerprint;
        this.count = b.count;
        this.process = b.process;
        this.repeat = b.repeat;
        this.context = b.context;
    }

    public Instant time() {
        return time;
    }

    /** The id, or {@code null} before the desk gave one. */
    public String id() {
        return id;
    }

    /** What all alerts that follow from one wrong close share; {@code null} before the desk gave one. */
    public String incident() {
        return incident;
    }

    public AlertKind kind() {
        return kind;
    }

    /** The level; never above {@link Level#WARN} where the alert is only suspected. */
    public Level level() {
        return level;
    }

    public Confidence confidence() {
        return confidence;
    }

    public Culprit culprit() {
        return culprit;
    }

    public AlertHandle handle() {
        return handle;
    }

    /** What happened, in one line; {@code null} before the desk wrote one. */
    public String summary() {
        return summary;
    }

    /** What will happen, or {@code null}. */
    public Consequence consequence() {
        return consequence;
    }

    /** Whose close or use raised the alert, or {@code null}. */
    public Party rogue() {
        return rogue;
    }

    /** Who had closed the life before, or {@code null}. */
    public Party firstClose() {
        return firstClose;
    }

    /** Who opened the life that suffers, or {@code null}. */
    public Party victim() {
        return victim;
    }

    /** What happened to the number before, oldest first; may be empty. */
    public List<HistoryEvent> history() {
        return history;
    }

    /** What to do about it, or {@code null}. */
    public String advice() {
        return advice;
    }

    /** What makes two alerts the same bug; {@code null} before the desk computed it. */
    public String fingerprint() {
        return fingerprint;
    }

    /** How often it occurred so far. */
    public long count() {
        return count;
    }

    /** The JVM it comes from, or {@code null}. */
    public ProcessInfo process() {
        return process;
    }

    /** Whether sinks have been given this alert before, with a smaller count. */
    public boolean repeat() {
        return repeat;
    }

    /**
     * In which context it was raised, such as a test; {@code null} where there is none. Not part of the schema. Its first word
     * names it; each further word that is a kind, or {@code *}, says what is expected there. Of leaks it is {@link #OPENED} and
     * who opened them when, thread id and {@link System#nanoTime()} of each with {@code @} between: it comes out later.
     */
    public String context() {
        return context;
    }

    /** Whether its context expects it, so that it is no news to anybody else. */
    public boolean expected() {
        if (context == null) {
            return false;
        }
        String words = context.concat(" ");
        return words.contains(" " + kind + " ") || words.contains(" * ");
    }

    /** The same, as if it were told for the first time. */
    public Alert asNews() {
        return repeat ? toBuilder().repeat(false).build() : this;
    }

    /** The parties there are, in the order of the schema. */
    public List<Party> parties() {
        List<Party> parties = new ArrayList<>(3);
        addIfKnown(parties, rogue);
        addIfKnown(parties, firstClose);
        addIfKnown(parties, victim);
        return parties;
    }

    /** Whether somebody is to blame, known or not: a leak has only its opener, a redundant close harmed nobody. */
    public boolean hasCulprit() {
        return kind != AlertKind.LEAK && kind != AlertKind.REDUNDANT_CLOSE;
    }

    /** The parties there are, those first whose code most likely has to change. */
    public List<Party> bySuspicion() {
        List<Party> parties = parties();
        Party first = culprit == Culprit.FIRST_CLOSE ? firstClose : null;
        if (kind == AlertKind.LEAK) {
            first = victim; // the opener: who closed it in the end, a Cleaner or finalizer, only cleaned up
        }
        if (first != null) {
            parties.remove(first);
            parties.add(0, first);
        }
        return parties;
    }

    private static void addIfKnown(List<Party> parties, Party party) {
        if (party != null) {
            parties.add(party);
        }
    }

    /** A builder that starts with everything this alert has. */
    public Builder toBuilder() {
        Builder b = new Builder(kind, handle);
        b.time = time;
        b.id = id;
        b.incident = incident;
        b.level = level;
        b.confidence = confidence;
        b.culprit = culprit;
        b.summary = summary;
        b.consequence = consequence;
        b.rogue = rogue;
        b.firstClose = firstClose;
        b.victim = victim;
        b.history = history;
        b.advice = advice;
        b.fingerprint = fingerprint;
        b.count = count;
        b.process = process;
        b.repeat = repeat;
        b.context = context;
        return b;
    }

    /** Collects the facts of an alert; time and confidence are required, everything else may be absent; not thread-safe. */
    public static final class Builder {
        private final AlertKind kind;
        private final AlertHandle handle;
        private Instant time;
        private String id;
        private String incident;
        private Level level;
        private Confidence confidence;
        private Culprit culprit = Culprit.UNKNOWN;
        private String summary;
        private Consequence consequence;
        private Party rogue;
        private Party firstClose;
        private Party victim;
        private List<HistoryEvent> history = List.of();
        private String advice;
        private String fingerprint;
        private long count = 1;
        private ProcessInfo process;
        private boolean repeat;
        private String context;

        public Builder(AlertKind kind, AlertHandle handle) {
            this.kind = Objects.requireNonNull(kind, "kind");
            this.handle = Objects.requireNonNull(handle, "handle");
        }

        public Builder time(Instant value) {
            this.time = value;
            return this;
        }

        public Builder id(String value) {
            this.id = value;
            return this;
        }

        public Builder incident(String value) {
            this.incident = value;
            return this;
        }

        /** The level, where it is not the kind's own; a suspected alert is lowered to {@link Level#WARN} in any case. */
        public Builder level(Level value) {
            this.level = value;
            return this;
        }

        public Builder confidence(Confidence value) {
            this.confidence = value;
            return this;
        }

        public Builder culprit(Culprit value) {
            this.culprit = Objects.requireNonNull(value, "culprit");
            return this;
        }

        public Builder summary(String value) {
            this.summary = value;
            return this;
        }

        public Builder consequence(Consequence value) {
            this.consequence = value;
            return this;
        }

        /** Adds a party in the part that it says it plays. */
        public Builder party(Party value) {
            switch (value.role()) {
                case ROGUE:
                    this.rogue = value;
                    break;
                case FIRST_CLOSE:
                    this.firstClose = value;
                    break;
                default:
                    this.victim = value;
                    break;
            }
            return this;
        }

        /** What happened to the number before, oldest first. */
        public Builder history(List<HistoryEvent> value) {
            this.history = List.copyOf(value);
            return this;
        }

        public Builder advice(String value) {
            this.advice = value;
            return this;
        }

        public Builder fingerprint(String value) {
            this.fingerprint = value;
            return this;
        }

        /** How many occurrences this alert stands for. */
        public Builder count(long value) {
            this.count = value;
            return this;
        }

        public Builder process(ProcessInfo value) {
            this.process = value;
            return this;
        }

        /** In which context it was raised, such as a test. */
        public Builder context(String value) {
            this.context = value;
            return this;
        }

        Builder repeat(boolean value) {
            this.repeat = value;
            return this;
        }

        public Alert build() {
            return new Alert(this);
        }
    }
}
