package io.notsock.alert;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Writes what a leak alert says: how many handles of one place nobody closed, what became of them, how long they were open. */
public final class LeakText {
    private static final int KINDS = 8;

    private final Party opener;
    private long rescued;
    private long finalized;
    private long lost;
    private long atExit;
    private long youngest = Long.MAX_VALUE;
    private long oldest;
    private final Map<String, Long> whats = new TreeMap<>();

    /** @param opener who opened them */
    public LeakText(Party opener) {
        this.opener = opener;
    }

    /** One more that a Cleaner has closed; its age in nanoseconds. */
    public void addRescued(Party one, long age) {
        rescued++;
        add(one, age);
    }

    /** One more that a finalizer has closed. */
    public void addFinalized(Party one, long age) {
        finalized++;
        add(one, age);
    }

    /** One more whose owner is gone, and which nothing will close. */
    public void addLost(Party one, long age) {
        lost++;
        add(one, age);
    }

    /** One more that is open as the JVM ends. */
    public void addAtExit(Party one, long age) {
        atExit++;
        add(one, age);
    }

    private void add(Party one, long age) {
        String owner = Wording.owner(one);
        if (owner != null && (whats.size() < KINDS || whats.containsKey(owner))) {
            whats.merge(owner, 1L, Long::sum);
        }
        youngest = Math.min(youngest, age);
        oldest = Math.max(oldest, age);
    }

    private long count() {
        return rescued + finalized + lost + atExit;
    }

    /** The alert's one line. */
    public String summary() {
        if (count() > 1) {
            StringBuilder text = new StringBuilder();
            text.append(count()).append(" handles").append(whats());
            text.append(" opened in ").append(Wording.place(opener));
            text.append(" were never closed: ");
            String separator = add(text, "", rescued, " garbage-collected and closed by a Cleaner");
            separator = add(text, separator, finalized, " garbage-collected and closed by a finalizer");
            separator = add(text, separator, lost, " garbage-collected and still open");
            add(text, separator, atExit, " open when the JVM ended");
            return text.append("; open for ").append(ages()).toString();
        }
        String what = Wording.act(opener, "opened");
        if (rescued + finalized > 0) {
            String closer = rescued > 0 ? "a Cleaner" : "a finalizer";
            return what + " was never closed: " + closer + " closed it " + ages()
                    + " later, once it was garbage-collected";
        }
        return lost > 0
                ? what + " was garbage-collected while open: nothing will close it (opened " + ages() + " ago)"
                : what + " was still open when the JVM ended, " + ages() + " later";
    }

    private static String add(StringBuilder text, String separator, long count, String what) {
        if (count == 0) {
            return separator;
        }
        text.append(separator).append(count).append(what);
        return ", ";
    }

    /** {@code  of java.net Socket}, or how many of which where one method opens several kinds. */
    private String whats() {
        if (whats.isEmpty()) {
            return "";
        }
        if (whats.size() == 1) {
            return " of " + whats.keySet().iterator().next();
        }
        StringBuilder text = new StringBuilder();
        whats.forEach((what, number) -> text.append(text.length() == 0 ? " (" : ", ")
                .append(number)
                .append(" of ")
                .append(what));
        return text.append(')').toString();
    }

    private String ages() {
        String from = span(youngest);
        String to = span(oldest);
        return from.equals(to) ? from : from + " to " + to;
    }

    private static String span(long nanos) {
        Duration d = Duration.ofNanos(nanos);
        if (d.toSeconds() < 1) {
            return d.toMillis() + " ms";
        }
        if (d.toMinutes() < 2) {
            return d.toSeconds() + " s";
        }
        return d.toHours() < 2 ? d.toMinutes() + " min" : d.toHours() + " h";
    }

    /** What that leads to. */
    public Consequence consequence() {
        if (lost > 0) {
            return new Consequence(
                    "the number stays taken until the JVM ends; enough of these, and the next open fails");
        }
        if (rescued + finalized > 0) {
            return new Consequence("the number was taken until a garbage collection happened to come; where memory is"
                    + " plenty none comes, and the next open fails");
        }
        return new Consequence("the number stayed taken; enough of these, and the next open fails. What was written to"
                + " a buffer above it is lost");
    }

    /** What to do about it. */
    public String advice() {
        String place = Wording.place(opener);
        if (rescued + finalized + lost > 0) {
            return "Close what " + place + " opens: try-with-resources, or close() by whoever keeps the object.";
        }
        return "Close what " + place + " opens: try-with-resources, or close() by whoever keeps the object, at the"
                + " latest when the program ends. If it is meant to stay open until then, suppress this line.";
    }
}
