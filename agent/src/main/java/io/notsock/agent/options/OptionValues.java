package io.notsock.agent.options;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** From the text of a value to the value; {@code null} where the text is not acceptable. */
final class OptionValues {
    private static final String FILE_PREFIX = "file:";
    private static final long LONGEST_MILLIS = 1_000_000L * 3_600_000L; // about a century; also fits nanoseconds

    private OptionValues() {}

    /**
     * What this text means for this key.
     *
     * @return a {@code String} in canonical spelling; an {@code Integer} for a number; a {@code Long} in milliseconds
     *     for a duration, 0 for {@code off}; a {@code List<String>} for file names
     */
    static Object parse(OptionKey key, String text, boolean windows) {
        OptionKey.Kind kind = key.kind();
        if (kind == OptionKey.Kind.CHOICE) {
            return choice(text, key.accepted());
        }
        if (kind == OptionKey.Kind.FILE) {
            return file(text, windows);
        }
        if (kind == OptionKey.Kind.NUMBER) {
            return number(text, key.accepted());
        }
        if (kind == OptionKey.Kind.DURATION) {
            return duration(text);
        }
        if (kind == OptionKey.Kind.LOG_TARGET) {
            return log(text, windows);
        }
        if (kind == OptionKey.Kind.FILES) {
            return files(text, windows);
        }
        boolean off = "off".equalsIgnoreCase(text);
        if (kind == OptionKey.Kind.DURATION_OR_OFF) {
            return off ? Long.valueOf(0) : aboveZero(duration(text));
        }
        if (off) {
            return "off";
        }
        return kind == OptionKey.Kind.FILE_OR_OFF ? file(text, windows) : address(text);
    }

    /** One of the words of a list such as {@code "ERROR, WARN, INFO"}, whatever the case. */
    private static String choice(String text, String words) {
        int start = 0;
        while (start < words.length()) {
            int comma = words.indexOf(',', start);
            int end = comma < 0 ? words.length() : comma;
            if (text.length() == end - start && words.regionMatches(true, start, text, 0, text.length())) {
                return words.substring(start, end);
            }
            start = end + 2;
        }
        return null;
    }

    /** A whole number within a range such as {@code "1..256"}. */
    private static Integer number(String text, String range) {
        int dots = range.indexOf("..");
        int value = digits(text, 0, text.length());
        boolean within = value >= digits(range, 0, dots) && value <= digits(range, dots + 2, range.length());
        return within ? Integer.valueOf(value) : null;
    }

    /** The number these ASCII digits stand for, at most nine of them; -1 if they are anything else. */
    private static int digits(String text, int start, int end) {
        if (start >= end || end - start > 9) {
            return -1;
        }
        int value = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }

    private static Long duration(String text) {
        int unitStart = 0;
        while (unitStart < text.length() && text.charAt(unitStart) >= '0' && text.charAt(unitStart) <= '9') {
            unitStart++;
        }
        int amount = digits(text, 0, unitStart);
        long unit = unitMillis(text.substring(unitStart));
        if (amount < 0 || unit == 0) {
            return null;
        }
        long millis = amount * unit;
        return millis <= LONGEST_MILLIS ? Long.valueOf(millis) : null;
    }

    private static long unitMillis(String unit) {
        switch (unit) {
            case "ms":
                return 1;
            case "s":
                return 1_000;
            case "m":
                return 60_000;
            case "h":
                return 3_600_000;
            default:
                return 0;
        }
    }

    private static Long aboveZero(Long millis) {
        return millis != null && millis > 0 ? millis : null;
    }

    private static String log(String text, boolean windows) {
        if (!text.regionMatches(true, 0, FILE_PREFIX, 0, FILE_PREFIX.length())) {
            return choice(text, "stderr, off, slf4j");
        }
        String path = file(text.substring(FILE_PREFIX.length()), windows);
        return path == null ? null : FILE_PREFIX.concat(path);
    }

    /** Only what no file system could take is refused here; {@code java.nio.file} is left alone this early. */
    private static String file(String text, boolean windows) {
        if (text.isEmpty() || text.indexOf('\0') >= 0) {
            return null;
        }
        if (windows) {
            for (int i = text.startsWith("\\\\?\\") ? 4 : 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c < ' ' || "<>\"|?*".indexOf(c) >= 0) {
                    return null;
                }
            }
        }
        return text;
    }

    private static List<String> files(String text, boolean windows) {
        char separator = windows ? ';' : ':';
        List<String> files = new ArrayList<>();
        int start = 0;
        while (start <= text.length()) {
            int next = text.indexOf(separator, start);
            int end = next < 0 ? text.length() : next;
            if (end > start) {
                String file = file(text.substring(start, end), windows);
                if (file == null) {
                    return null;
                }
                files.add(file);
            }
            start = end + 1;
        }
        return files.isEmpty() ? null : Collections.unmodifiableList(files);
    }

    /** {@code HOST:PORT}; an IPv6 address stands in brackets. Port 0 lets the OS choose. */
    private static String address(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            return null;
        }
        int port = digits(text, colon + 1, text.length());
        return port >= 0 && port <= 65535 && isHost(text.substring(0, colon)) ? text : null;
    }

    private static boolean isHost(String host) {
        if (host.charAt(0) != '[') {
            return consistsOf(host, 0, host.length(), ".-_");
        }
        int last = host.length() - 1;
        return host.charAt(last) == ']' && host.indexOf(':') > 0 && consistsOf(host, 1, last, ".-_:%");
    }

    /** Whether there is something, and all of it ASCII letters, digits and these. */
    private static boolean consistsOf(String text, int start, int end, String others) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && (c < '0' || c > '9') && others.indexOf(c) < 0) {
                return false;
            }
        }
        return start < end;
    }
}
