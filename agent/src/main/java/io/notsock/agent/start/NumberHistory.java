package io.notsock.agent.start;

import io.notsock.alert.Frames;
import io.notsock.evidence.Act;
import io.notsock.handle.Space;
import io.notsock.pipeline.WallClock;
import io.notsock.registry.Life;
import io.notsock.registry.Registry;
import java.util.ArrayDeque;
import java.util.Deque;

/** What the registry knows about one number, for people to read: one line for each opening and each end. */
final class NumberHistory {
    private final Registry registry;
    private final WallClock clock;

    NumberHistory(Registry registry, WallClock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    /** The lines, oldest first; empty where nothing is known, {@code null} where {@code text} is no number. */
    String of(String text) {
        long number;
        try {
            number = Long.parseLong(text);
        } catch (NumberFormatException e) {
            return null;
        }
        StringBuilder all = new StringBuilder();
        for (Space space : Space.values()) {
            Deque<String> lines = new ArrayDeque<>();
            Life newest = registry.current(space, number);
            for (Life life = newest; life != null; life = life.previous()) {
                if (life == newest && life.released()) {
                    lines.addFirst(subject(life).append(" is native code's\n").toString());
                }
                add(lines, life, life.closed());
                add(lines, life, life.opened());
            }
            lines.forEach(all::append);
        }
        return all.toString();
    }

    private void add(Deque<String> lines, Life life, Act act) {
        if (act == null) {
            return;
        }
        StringBuilder line = subject(life).append(": ").append(act.what().label());
        if (act.what() != Act.What.UNSEEN_CLOSE) {
            line.append(" by \"").append(act.thread()).append("\" through ").append(act.api());
        }
        line.append(" at ").append(clock.at(act.nanos()));
        for (StackTraceElement frame : act.hasStack() ? act.frames() : new StackTraceElement[0]) {
            if (Frames.origin(frame) == Frames.Origin.APPLICATION) {
                line.append(" in ").append(frame);
                break;
            }
        }
        lines.addFirst(line.append('\n').toString());
    }

    private static StringBuilder subject(Life life) {
        return new StringBuilder(life.space().label())
                .append(' ')
                .append(life.number())
                .append(", generation ")
                .append(life.generation())
                .append(" (")
                .append(life.type().label())
                .append(')');
    }
}
