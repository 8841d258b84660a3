package io.notsock.model;

import io.notsock.alert.AlertKind;
import io.notsock.alert.Culprit;
import io.notsock.alert.Level;
import io.notsock.model.Tenure.Claim;
import io.notsock.model.Tenure.End;
import io.notsock.model.Tenure.Known;
import io.notsock.track.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The product's contract as a sequential model: who is owed which alert for one event.
 *
 * <p>It sees the truth of the operating system and, beside it, what somebody could know who sees the hooked calls only;
 * where the two differ, an alert is owed only if the difference can be noticed. Shares no code with the judge.
 */
final class Contract {
    /** How sure it is that an earlier close is still remembered. */
    enum Remembered {
        NO,
        PERHAPS,
        YES
    }

    private final int history;
    private final boolean late;
    private final Map<Integer, List<Tenure>> recorded = new HashMap<>();
    private final Set<Integer> redirected = new HashSet<>();
    private final Set<String> named = new HashSet<>();

    Contract(int history, boolean late) {
        this.history = history;
        this.late = late;
    }

    /** An alert has named the close of this event as the first one. */
    void named(String event) {
        named.add(event);
    }

    private List<Tenure> past(int number) {
        return recorded.computeIfAbsent(number, n -> new ArrayList<>());
    }

    /** The newest tenure that somebody who sees hooked calls knows of, or {@code null}. */
    Tenure last(int number) {
        List<Tenure> past = past(number);
        return past.isEmpty() ? null : past.get(past.size() - 1);
    }

    private void record(Tenure tenure, String event) {
        tenure.openEvent = event;
        tenure.known = Known.LIVE;
        past(tenure.number).add(tenure);
    }

    private static boolean live(Tenure tenure) {
        return tenure != null && tenure.known == Known.LIVE;
    }

    private static boolean confused(Tenure tenure) {
        return tenure != null && tenure.confused;
    }

    /** Anything was right for an event of this number: until its next open it stays so. */
    void confuse(int number) {
        Tenure last = last(number);
        if (last != null) {
            last.confused = true;
        }
    }

    private static void confuse(Tenure tenure) {
        tenure.known = Known.BLIND;
        tenure.confused = true;
    }

    // --- open, adopt

    Owed opens(int number) {
        Tenure last = last(number);
        if (confused(last)) {
            return Owed.anything();
        }
        return live(last) && last.harmedByStranger()
                ? Owed.alert(AlertKind.HIDDEN_CLOSE, Culprit.UNKNOWN).level(Level.WARN)
                : Owed.silence();
    }

    void opened(Tenure tenure, String event, boolean guarded, List<Finding> came) {
        Tenure last = last(tenure.number);
        if (live(last)) {
            last.known = came.isEmpty() ? Known.BLIND : Known.OVER;
            report(last, came);
        }
        tenure.guarded = guarded;
        record(tenure, event);
    }

    /** An object is put on a number that is open; always silent. */
    void adopted(Tenure holder, Thing thing, boolean armed, String event) {
        Tenure last = last(holder.number);
        Tenure adopted = live(last) ? last : holder;
        if (live(last) && last != holder) {
            last.confused = true;
        }
        if (adopted == holder && holder.known != Known.LIVE) {
            holder.guarded = true;
            record(holder, event);
        }
        adopted.claims.add(new Claim(thing, adopted.claims.isEmpty(), false, armed));
        thing.bound.put(holder.number, adopted);
    }

    // --- an object closes

    Owed objectCloses(Thing thing, int number, Tenure holder) {
        Tenure own = thing.bound.get(number);
        if (confused(own) || confused(last(number))) {
            return Owed.anything();
        }
        if (own == null) {
            return unboundCloses(thing, number, holder);
        }
        if (own == holder) {
            Claim claim = own.claim(thing);
            if (own != last(number) || own.known == Known.BLIND) {
                return Owed.anything();
            }
            return !claim.opener && own.harmedByAdopter()
                    ? Owed.alert(AlertKind.FOREIGN_CLOSE, Culprit.ROGUE)
                            .level(Level.ERROR)
                            .victim(own)
                    : Owed.silence();
        }
        if (own.known == Known.LIVE) { // closed where nobody saw it, and not noticed yet
            return holder == null
                    ? Owed.alert(AlertKind.HIDDEN_CLOSE, Culprit.UNKNOWN).orSilence()
                    : Owed.anything();
        }
        return own.known == Known.BLIND ? Owed.silence() : staleCloses(thing, own, number, holder);
    }

