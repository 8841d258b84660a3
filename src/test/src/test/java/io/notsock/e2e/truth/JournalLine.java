package io.notsock.e2e.truth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One line of the agent's journal ({@code io.notsock.track.Journal} says what the columns are). */
record JournalLine(
        long sequence,
        String act,
        String space,
        long number,
        String entry,
        String type,
        String thread,
        String outcome,
        long micros,
        boolean agent) {
    static List<JournalLine> read(Path file) throws IOException {
        List<JournalLine> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            String[] f = line.split("\t", -1);
            lines.add(new JournalLine(
                    Long.parseLong(f[0]),
                    f[1],
                    f[2],
                    Long.parseLong(f[3]),
                    f[4],
                    f[5],
                    f[6],
                    f[7],
                    Long.parseLong(f[8]),
                    f[9].equals("agent")));
        }
        lines.sort(Comparator.comparingLong(JournalLine::sequence));
        return lines;
    }

    /** The kernel knows nothing of a stream of the C library, nor of a thread's handle. */
    boolean isDescriptor() {
        return space.equals("fd") || space.equals("-");
    }

    boolean ok() {
        return outcome.equals("ok");
    }

    boolean begins() {
        return ok() && (act.equals("open") || act.equals("adopt"));
    }

    boolean ends() {
        return ok() && (act.equals("close") || act.equals("release"));
    }

    /** A pre-close or a dup2: what is behind the number changes, the number stays. */
    boolean cuts() {
        return act.equals("preclose") || act.equals("replace");
    }
}
