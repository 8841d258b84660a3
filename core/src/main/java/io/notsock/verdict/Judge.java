package io.notsock.verdict;

import io.notsock.alert.AlertKind;
import io.notsock.alert.Confidence;
import io.notsock.alert.Culprit;
import io.notsock.evidence.Witness.Answer;

/**
 * Says what a suspicious close means: what counts as a double close, and who is guilty, stands here and nowhere else.
 *
 * <p>Pure: no state, no I/O. The rules follow three facts. An object that closes has an identity, so a close for a life
 * that is over is wrong whatever the number is by now. A plain integer has none, so it can only be wrong towards somebody
 * who is known to hold the number. And the registry may have missed something, so the OS's word ({@code os}, asked before
 * the call goes through) decides where the two differ.
 */
public final class Judge {
    private Judge() {}

    /**
     * An object closes the number of its own, current life.
     *
     * @param now what that life is; a live one is the normal case and never asked about, unless {@code foreign}
     * @param foreign the object only adopted the life, and its armed opener still holds it
     * @param cut the owner's own pre-close has allocated the number anew after its life had ended
     * @param ended how the life ended, where it is over
     */
    public static Verdict ownerCloses(Now now, boolean foreign, boolean cut, Ended ended, Answer os) {
        switch (now) {
            case HELD:
            case OPEN:
                return foreign ? foreignClose(os) : Verdict.SILENT;
            case CLOSING:
                // Two closes of one object at once: which came first is not knowable, only that one was refused.
                return Verdict.of(AlertKind.DOUBLE_CLOSE, Confidence.SUSPECTED, Culprit.ROGUE)
                        .onlyIfRefused();
            case CLOSED:
            case KILLED:
                return cut ? Verdict.CONSEQUENCE : staleOnFreeNumber(ended, os);
            default:
                return Verdict.SILENT;
        }
    }

    /**
     * An object whose own life of this number is over closes it again.
     *
     * @param ended how the object's own life ended: where a stranger did it, the object is never guilty
     * @param sameIncident its own pre-close came just before: it killed the current life or allocated the number anew
     */
    public static Verdict staleCloses(Now now, Ended ended, boolean sameIncident, Answer os) {
        Culprit culprit = culprit(ended);
        switch (now) {
            case HELD:
            case OPEN:
                if (sameIncident) {
                    return Verdict.CONSEQUENCE; // judged at its pre-close, which found the number closed
                }
                if (os == Answer.CLOSED) {
                    return staleOnFreeNumber(ended, os);
                }
                return Verdict.of(
                        AlertKind.CLOSE_OF_REUSED,
                        os == Answer.OPEN ? Confidence.CERTAIN : Confidence.SUSPECTED,
                        culprit);
            case CLOSING:
                return ended == Ended.REPORTED
                        ? Verdict.CONSEQUENCE
                        : Verdict.of(AlertKind.DOUBLE_CLOSE, Confidence.SUSPECTED, culprit);
            case CLOSED:
            case KILLED:
                return sameIncident ? Verdict.CONSEQUENCE : staleOnFreeNumber(ended, os);
            case UNKNOWN:
                // What the number is by now is not known; that the object's own life is over is.
                return os == Answer.CLOSED ? staleOnFreeNumber(ended, os) : Verdict.SILENT;
            default:
                return staleOnFreeNumber(ended, os);
        }
    }

    /** A close for a life that is over, where the registry knows of no other holder. */
    private static Verdict staleOnFreeNumber(Ended ended, Answer os) {
        if (os == Answer.OPEN) {
            // Somebody got the number unseen, or has not recorded it yet.
            return Verdict.of(AlertKind.CLOSE_OF_REUSED, Confidence.SUSPECTED, culprit(ended));
        }
        if (ended == Ended.REPORTED) {
            return Verdict.CONSEQUENCE;
        }
        return Verdict.of(
                AlertKind.DOUBLE_CLOSE,
                os == Answer.CLOSED ? Confidence.CERTAIN : Confidence.SUSPECTED,
                culprit(ended));
    }

    private static Culprit culprit(Ended ended) {
        return ended == Ended.RIGHTFULLY ? Culprit.ROGUE : Culprit.FIRST_CLOSE;
    }

