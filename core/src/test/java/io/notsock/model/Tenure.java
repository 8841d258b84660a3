package io.notsock.model;

import io.notsock.track.Incident;
import java.util.ArrayList;
import java.util.List;

/** One tenure of a number in truth, and what of it can be known from outside. */
final class Tenure {
    /** What somebody who sees the hooked calls only knows of it. */
    enum Known {
        NOTHING,
        LIVE,
        OVER,
        /** The two have been seen to differ. */
        BLIND
    }

    /** Who ended it. */
    enum End {
        OWNER,
        RAW,
        STRANGER,
        UNSEEN,
        REPLACED
    }

    static final class Claim {
        final Thing thing;
        /** Came with the open (or closes for who did), so its close is never foreign. */
        final boolean opener;

        final boolean delegate;
        boolean armed;

        Claim(Thing thing, boolean opener, boolean delegate, boolean armed) {
            this.thing = thing;
            this.opener = opener;
            this.delegate = delegate;
            this.armed = armed;
        }
    }

    final int number;
    final List<Claim> claims = new ArrayList<>();
    String openEvent;
    boolean guarded;
    /** Something happened to its number that looks like something else from outside: whatever follows proves nothing. */
    boolean confused;

    Known known = Known.NOTHING;
    /** The object that owns it in truth without any hook having told (a number set by reflection or native code). */
    Thing silentOwner;

    End end;
    String endEvent;
    Thing endedBy;
    String endApi;
    long endThread;
    int endSite;
    /** An alert has named the close that ended it. */
    boolean reported;

    Incident incident;
    /** Its owner cut the number after its end: what that owner does then belongs to one event. */
    boolean cut;

    Tenure(int number) {
        this.number = number;
    }

    Claim claim(Thing thing) {
        for (Claim claim : claims) {
            if (claim.thing == thing) {
                return claim;
            }
        }
        return null;
    }

    /** Whether an armed owner still holds it, and every rightful way of closing it would be seen. */
    boolean harmedByStranger() {
        return guarded && claims.stream().anyMatch(c -> c.armed && !c.delegate && c.thing.holds(number));
    }

    /** Whether the armed object that opened it still holds it. */
    boolean harmedByAdopter() {
        return guarded && claims.stream().anyMatch(c -> c.armed && c.opener && !c.delegate && c.thing.holds(number));
    }
}
