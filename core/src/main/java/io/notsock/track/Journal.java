package io.notsock.track;

import io.notsock.evidence.Act;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The option {@code journal}: every open and close in the order the agent saw them, kept until it is written out.
 *
 * <p>For support and for proof against {@code strace}; it grows with the run and is off unless asked for.
 */
public final class Journal {
    private final AtomicLong sequence = new AtomicLong();
    private final ConcurrentLinkedQueue<Line> lines = new ConcurrentLinkedQueue<>();

    void note(Act.What what, Hook hook, long number, String outcome) {
        lines.add(new Line(
                sequence.incrementAndGet(),
                what,
                hook,
                number,
                Thread.currentThread().getId(),
                outcome));
    }

    /** The next line not yet taken, or {@code null}. Tab separated: sequence, act, space, number, entry, thread, outcome. */
    public String poll() {
        Line line = lines.poll();
        return line == null ? null : line.toString();
    }

    private static final class Line {
        private final long sequence;
        private final Act.What what;
        private final Hook hook;
        private final long number;
        private final long threadId;
        private final String outcome;

        Line(long sequence, Act.What what, Hook hook, long number, long threadId, String outcome) {
            this.sequence = sequence;
            this.what = what;
            this.hook = hook;
            this.number = number;
            this.threadId = threadId;
            this.outcome = outcome;
        }

        @Override
        public String toString() {
            return sequence + "\t" + what.label() + "\t" + hook.space.label() + "\t" + number + "\t"
                    + hook.entry().id() + "\t" + hook.type.label() + "\t" + threadId + "\t" + outcome;
        }
    }
}