    /**
     * An object that was never seen with this number closes it.
     *
     * @param attachedLate the agent came to a running JVM, so the object may own the number since before
     * @param rawCloseBefore a raw close ended a life of this number whose opening was not seen: perhaps this object's
     */
    public static Verdict strangerCloses(Now now, boolean attachedLate, boolean rawCloseBefore, Answer os) {
        if (rawCloseBefore && os == Answer.CLOSED) {
            return Verdict.of(AlertKind.DOUBLE_CLOSE, Confidence.CERTAIN, Culprit.UNKNOWN);
        }
        if (now != Now.HELD) {
            return Verdict.SILENT; // a library's descriptor around a number that raw code opened looks the same
        }
        if (!attachedLate) {
            return foreignClose(os);
        }
        return rawCloseBefore
                ? Verdict.of(AlertKind.CLOSE_OF_REUSED, Confidence.SUSPECTED, Culprit.UNKNOWN)
                : Verdict.SILENT;
    }

    /**
     * An object operates on a number after its own life of it was over when the call began.
     *
     * @param now what the number is: the object's own, ended life, or whatever came after it
     * @param own whether {@code now} is the object's own life
     * @param sameIncident the object itself has harmed or re-allocated the number a moment ago
     */
    public static Verdict uses(Now now, boolean own, Ended ended, boolean sameIncident, Answer os) {
        if (now == Now.CLOSING || now == Now.UNKNOWN || sameIncident || (own && now.live())) {
            return Verdict
                    .SILENT; // the owner's own close is under way in another thread: asynchronous close is healthy
        }
        boolean elsewhere = !own && now.live();
        if (elsewhere && os == Answer.OPEN) {
            return Verdict.of(AlertKind.USE_OF_REUSED, Confidence.CERTAIN, culprit(ended));
        }
        if (elsewhere && os == Answer.UNKNOWN) {
            return Verdict.of(AlertKind.USE_OF_REUSED, Confidence.SUSPECTED, culprit(ended));
        }
        if (os == Answer.OPEN) {
            return Verdict.of(AlertKind.USE_OF_REUSED, Confidence.SUSPECTED, culprit(ended));
        }
        if (ended == Ended.REPORTED) {
            return Verdict.CONSEQUENCE;
        }
        Verdict verdict = Verdict.of(
                AlertKind.USE_AFTER_CLOSE,
                os == Answer.CLOSED ? Confidence.CERTAIN : Confidence.SUSPECTED,
                culprit(ended));
        return os == Answer.CLOSED ? verdict : verdict.onlyIfRefused();
    }

    /**
     * A plain integer is closed.
     *
     * @param sameCloserBefore the same API closed this number before, from the same thread or call site
     * @param lastCloseRaw the life that is over was itself closed by a plain integer
     */
    public static Verdict rawCloses(Now now, boolean sameCloserBefore, boolean lastCloseRaw, Answer os) {
        switch (now) {
            case HELD:
                if (os == Answer.CLOSED) {
                    return Verdict.SILENT; // the registry is behind; nothing is harmed
                }
                return sameCloserBefore
                        ? Verdict.of(AlertKind.CLOSE_OF_REUSED, grade(os), Culprit.ROGUE)
                        : foreignClose(os);
            case CLOSING:
                return overtaken();
            case CLOSED:
            case KILLED:
                if (os == Answer.OPEN) {
                    return Verdict.SILENT; // native code has got the number meanwhile: its close is its own affair
                }
                Culprit culprit = lastCloseRaw ? Culprit.UNKNOWN : Culprit.ROGUE;
                return os == Answer.CLOSED
                        ? Verdict.of(AlertKind.DOUBLE_CLOSE, Confidence.CERTAIN, culprit)
                        : Verdict.of(AlertKind.DOUBLE_CLOSE, Confidence.SUSPECTED, culprit)
                                .onlyIfRefused();
            default:
                return Verdict.SILENT;
        }
    }

