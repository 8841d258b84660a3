package io.notsock.agent.weave;

import io.notsock.catalog.Place;
import io.notsock.catalog.Role;
import java.util.List;

/** What the hooks around a body need of the method: which of its ways in and out, and where its {@code this}. */
final class SiteNeeds {
    private final List<Site> around;

    SiteNeeds(List<Site> around) {
        this.around = around;
    }

    /** Whether any of these reads {@code this} or a field of it. */
    static boolean receiver(List<Site> sites) {
        for (Site site : sites) {
            if (site.entry.readsReceiver()) {
                return true;
            }
        }
        return false;
    }

    /** Whether something is told before the body. */
    boolean entry() {
        return tellsBefore() || has(Role.COUNT) || has(Role.END);
    }

    /** Whether something is told when the body returns. */
    boolean exit() {
        for (Site site : around) {
            if (site.tellsBefore() || site.tellsAfter() || site.entry.role() == Role.BEGIN) {
                return true;
            }
        }
        return false;
    }

    /** Whether something is told when the body throws. */
    boolean exception() {
        return tellsBefore() || has(Role.EXPLAIN);
    }

    /** Whether what is told of an exception reads {@code this}. */
    boolean receiverInHandler() {
        return readsReceiver(Role.EXPLAIN) || readsReceiver(Role.USE);
    }

    /** Whether what is told of a return reads {@code this}. */
    boolean receiverInEpilogue() {
        for (Site site : around) {
            if (site.tellsAfter()) {
                for (Place place : site.entry.numbers()) {
                    if (isOfReceiver(place)) {
                        return true;
                    }
                }
                if (isOfReceiver(site.entry.owner()) || isOfReceiver(site.entry.closer())) {
                    return true;
                }
            }
        }
        return readsReceiver(Role.BEGIN);
    }

    private boolean tellsBefore() {
        for (Site site : around) {
            if (site.tellsBefore()) {
                return true;
            }
        }
        return false;
    }

    private boolean has(Role role) {
        for (Site site : around) {
            if (site.entry.role() == role) {
                return true;
            }
        }
        return false;
    }

    private boolean readsReceiver(Role role) {
        for (Site site : around) {
            if (site.entry.role() == role
                    && (isOfReceiver(site.entry.owner())
                            || (role == Role.USE
                                    && isOfReceiver(site.entry.numbers().get(0))))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfReceiver(Place place) {
        return place != null && place.isInReceiver();
    }
}
