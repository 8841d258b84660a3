package io.notsock.model;

import io.notsock.track.Tracker;

/** Three places in a program from which plain integers are closed: the tracker tells them apart by their frames. */
final class CallSites {
    static final int COUNT = 3;

    private CallSites() {}

    static Object before(int site, Tracker tracker, int hook, long number, long source) {
        return switch (site) {
            case 0 -> first(tracker, hook, number, source);
            case 1 -> second(tracker, hook, number, source);
            default -> third(tracker, hook, number, source);
        };
    }

    private static Object first(Tracker tracker, int hook, long number, long source) {
        return tracker.before(hook, null, number, source);
    }

    private static Object second(Tracker tracker, int hook, long number, long source) {
        return tracker.before(hook, null, number, source);
    }

    private static Object third(Tracker tracker, int hook, long number, long source) {
        return tracker.before(hook, null, number, source);
    }
}
