package io.notsock.report;

import java.time.LocalDateTime;

/** Fills the place holders of a file name: {@code %p} (pid), {@code %t} (start time, UTC), {@code %%} (a percent sign). */
public final class FileNames {
    private static final String ACCEPTED = "%p (pid), %t (start time), %% (a percent sign)";

    private FileNames() {}

    /**
     * The name with its place holders filled.
     *
     * @throws IllegalArgumentException naming what is accepted, where it holds another place holder
     */
    public static String expand(String pattern, long pid, LocalDateTime start) {
        StringBuilder name = new StringBuilder();
        int end = 0;
        for (int percent = pattern.indexOf('%'); percent >= 0; percent = pattern.indexOf('%', end)) {
            name.append(pattern, end, percent);
            end = Math.min(percent + 2, pattern.length());
            String holder = pattern.substring(percent, end);
            switch (holder) {
                case "%p":
                    name.append(pid);
                    break;
                case "%t":
                    appendTime(name, start);
                    break;
                case "%%":
                    name.append('%');
                    break;
                default:
                    throw new IllegalArgumentException(
                            "\"" + holder + "\" in \"" + pattern + "\"; accepted: " + ACCEPTED);
            }
        }
        return name.append(pattern, end, pattern.length()).toString();
    }

    /** {@code yyyyMMdd-HHmmss}; by hand, because a formatter costs milliseconds of every start. */
    private static void appendTime(StringBuilder name, LocalDateTime t) {
        int date = (t.getYear() * 100 + t.getMonthValue()) * 100 + t.getDayOfMonth();
        int time = (t.getHour() * 100 + t.getMinute()) * 100 + t.getSecond();
        name.append(date).append('-');
        String digits = String.valueOf(1_000_000 + time);
        name.append(digits, 1, digits.length());
    }
}