    /**
     * A descriptor of the C runtime is closed, and with it the HANDLE that it wraps.
     *
     * @param now what the HANDLE's number is
     * @param own whether it is still the life that was wrapped
     * @param closedByHand the wrapped life was closed by a plain integer: that one is guilty, since it had been handed over
     */
    public static Verdict descriptorCloses(Now now, boolean own, boolean closedByHand, Answer os) {
        if (os == Answer.UNKNOWN) {
            return Verdict.SILENT;
        }
        if (own && now == Now.HELD) {
            return os == Answer.OPEN ? foreignClose(os) : Verdict.SILENT;
        }
        if (!closedByHand) {
            return Verdict.SILENT;
        }
        if (now.live() && !own) {
            return os == Answer.OPEN
                    ? Verdict.of(AlertKind.CLOSE_OF_REUSED, Confidence.CERTAIN, Culprit.FIRST_CLOSE)
                    : Verdict.SILENT;
        }
        return own && now == Now.CLOSED && os == Answer.CLOSED
                ? Verdict.of(AlertKind.DOUBLE_CLOSE, Confidence.CERTAIN, Culprit.FIRST_CLOSE)
                        .onlyIfRefused()
                : Verdict.SILENT;
    }

    /**
     * An operation on a plain integer was refused because the number is not open, after the same thread had closed it.
     *
     * @param lastCloseRaw that close was of a plain integer too
     * @param os the OS's word after the refusal
     */
    public static Verdict rawUseRefused(boolean lastCloseRaw, Answer os) {
        return os == Answer.CLOSED
                ? Verdict.of(
                        AlertKind.USE_AFTER_CLOSE, Confidence.CONFIRMED, lastCloseRaw ? Culprit.UNKNOWN : Culprit.ROGUE)
                : Verdict.SILENT;
    }

    /**
     * A number is not open that the registry holds as open, and no close was under way.
     *
     * @param held an armed, reachable owner holds it
     */
    public static Verdict closedUnseen(boolean held) {
        return held ? Verdict.of(AlertKind.HIDDEN_CLOSE, Confidence.CONFIRMED, Culprit.UNKNOWN) : Verdict.SILENT;
    }

    /** {@code dup2} by plain integers onto a number; it may be a deliberate redirect. */
    public static Verdict rawReplaces(Now now, boolean sameCloserBefore, Answer os) {
        if (now != Now.HELD || os == Answer.CLOSED) {
            return Verdict.SILENT;
        }
        return sameCloserBefore
                ? Verdict.of(AlertKind.FOREIGN_CLOSE, grade(os), Culprit.ROGUE)
                : Verdict.of(AlertKind.FOREIGN_CLOSE, Confidence.SUSPECTED, Culprit.ROGUE);
    }

    /**
     * A handle was closed unseen that has the number of a thread's handle, which was closed by hand before: the C runtime
     * has closed it once more.
     *
     * @param hidden what would be said of it otherwise
     */
    public static Verdict threadEnded(Verdict hidden) {
        return Verdict.of(AlertKind.CLOSE_OF_REUSED, hidden.confidence(), Culprit.FIRST_CLOSE);
    }

    /** A thread's handle is closed by hand after the C runtime has closed it, and the number is not open now. */
    public static Verdict closedAfterThreadEnded() {
        return Verdict.of(AlertKind.DOUBLE_CLOSE, Confidence.CERTAIN, Culprit.ROGUE);
    }

    /** The OS gave out a number that the registry holds as open. */
    public static Verdict reopened(Now before) {
        return before == Now.HELD
                ? Verdict.of(AlertKind.HIDDEN_CLOSE, Confidence.CERTAIN, Culprit.UNKNOWN)
                : Verdict.SILENT;
    }

    /**
     * A rightful close was refused, and nobody was seen to close before.
     *
     * @param onlyIfClosed whether closing such a handle can fail for no other reason than that it was not open
     * @param os the OS's word after the refusal
     * @param late not right after it: the close may have failed for another reason, and the number have been closed since
     */
    public static Verdict refused(boolean onlyIfClosed, Answer os, boolean late) {
        return onlyIfClosed && os == Answer.CLOSED
                ? Verdict.of(
                        AlertKind.HIDDEN_CLOSE, late ? Confidence.SUSPECTED : Confidence.CONFIRMED, Culprit.UNKNOWN)
                : Verdict.SILENT;
    }

