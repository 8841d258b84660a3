package io.notsock.alert;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What the user does not want to be told, and which of these wishes never came up. Confined to the agent's thread. */
public final class Suppressions {
    /** Compiled when first needed, so that a start without suppressions does not load the regular expressions. */
    private static final class Patterns {
        /** A comment is a line that starts with {@code #}, or what follows a blank and {@code #}. */
        static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*$");

        static final Pattern STARS = Pattern.compile("\\*+");

        /** What a line cannot hold: its end, a comment's start, blanks at either end. Paths and thread names can. */
        static final Pattern NOT_WITHIN_A_LINE = Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029#]+|^\\s+|\\s+$");
    }

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final List<Suppression> lines;
    private final List<String> errors;

    private Suppressions(List<Suppression> lines, List<String> errors) {
        this.lines = lines;
        this.errors = errors;
    }

    /** Nothing is suppressed. */
    public static Suppressions none() {
        return new Suppressions(List.of(), List.of());
    }

    /** Reads a file; lines that are wrong are left out and found in {@link #errors()}. */
    public static Suppressions read(Path file) throws IOException {
        // Decoded leniently: one foreign byte in a comment must not cost the user all other lines.
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        if (text.startsWith(BYTE_ORDER_MARK)) {
            text = text.substring(1);
        }
        return parse(file.toString(), List.of(text.split("\r\n|\n|\r", -1)));
    }

    /** Parses lines; the source is what messages call them. */
    public static Suppressions parse(String source, List<String> text) {
        List<Suppression> lines = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        for (int i = 0; i < text.size(); i++) {
            String line = Patterns.COMMENT.matcher(text.get(i)).replaceFirst("").strip();
            if (line.isEmpty()) {
                continue;
            }
            try {
                lines.add(Suppression.parse(line, source + ":" + (i + 1)));
            } catch (IllegalArgumentException e) {
                errors.add(e.getMessage());
            }
        }
        return new Suppressions(lines, errors);
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /** One line for each wrong line: where it stands, what it says, what is accepted. */
    public List<String> errors() {
        return errors;
    }

    /** Whether the alert is to be kept silent. Asks every line, so that only those count as unused that match nothing. */
    public boolean matches(Alert alert) {
        boolean found = false;
        for (Suppression line : lines) {
            found |= line.matches(alert);
        }
        return found;
    }

    /** The suppressions that matched no alert so far, each with file and line. */
    public List<String> unused() {
        List<String> unused = new ArrayList<>();
        for (Suppression line : lines) {
            if (!line.used()) {
                unused.add(line.toString());
            }
        }
        return unused;
    }

    /**
     * The line that would suppress this alert and its like: the innermost application frame of the party most likely to
     * blame, without what changes from build to build; where no party has one, an API or a path.
     */
    public static String lineFor(Alert alert) {
        String pattern = Patterns.NOT_WITHIN_A_LINE
                .matcher(patternFor(alert.bySuspicion()))
                .replaceAll("*");
        return alert.kind().name() + ":" + Patterns.STARS.matcher(pattern).replaceAll("*");
    }

    private static String patternFor(List<Party> parties) {
        for (Party party : parties) {
            StackTraceElement frame = Frames.firstApplication(party);
            if (frame != null) {
                return Frames.stableName(frame, "*");
            }
        }
        for (Party party : parties) {
            if (party.api() != null) {
                return party.api();
            }
        }
        for (Party party : parties) {
            if (party.detail() != null) {
                return party.detail();
            }
        }
        return "*";
    }
}