    /** "Somebody whose life is over closes its number again." */
    private Owed staleCloses(Thing thing, Tenure own, int number, Tenure holder) {
        Tenure last = last(number);
        Set<Culprit> culprits = guilty(thing, own);
        Owed owed;
        if (holder == null) {
            if (own.reported) {
                return Owed.silence(); // listed with the alert that named the wrong close
            }
            owed = Owed.alert(Set.of(AlertKind.DOUBLE_CLOSE), culprits)
                    .level(Level.ERROR)
                    .victim(null);
            if ((own.incident != null || named.contains(own.endEvent)) && culprits.contains(Culprit.FIRST_CLOSE)) {
                owed.orSilence(); // the wrong close has been named in an alert; this is one more consequence
            }
        } else if (holder == last && live(last)) {
            owed = Owed.alert(Set.of(AlertKind.CLOSE_OF_REUSED), culprits)
                    .level(Level.ERROR)
                    .victim(holder);
        } else if (live(last)) {
            return Owed.anything();
        } else {
            owed = Owed.alert(Set.of(AlertKind.CLOSE_OF_REUSED), culprits)
                    .level(Level.WARN)
                    .victim(null);
            if (last.known == Known.BLIND || last.end == End.UNSEEN) {
                owed.orSilence();
            }
        }
        if (own.cut || (own.end == End.UNSEEN && !own.reported)) {
            owed.orSilence();
        }
        return owed.first(own.endEvent).incident(own.incident);
    }

    private static Set<Culprit> guilty(Thing thing, Tenure own) {
        if (own.end == End.UNSEEN && !own.reported) {
            return Set.of(Culprit.ROGUE, Culprit.FIRST_CLOSE);
        }
        if (own.reported || own.end != End.OWNER) {
            return Set.of(Culprit.FIRST_CLOSE);
        }
        Claim closer = own.claim(own.endedBy);
        return own.endedBy == thing || (closer != null && closer.delegate)
                ? Set.of(Culprit.ROGUE)
                : Set.of(Culprit.ROGUE, Culprit.FIRST_CLOSE);
    }

    private Owed unboundCloses(Thing thing, int number, Tenure holder) {
        Tenure last = last(number);
        boolean rawCloseBefore = past(number).stream().anyMatch(t -> t.openEvent == null && t.end == End.RAW);
        if (holder == null) {
            return rawCloseBefore
                    ? Owed.alert(AlertKind.DOUBLE_CLOSE, Culprit.UNKNOWN).orSilence()
                    : Owed.silence();
        }
        if (live(last) && last != holder) {
            return Owed.anything();
        }
        if (holder.silentOwner == thing && holder.harmedByStranger()) {
            return Owed.anything(); // a borrower of its number is harmed, and nobody can see that it is the lender's
        }
        Owed owed;
        if (holder.silentOwner == thing || !live(last)) {
            owed = Owed.silence();
        } else if (!holder.harmedByStranger()) {
            owed = Owed.silence();
        } else if (!late) {
            owed = Owed.alert(AlertKind.FOREIGN_CLOSE, Culprit.ROGUE)
                    .level(Level.ERROR)
                    .victim(holder);
        } else if (rawCloseBefore) {
            owed = Owed.alert(AlertKind.CLOSE_OF_REUSED, Culprit.UNKNOWN)
                    .level(Level.WARN)
                    .victim(holder)
                    .orSilence(); // that close may be forgotten by now
        } else {
            owed = Owed.silence();
        }
        return owed;
    }

    void objectClosed(Thing thing, int number, Tenure holder, String event, List<Finding> came) {
        Tenure last = last(number);
        Tenure own = thing.bound.get(number);
        boolean unbound = own == null;
        boolean wasLive = live(last);
        if (own != null && own != holder) {
            report(own, came, !came.isEmpty() && came.get(0).verdict().kind() == AlertKind.HIDDEN_CLOSE);
            if (own.known == Known.LIVE) {
                own.known = Known.OVER;
                own.confused = holder != null;
                own.end = End.UNSEEN; // and the owner's close was refused: who was first stays open
            }
        }
        if (holder != null) {
            Claim claim = holder.claim(thing);
            boolean rightful = claim != null || holder.silentOwner == thing;
            holder.end = rightful ? End.OWNER : End.STRANGER;
            holder.endEvent = event;
            holder.endedBy = thing;
            if (holder == last && live(last)) {
                boolean killed = !came.isEmpty();
                boolean notJudged = came.isEmpty() && (own != null ? own != holder : holder.harmedByStranger());
                holder.known = notJudged ? Known.BLIND : Known.OVER;
                if (killed) {
                    holder.end = End.STRANGER;
                    report(holder, came);
                }
            } else if (live(last)) {
                confuse(last);
            }
        } else if (wasLive && came.isEmpty() && (unbound || own.known == Known.BLIND)) {
            last.known = Known.BLIND;
        }
        if (unbound && came.isEmpty() && !wasLive && (holder == null || holder.known != Known.OVER)) {
            Tenure phantom = phantom(number, End.OWNER, event);
            phantom.endedBy = thing;
            phantom.claims.add(new Claim(thing, true, false, false));
            thing.bound.put(number, phantom);
        }
    }

    // --- a plain integer is closed

