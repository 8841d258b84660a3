package io.notsock.report;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes points in time, alone or relative to an alert. */
public final class Times {
    private static final Duration SAME = Duration.ofNanos(1_000);

    /** Microseconds, always: two closes within one millisecond are told apart, and columns stay aligned. */
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Times() {}

    /** ISO-8601, UTC. */
    public static String iso(Instant time) {
        return ISO.format(time);
    }

    /**
     * The time that {@link #iso} writes so, or any other ISO-8601 form.
     *
     * @throws java.time.format.DateTimeParseException where it is none
     */
    public static Instant parse(String text) {
        // A file of a gigabyte has millions of them: the form that we write is read ten times as fast by hand.
        if (text.length() != 27
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':'
                || text.charAt(19) != '.'
                || text.charAt(26) != 'Z') {
            return Instant.parse(text);
        }
        int month = digits(text, 5, 7);
        int day = digits(text, 8, 10);
        int hour = digits(text, 11, 13);
        int minute = digits(text, 14, 16);
        int second = digits(text, 17, 19);
        int year = digits(text, 0, 4);
        int micros = digits(text, 20, 26);
        if (year < 0 || month < 1 || month > 12 || day < 1 || day > 28 || micros < 0) {
            return Instant.parse(text); // the last days of a month are its business, and what is wrong
        }
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
            return Instant.parse(text);
        }
        long days = LocalDate.of(year, month, day).toEpochDay();
        return Instant.ofEpochSecond(days * 86_400 + hour * 3_600L + minute * 60L + second, micros * 1_000L);
    }

    /** A number of digits only, or -1. */
    private static int digits(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + c - '0';
        }
        return value;
    }

    /** How long before (or after) the alert something happened, or {@code null} where it is the same moment. */
    public static String relative(Instant time, Instant alert) {
        Duration earlier = Duration.between(time, alert);
        Duration distance = earlier.abs();
        if (distance.compareTo(SAME) < 0) {
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
