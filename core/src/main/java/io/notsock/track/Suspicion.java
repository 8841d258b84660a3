package io.notsock.track;

import io.notsock.evidence.Act;
import io.notsock.registry.Life;
import io.notsock.verdict.Verdict;

/** A suspicious call between its judgement before and its outcome after: the token that woven code carries. */
final class Suspicion {
    final Verdict verdict;
    /** Whether a plain integer is closed. */
    final boolean raw;

    final Act act;
    final Object owner;
    /** The life the number has now; may be {@code null}. */
    final Life current;
    /** The closing object's own life; may be {@code null}. */
    final Life own;

    /** Its entry among the calls that are under way; may be {@code null}. */
    UnderWay.Call call;

    Incident incident;
    String described;
    Sweeps.Run sweep;
    Object holder;
    /** For {@code dup2}: the number is given out anew in the same step. */
    boolean replaces;

    long number;
    /** For {@code dup2}: whether the old owners co-own the new life. */
    boolean shares;
    /** The wrong close that this one follows from was reported already. */
    boolean reported;
    /** The call operates on the number and leaves it open. */
    boolean use;
    /** The finding has been made public: what the OS answers changes nothing. */
    boolean told;
    /** Nothing is said unless the number is closed after the call: that it was this call's is not certain before. */
    boolean onlyIfClosed;
    /** A plain integer is closed while the owner closes it, or has just done so. */
    boolean overtaken;
    /** The call cuts the number without freeing it. */
    boolean preclose;

    Suspicion(Verdict verdict, boolean raw, Act act, Object owner, Life current, Life own) {
        this.verdict = verdict;
        this.raw = raw;
        this.act = act;
        this.owner = owner;
        this.current = current;
        this.own = own;
    }
}