    Owed rawCloses(int number, Tenure holder, String api, long thread, int site) {
        Tenure last = last(number);
        if (confused(last)) {
            return Owed.anything();
        }
        if (holder == null) {
            if (last == null || last.known == Known.BLIND || live(last)) {
                return Owed.silence();
            }
            if (last.end == End.UNSEEN) {
                return Owed.alert(AlertKind.DOUBLE_CLOSE, Culprit.UNKNOWN, Culprit.ROGUE)
                        .orSilence();
            }
            Culprit culprit = last.end == End.RAW || last.end == End.REPLACED ? Culprit.UNKNOWN : Culprit.ROGUE;
            return Owed.alert(AlertKind.DOUBLE_CLOSE, culprit)
                    .level(Level.ERROR)
                    .victim(null);
        }
        if (live(last) && last != holder) {
            return Owed.anything();
        }
        if (!live(last) || !holder.harmedByStranger()) {
            return Owed.silence();
        }
        Set<AlertKind> kinds =
                switch (closedBefore(number, api, thread, site)) {
                    case NO -> Set.of(AlertKind.FOREIGN_CLOSE);
                    case YES -> Set.of(AlertKind.CLOSE_OF_REUSED);
                    case PERHAPS -> Set.of(AlertKind.FOREIGN_CLOSE, AlertKind.CLOSE_OF_REUSED);
                };
        return Owed.alert(kinds, Set.of(Culprit.ROGUE)).level(Level.ERROR).victim(holder);
    }

    void rawClosed(int number, Tenure holder, String api, long thread, int site, String event, List<Finding> came) {
        Tenure last = last(number);
        if (holder != null && holder == last && live(last)) {
            end(holder, End.RAW, api, thread, site, event);
            holder.known = Known.OVER;
            report(holder, came);
        } else if (live(last)) {
            last.known = Known.BLIND;
            if (holder != null) {
                confuse(last);
                end(last, End.RAW, api, thread, site, event);
                holder.end = End.RAW;
            }
        } else if (came.isEmpty()) {
            Tenure phantom = phantom(number, End.RAW, event);
            end(phantom, End.RAW, api, thread, site, event);
            if (holder == null) {
                phantom.known = Known.BLIND;
                phantom.end = null;
            }
        }
    }

    // --- dup2

    Owed replaces(int number, Tenure holder, long thread, int site) {
        Tenure last = last(number);
        if (confused(last)) {
            return Owed.anything();
        }
        if (!live(last) || !last.harmedByStranger() || holder == null) {
            return Owed.silence();
        }
        if (holder != last) {
            return Owed.anything();
        }
        Remembered closedBefore = closedBefore(number, null, thread, site);
        Level[] levels;
        if (closedBefore == Remembered.YES) {
            levels = new Level[] {Level.ERROR};
        } else if (closedBefore == Remembered.PERHAPS || redirected.contains(number)) {
            levels = new Level[] {Level.WARN, Level.ERROR}; // whether a redirect of a raw number is a close is not said
        } else {
            levels = new Level[] {Level.WARN};
        }
        return Owed.alert(AlertKind.FOREIGN_CLOSE, Culprit.ROGUE).level(levels).victim(holder);
    }

    void replaced(Tenure before, Tenure now, String event, List<Finding> came) {
        Tenure last = last(now.number);
        redirected.add(now.number);
        boolean redirect = came.isEmpty() || came.get(0).verdict().level() != Level.ERROR;
        if (live(last)) {
            if (last != before) {
                now.confused = true; // whether the old owners hold the new one too nobody can know
            } else if (redirect) {
                for (Claim claim : last.claims) {
                    now.claims.add(claim);
                    claim.thing.bound.put(now.number, now);
                }
            }
            last.known = Known.OVER;
            last.confused |= last != before;
            if (last == before || last.end == null) {
                last.end = End.REPLACED;
                last.endEvent = event;
            }
            report(last, came);
        }
        record(now, event);
    }

    // --- small

    private Tenure phantom(int number, End end, String event) {
        Tenure phantom = new Tenure(number);
        phantom.known = Known.OVER;
        phantom.end = end;
        phantom.endEvent = event;
        past(number).add(phantom);
        return phantom;
    }

    private static void end(Tenure tenure, End end, String api, long thread, int site, String event) {
        tenure.end = end;
        tenure.endApi = api;
        tenure.endThread = thread;
        tenure.endSite = site;
        tenure.endEvent = event;
    }

    private static void report(Tenure tenure, List<Finding> came) {
        report(tenure, came, true);
    }

    private static void report(Tenure tenure, List<Finding> came, boolean isTheWrongClose) {
        if (!came.isEmpty()) {
            tenure.reported |= isTheWrongClose;
            if (tenure.incident == null) {
                tenure.incident = came.get(0).incident();
            }
        }
    }

    /** Whether the same API ({@code null}: any) closed this number before from the same thread or call site. */
    private Remembered closedBefore(int number, String api, long thread, int site) {
        List<Tenure> past = past(number);
        for (int i = past.size() - 2; i >= 0; i--) {
            Tenure tenure = past.get(i);
            if (tenure.end == End.RAW
                    && (api == null || api.equals(tenure.endApi))
                    && (tenure.endThread == thread || tenure.endSite == site)) {
                return past.size() - 1 - i <= history && !tenure.confused ? Remembered.YES : Remembered.PERHAPS;
            }
        }
        return Remembered.NO;
    }

    /** Living objects that were ever bound to this number: their lives are kept. */
    long rememberedFor(int number) {
        return past(number).stream()
                .filter(t -> t.claims.stream().anyMatch(c -> c.thing.reachable))
                .count();
    }
}
