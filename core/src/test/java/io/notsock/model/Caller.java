package io.notsock.model;

import io.notsock.track.Tracker;

/** Who calls the {@link CallSites}: always the same, so that only the site tells one close from another. */
final class Caller {
    private Caller() {}

    static Object before(int site, Tracker tracker, int hook, long number, long source) {
        return CallSites.before(site, tracker, hook, number, source);
    }
}
