package io.notsock.report;

import io.notsock.alert.Alert;
import io.notsock.alert.Suppressions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The suppressions that would keep known alerts silent, so that only new ones are told: each line once, below a comment. */
public final class Baseline {
    private final Map<String, String> comments = new LinkedHashMap<>();

    public Baseline(List<Alert> alerts) {
        for (Alert alert : alerts) {
            comments.putIfAbsent(Suppressions.lineFor(alert), comment(alert));
        }
    }

    private static String comment(Alert alert) {
        boolean wide = alert.bySuspicion().stream()
                .noneMatch(party -> io.notsock.alert.Frames.firstApplication(party) != null);
        return "# " + Printable.of(alert.summary()) + " (" + alert.handle() + ", " + Times.iso(alert.time()) + ")"
                + (wide ? "\n# This line is a wide one: no frame of the application is known." : "");
    }

    /** The lines, without their comments. */
    public Set<String> lines() {
        return new TreeSet<>(comments.keySet());
    }

    /**
     * What a suppressions file lacks, ready to be put behind its text. A line that stands there stays, used or not: what it
     * keeps silent is not among the alerts.
     *
     * @param text the file so far; empty for a new one
     * @return empty where nothing is missing
     */
    public String missingIn(String text) {
        Set<String> there = new TreeSet<>();
        for (String line : text.split("\\R", -1)) {
            there.add(line.strip());
        }
        StringBuilder more = new StringBuilder(text.isEmpty() || text.endsWith("\n") ? "" : "\n");
        int head = more.length();
        for (Map.Entry<String, String> line : comments.entrySet()) {
            if (!there.contains(line.getKey())) {
                more.append(line.getValue()).append('\n').append(line.getKey()).append('\n');
            }
        }
        return more.length() == head ? "" : more.toString();
    }
}
