package io.notsock.alert;

import io.notsock.handle.Space;

/** Writes what to do about an alert: which call has to change, and how, so that nobody starts with the victim. */
final class Advice {
    private Advice() {}

    static String of(Alert alert) {
        switch (alert.kind()) {
            case FOREIGN_CLOSE:
                return foreign(alert, alert.rogue(), alert.victim());
            case DOUBLE_CLOSE:
            case CLOSE_OF_REUSED:
                return alert.culprit() == Culprit.FIRST_CLOSE
                        ? underneath(alert)
                        : alert.culprit() == Culprit.ROGUE ? stale(alert) : undecided(alert);
            case USE_AFTER_CLOSE:
            case USE_OF_REUSED:
                return alert.culprit() == Culprit.FIRST_CLOSE ? underneath(alert) : staleUse(alert);
            case HIDDEN_CLOSE:
                return hidden(alert);
            case LEAK:
                return "Close what " + Wording.place(alert.victim())
                        + " opens: try-with-resources, or close() by whoever keeps the object.";
            default:
                return "Nothing has to be done: this close() is idempotent by design.";
        }
    }

    /** Somebody closed what an armed owner will close itself: say which of the two has to stop. */
    private static String foreign(Alert alert, Party closer, Party owner) {
        if (closer == null) {
            return hidden(alert);
        }
        String where = Wording.place(closer);
        String whose = Wording.owner(owner) != null ? Wording.owner(owner) : "its owner";
        if (ownedByTheCRuntime(owner)) {
            return "Do not close this handle in " + where + ": the C runtime closes it when the thread ends. Whoever"
                    + " needs the handle starts the thread with _beginthreadex and closes it exactly once"
                    + " (Microsoft KB Q155738).";
        }
        if (closer.apiName().startsWith("dup2") || closer.apiName().startsWith("dup3")) {
            return where + " puts another file over " + alert.handle().name() + ", which " + whose
                    + " still owns. If a redirect is meant, close " + whose + " first or suppress this line; otherwise"
                    + " the target number is a stale one: find out where " + where + " got it.";
        }
        if (closer.isRaw()) {
            return "Remove the " + closer.api() + " in " + where + ": " + whose + " owns "
                    + alert.handle().name()
                    + " and will close it itself. Close the Java object instead; where native code must own a number,"
                    + " give it a copy (" + duplicate(alert.handle().space()) + ") and let it close that.";
        }
        if (mentionsCleaner(closer)) {
            return "A second object borrowed " + alert.handle().name() + " from " + whose
                    + " and its Cleaner closed the number when it was garbage-collected: a borrower must not be armed."
                    + " Wrap a copy (" + duplicate(alert.handle().space()) + ") or do not wrap at all.";
        }
        String other = Wording.owner(closer) != null ? Wording.owner(closer) : "one closed in " + where;
        return (other.equals(whose) ? "Two objects of " + whose : "Two objects, " + other + " and " + whose + ",")
                + " wrap " + alert.handle().name()
                + ". Only one of them may close it: drop the close in " + where + ", or give the second a copy ("
                + duplicate(alert.handle().space()) + ").";
    }

    /** The rogue closed rightfully, but its handle had been closed underneath it before. */
    private static String underneath(Alert alert) {
        Party first = alert.firstClose();
        String innocent = "Leave " + Wording.place(alert.rogue())
                + " as it is: it acted on its own handle, which had been closed underneath it. ";
        if (first == null || (first.api() == null && first.frames().isEmpty())) {
            return innocent + "The first close was not seen. " + hidden(alert);
        }
        return innocent + foreign(alert, first, alert.rogue());
    }

    /** The rogue closed twice: its first close was right, its second is the bug. */
    private static String stale(Alert alert) {
        Party rogue = alert.rogue();
        String where = Wording.place(rogue);
        String innocent = alert.victim() == null
                ? ""
                : " Nothing is wrong in " + Wording.place(alert.victim()) + ": it only got the number next.";
        if (rogue == null) {
            return "A number was closed that its closer no longer owned." + innocent;
        }
        if (isFamily(rogue, "crt")) {
            return "The C runtime closes the handle of a _beginthread thread when the thread ends; it must not be"
                    + " closed by hand before." + innocent;
        }
        if (rogue.isRaw()) {
            return where + " keeps the number after it was closed and closes it again with " + rogue.api()
                    + ": forget the number at the first close (set it to -1) and close in one place only." + innocent;
        }
        String who = Wording.owner(rogue) != null ? Wording.owner(rogue) : where;
        return who + " kept its number after its first close and closed it again in " + where
                + ": make its close() idempotent (one compareAndSet on a closed flag, and forget the number), and look"
                + " for a second object made from the same number." + innocent;
    }

    private static String staleUse(Alert alert) {
        return Wording.place(alert.rogue()) + " still uses " + alert.handle().name() + " after "
                + Wording.place(alert.firstClose())
                + " closed it: end the users (join the thread, cancel the key, drop the cached number) before the"
                + " close, or ask the object and not the number whether it is open.";
    }

    private static String undecided(Alert alert) {
        String where = Wording.place(alert.rogue());
        String first = Wording.place(alert.firstClose());
        return "Both closes are listed; which of them is wrong cannot be told, because a plain number does not say"
                + " whose it is. "
                + (where.equals(first)
                        ? where + " must not close " + alert.handle().name() + " twice: forget the number at the first"
                                + " close (set it to -1)."
                        : where + " and " + first + " must not both close "
                                + alert.handle().name() + ": decide who owns it.");
    }

    /** Somebody the agent cannot see closed the number: say how to make him visible. */
    private static String hidden(Alert alert) {
        String watch = alert.handle().space() == Space.FD
                ? "run once with 'strace -f -k -e trace=close,close_range,dup2,dup3' and look for " + number(alert)
                : "look for calls of CloseHandle, closesocket and DuplicateHandle on " + number(alert)
                        + " in a debugger";
        return "Some native code or an API that is not in the catalog closed "
                + alert.handle().name()
                + "; what is not hooked on this JVM is said at start, and in the file of log=file:. If a library of yours"
                + " closes it or takes it over, describe its function in a file for catalog=; if none is known, "
                + watch + ".";
    }

    private static long number(Alert alert) {
        return alert.handle().number();
    }

    private static boolean isFamily(Party party, String family) {
        return party != null && party.apiFamily().equals(family);
    }

    /** A thread's handle, however {@code _beginthread} was called; that of {@code _beginthreadex} is the caller's. */
    private static boolean ownedByTheCRuntime(Party owner) {
        return owner != null
                && (isFamily(owner, "crt")
                        || owner.apiName().equals("_beginthread")
                        || (owner.owner() != null && owner.owner().contains("_beginthread")));
    }

    private static boolean mentionsCleaner(Party party) {
        return contains(party.detail()) || contains(party.thread()) || contains(party.api());
    }

    private static boolean contains(String text) {
        return text != null && text.contains("Cleaner");
    }

    private static String duplicate(Space space) {
        return space == Space.HANDLE ? "DuplicateHandle, WSADuplicateSocket for a socket" : "dup";
    }
}
