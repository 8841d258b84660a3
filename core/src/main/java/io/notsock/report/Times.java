package io.notsock.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes points in time, alone or relative to an alert. */
public final class Times {
    /** Microseconds, always: two closes within one millisecond are told apart, and columns stay aligned. */
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Times() {}

    /** ISO-8601, UTC. */
    public static String iso(Instant time) {
        return ISO.format(time);
    }

    /** How long before (or after) the alert something happened, or {@code null} where it is the same moment. */
    public static String relative(Instant time, Instant alert) {
        Duration earlier = Duration.between(time, alert);
        Duration distance = earlier.abs();
        if (distance.toNanos() < 1_000) {
            return null;
        }
        return span(distance) + (earlier.isNegative() ? " later" : " earlier");
    }

    /** How long something took, in the unit that fits. */
    public static String span(Duration d) {
        if (d.toMillis() < 1) {
            return d.toNanos() / 1_000 + " us";
        }
        if (d.toSeconds() < 1) {
            return d.toMillis() + " ms";
        }
        if (d.toSeconds() < 60) {
            return d.toSeconds() + "." + d.toMillisPart() / 100 + " s";
        }
        if (d.toMinutes() < 60) {
            return d.toMinutes() + " min";
        }
        return d.toHours() < 48 ? d.toHours() + " h" : d.toDays() + " days";
    }
}
