package io.notsock.track;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The option {@code journal}: every event in the order the agent saw it, kept until it is written out.
 *
 * <p>For support and for proof against {@code strace}; it grows with the run and is off unless asked for. A line has, tab
 * separated: sequence, act, space, number, entry, type, thread, outcome, microseconds since 1970, and {@code agent} or
 * {@code app} for whose thread it was. Outcome {@code ok} is an open, adopt, close, release or replace that begins or ends
 * a life; anything else tells why the event changed nothing.
 */
public final class Journal {
    private final AtomicLong sequence = new AtomicLong();
    private final ConcurrentLinkedQueue<Line> lines = new ConcurrentLinkedQueue<>();

    void note(String what, Hook hook, long number, String outcome) {
        lines.add(new Line(sequence.incrementAndGet(), what, hook, number, outcome));
    }

    /** All hooks are woven: what was opened before may be missing here. */
    public void ready() {
        lines.add(new Line(sequence.incrementAndGet(), "ready", null, -1, "ok"));
    }

    /** The next line not yet taken, or {@code null}. */
    public String poll() {
        Line line = lines.poll();
        return line == null ? null : line.toString();
    }

    private static final class Line {
        private final long sequence;
        private final String what;
        private final Hook hook;
        private final long number;
        private final String outcome;
        private final long threadId;
        private final boolean own;
        /** The wall clock, because that is what {@code strace} can be compared with; never used to order events. */
        private final long micros;

        Line(long sequence, String what, Hook hook, long number, String outcome) {
            Thread thread = Thread.currentThread();
            this.sequence = sequence;
            this.what = what;
            this.hook = hook;
            this.number = number;
            this.outcome = outcome;
            this.threadId = thread.getId();
            this.own = thread instanceof AgentThread;
            this.micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        }

        @Override
        public String toString() {
            String space = hook == null || hook.space == null ? "-" : hook.space.label();
            String type = hook == null || hook.type == null ? "-" : hook.type.label();
            return sequence + "\t" + what + "\t" + space + "\t" + number + "\t"
                    + (hook == null ? "-" : hook.entry().id()) + "\t" + type + "\t" + threadId + "\t" + outcome + "\t"
                    + micros + "\t" + (own ? "agent" : "app");
        }
    }
}