    /**
     * An owner's operation failed, and the OS says that its number is not open or something else now.
     *
     * @param now what the registry held it for
     */
    public static Verdict useRefused(Now now) {
        return now == Now.HELD
                ? Verdict.of(AlertKind.HIDDEN_CLOSE, Confidence.CONFIRMED, Culprit.UNKNOWN)
                : Verdict.SILENT;
    }

    /**
     * The audit found something else behind an open number, or nothing, at two visits.
     *
     * @param sure the OS tells such objects apart without fail
     */
    public static Verdict audited(Now now, boolean sure) {
        return now == Now.HELD
                ? Verdict.of(AlertKind.HIDDEN_CLOSE, sure ? Confidence.CERTAIN : Confidence.SUSPECTED, Culprit.UNKNOWN)
                : Verdict.SILENT;
    }

    /** The same close, now that it is known to be part of a sweep: it goes over all numbers and has none in mind. */
    public static Verdict inSweep(Verdict verdict) {
        return verdict.kind() == AlertKind.CLOSE_OF_REUSED
                ? Verdict.of(AlertKind.FOREIGN_CLOSE, verdict.confidence(), Culprit.ROGUE)
                : verdict;
    }

    /** The owner's close was refused after a raw close had come in between its mark and its call. */
    public static Verdict raced() {
        return Verdict.of(AlertKind.FOREIGN_CLOSE, Confidence.CERTAIN, Culprit.ROGUE);
    }

    /** A plain integer is closed while the owner's own close is under way, or right after it. */
    public static Verdict overtaken() {
        return Verdict.of(AlertKind.DOUBLE_CLOSE, Confidence.SUSPECTED, Culprit.ROGUE)
                .onlyIfRefused();
    }

    /** The same, which succeeded, and the number that somebody got in between is not open any more. */
    public static Verdict strikesTheNext() {
        return Verdict.of(AlertKind.CLOSE_OF_REUSED, Confidence.CERTAIN, Culprit.ROGUE);
    }

    private static Verdict foreignClose(Answer os) {
        return os == Answer.CLOSED ? Verdict.SILENT : Verdict.of(AlertKind.FOREIGN_CLOSE, grade(os), Culprit.ROGUE);
    }

    private static Confidence grade(Answer os) {
        return os == Answer.OPEN ? Confidence.CERTAIN : Confidence.SUSPECTED;
    }

    /**
     * The verdict after the call: what the OS answered may confirm, change or end it.
     *
     * @param raw a plain integer was closed
     * @param reported the wrong close that this one follows from was reported already
     */
    public static Verdict conclude(Verdict before, Outcome outcome, boolean raw, boolean reported) {
        if (before.silent()) {
            return before;
        }
        switch (outcome) {
            case REFUSED:
                if (before.kind() == AlertKind.USE_OF_REUSED) {
                    return before; // an operation fails for many reasons, the stranger's handle may be of another type
                }
                if (before.kind() == AlertKind.DOUBLE_CLOSE || before.kind() == AlertKind.USE_AFTER_CLOSE) {
                    return before.with(Confidence.CONFIRMED);
                }
                if (before.kind() == AlertKind.CLOSE_OF_REUSED) {
                    // Nobody held the number after all, so nobody was harmed; but the close was one too many.
                    return reported
                            ? Verdict.CONSEQUENCE
                            : Verdict.of(AlertKind.DOUBLE_CLOSE, Confidence.CONFIRMED, before.culprit());
                }
                return Verdict.SILENT;
            case SUCCESS:
                if (before.needsRefusal()) {
                    return Verdict.SILENT;
                }
                if (before.kind() == AlertKind.USE_AFTER_CLOSE) {
                    return Verdict.of(AlertKind.USE_OF_REUSED, Confidence.SUSPECTED, before.culprit());
                }
                if (before.kind() == AlertKind.DOUBLE_CLOSE) {
                    // Between the probe and the call somebody got the number.
                    return raw
                            ? Verdict.SILENT
                            : Verdict.of(AlertKind.CLOSE_OF_REUSED, Confidence.SUSPECTED, before.culprit());
                }
                return before;
            default:
                return before.needsRefusal() ? Verdict.SILENT : before;
        }
    }
}
