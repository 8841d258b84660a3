package io.notsock.verdict;

import io.notsock.alert.AlertKind;
import io.notsock.alert.Confidence;
import io.notsock.alert.Culprit;
import io.notsock.alert.Level;

/** What the judge says about one event. Immutable. */
public final class Verdict {
    /** Nothing wrong, or no evidence. */
    public static final Verdict SILENT = new Verdict(null, null, null, null, false);
    /** It fails or harms, but follows from a wrong close that was reported: listed with that one, never an alert. */
    public static final Verdict CONSEQUENCE = new Verdict(null, null, null, null, false);

    /** A close of an object that is closed already: harmless, and told to those only who ask for it. */
    public static final Verdict REDUNDANT = of(AlertKind.REDUNDANT_CLOSE, Confidence.CERTAIN, Culprit.UNKNOWN);

    private final AlertKind kind;
    private final Level level;
    private final Confidence confidence;
    private final Culprit culprit;
    private final boolean onlyIfRefused;

    private Verdict(AlertKind kind, Level level, Confidence confidence, Culprit culprit, boolean onlyIfRefused) {
        this.kind = kind;
        this.level = level;
        this.confidence = confidence;
        this.culprit = culprit;
        this.onlyIfRefused = onlyIfRefused;
    }

    /** A verdict with the level that its confidence allows: what is only suspected is a warning at most. */
    static Verdict of(AlertKind kind, Confidence confidence, Culprit culprit) {
        Level level = kind.defaultLevel();
        if (confidence == Confidence.SUSPECTED && level == Level.ERROR) {
            level = Level.WARN;
        }
        return new Verdict(kind, level, confidence, culprit, false);
    }

    /** Holds only if the OS refuses the call. */
    Verdict onlyIfRefused() {
        return new Verdict(kind, level, confidence, culprit, true);
    }

    Verdict with(Confidence other) {
        return of(kind, other, culprit);
    }

    public boolean silent() {
        return kind == null;
    }

    public AlertKind kind() {
        return kind;
    }

    public Level level() {
        return level;
    }

    public Confidence confidence() {
        return confidence;
    }

    public Culprit culprit() {
        return culprit;
    }

    public boolean needsRefusal() {
        return onlyIfRefused;
    }

    @Override
    public String toString() {
        return this == SILENT
                ? "silent"
                : this == CONSEQUENCE
                        ? "consequence"
                        : level + " " + kind + " " + confidence + " culprit " + culprit
                                + (onlyIfRefused ? " if refused" : "");
    }
}
