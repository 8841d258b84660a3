package io.notsock.report;

import io.notsock.alert.Frames;
import io.notsock.alert.Frames.Origin;
import java.util.ArrayList;
import java.util.List;

/**
 * Shortens a stack to what a reader needs: the call that reached the OS, the platform method that the application called,
 * and then the application's own frames only; what is left out is counted.
 */
final class StackTrim {
    /** Six lines for each of three parties keep a whole alert within thirty. */
    private static final int LINES = 6;

    private StackTrim() {}

    static List<String> of(List<StackTraceElement> stack) {
        List<StackTraceElement> frames = new ArrayList<>(stack);
        frames.removeIf(frame -> Frames.origin(frame) == Origin.AGENT);
        int top = firstApplication(frames);
        List<String> lines = new ArrayList<>(LINES);
        if (top == frames.size()) {
            // The platform's own frames are all there is.
            add(lines, frames);
            return lines;
        }
        if (top > 0) {
            lines.add(line(frames.get(0)));
        }
        if (top > 2) {
            lines.add(omitted(top - 2));
        }
        if (top > 1) {
            lines.add(line(frames.get(top - 1)));
        }
        add(lines, frames.subList(top, frames.size()));
        return lines;
    }

    /** Adds frames of the first one's origin as far as there is room, and a line that counts the others. */
    private static void add(List<String> lines, List<StackTraceElement> frames) {
        List<StackTraceElement> wanted = new ArrayList<>(frames);
        wanted.removeIf(frame -> Frames.origin(frame) != Frames.origin(frames.get(0)));
        int room = LINES - lines.size();
        int shown = wanted.size() == frames.size() && frames.size() <= room
                ? frames.size()
                : Math.min(wanted.size(), room - 1);
        for (StackTraceElement frame : wanted.subList(0, shown)) {
            lines.add(line(frame));
        }
        if (shown < frames.size()) {
            lines.add(omitted(frames.size() - shown));
        }
    }

    private static int firstApplication(List<StackTraceElement> frames) {
        int i = 0;
        while (i < frames.size() && Frames.origin(frames.get(i)) != Origin.APPLICATION) {
            i++;
        }
        return i;
    }

    private static String line(StackTraceElement frame) {
        return "at " + Frames.text(frame);
    }

    private static String omitted(int count) {
        return "... " + count + (count == 1 ? " frame" : " frames");
    }
}
