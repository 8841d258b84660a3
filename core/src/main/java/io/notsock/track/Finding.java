package io.notsock.track;

import io.notsock.evidence.Act;
import io.notsock.registry.Life;
import io.notsock.verdict.Judge;
import io.notsock.verdict.Verdict;

/**
 * A verdict that is no longer silent, with the evidence for it, on its way to the agent's thread.
 *
 * <p>Immutable but for the victim, who may record its open a moment after its number was closed.
 */
public final class Finding {
    private final Verdict verdict;
    private final Life life;
    private final Act rogue;
    private final String rogueOwner;
    private final Act firstClose;
    private final Life firstLife;
    private String firstOwner;
    private volatile Life victim;
    private boolean onlyWithVictim;
    private final Incident incident;
    private final String described;
    private final Sweeps.Run sweep;
    private final Object holder;
    private final long nanos = System.nanoTime();
    private volatile String context;

    Finding(
            Verdict verdict,
            Life life,
            Act rogue,
            String rogueOwner,
            Act firstClose,
            Life firstLife,
            Life victim,
            Incident incident,
            String described,
            Sweeps.Run sweep,
            Object holder) {
        this.verdict = verdict;
        this.life = life;
        this.rogue = rogue;
        this.rogueOwner = rogueOwner;
        this.firstClose = firstClose;
        this.firstLife = firstLife;
        this.victim = victim;
        this.incident = incident;
        this.described = described;
        this.sweep = sweep;
        this.holder = holder;
    }

    /** The same, told as what it turned out to be: part of a sweep. */
    public Finding asSweep() {
        Verdict told = Judge.inSweep(verdict);
        return told == verdict
                ? this
                : new Finding(told, life, rogue, rogueOwner, null, null, victim, incident, described, sweep, holder)
                        .in(context);
    }

    private Finding in(String found) {
        context = found;
        return this;
    }

    public Verdict verdict() {
        return verdict;
    }

    /** The life of the number the alert is about: the one that was hit, or the newest that is known. */
    public Life life() {
        return life;
    }

    /** The close that is reported, or {@code null} where nobody saw it. */
    public Act rogue() {
        return rogue;
    }

    /** The closing object as text, or {@code null} for a plain integer. */
    public String rogueOwner() {
        return rogueOwner;
    }

    /** The close that ended the life the rogue close was meant for, or {@code null}. */
    public Act firstClose() {
        return firstClose;
    }

    /** Before it is published. */
    Finding firstClosedBy(String owner) {
        firstOwner = owner;
        return this;
    }

    /** The object whose close {@link #firstClose()} was, as text; {@code null} for a plain integer, or where it is not known. */
    public String firstOwner() {
        return firstOwner;
    }

    /** The life that {@link #firstClose()} ended, or {@code null}. */
    public Life firstLife() {
        return firstLife;
    }

    /** Whose handle was hit, or {@code null} where nobody's is known to be. */
    public Life victim() {
        return victim;
    }

    void joinVictim(Life late) {
        victim = late;
    }

    /** It is no finding unless there is a victim. Before it waits for one. */
    void onlyWithVictim() {
        onlyWithVictim = true;
    }

    boolean isOnlyWithVictim() {
        return onlyWithVictim;
    }

    public Incident incident() {
        return incident;
    }

    /** What the OS said was behind the number just before the call, or {@code null}. */
    public String described() {
        return described;
    }

    /** Whether the close belongs to a sweep by now. */
    public boolean inSweep() {
        return sweep != null && sweep.isSweep();
    }

    /** Identity of the run of consecutive closes this one belongs to, or {@code null}. */
    public Object sweep() {
        return sweep;
    }

    /**
     * The owner whose handle was closed underneath it, held for the second in which a hand-over in the wrong order would
     * show; {@code null} where that cannot be.
     */
    public Object holder() {
        return holder;
    }

    /** In which context whoever raised it ran, such as a test, as {@link #placeIn} was told; or {@code null}. */
    public String context() {
        return context;
    }

    /** Says in which context it was found. */
    public void placeIn(String found) {
        context = found;
        incident.beginIn(found);
    }

    /** When it was found, on the scale of {@link System#nanoTime()}. */
    public long nanos() {
        return nanos;
    }
}
