package io.notsock.e2e.truth;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds the journal against a kernel that accepts and closes sockets by an io_uring, of which strace sees nothing: number by
 * number, in the order of the wall clock.
 *
 * <p>The journal notes an opening after the kernel has given out the number, and a close before it is put into the ring. So
 * between two openings of a number there is an end in the journal, whoever closed it.
 */
final class RingNumbers {
    private static final String HANDED_OVER = "netty.ring-close";

    /** Something that happened to a number; exactly one of call and line is there. */
    private record Event(long micros, KernelCall call, JournalLine line) {}

    private final List<String> problems = new ArrayList<>();
    private int sockets;
    private int accepted;
    private int handedOver;
    private int reused;

    private RingNumbers() {}

    /**
     * @param calls what strace saw
     * @param journal what the agent saw
     */
    static RingNumbers of(List<KernelCall> calls, List<JournalLine> journal) {
        long ready = journal.stream()
                .filter(line -> line.act().equals("ready"))
                .mapToLong(JournalLine::micros)
                .findFirst()
                .orElseThrow();
        long end = journal.get(journal.size() - 1).micros();
        Map<Long, List<Event>> byNumber = new HashMap<>();
        for (KernelCall call : calls) {
            if (call.name().equals("socket") && call.leftMicros() > ready && call.leftMicros() < end) {
                byNumber.computeIfAbsent(call.result(), n -> new ArrayList<>())
                        .add(new Event(call.leftMicros(), call, null));
            } else if (call.name().equals("close") && call.succeeded()) {
                byNumber.computeIfAbsent((long) call.argument(0), n -> new ArrayList<>())
                        .add(new Event(call.enteredMicros(), call, null));
            }
        }
        for (JournalLine line : journal) {
            if (line.isDescriptor() && !line.agent() && (line.begins() || line.ends())) {
                byNumber.computeIfAbsent(line.number(), n -> new ArrayList<>())
                        .add(new Event(line.micros(), null, line));
            }
        }
        RingNumbers ring = new RingNumbers();
        byNumber.forEach((number, events) -> {
            events.sort(Comparator.comparingLong(Event::micros)); // stable: the kernel's line comes first
            ring.walk(number, events);
        });
        return ring;
    }

    private void walk(long number, List<Event> events) {
        JournalLine open = null;
        boolean ofRing = false;
        KernelCall untold = null;
        for (Event event : events) {
            KernelCall call = event.call;
            JournalLine line = event.line;
            if (call != null && call.name().equals("socket")) {
                untold(untold);
                untold = call;
            } else if (call != null) {
                untold = null; // opened and closed by native code, or told by now
            } else if (line.begins()) {
                if (open != null) {
                    problems.add(number + " was given out for " + line + " while it was held for open: " + open);
                }
                sockets += line.entry().equals("netty.socket") ? 1 : 0;
                accepted += line.entry().equals("netty.wrapper") ? 1 : 0;
                reused += ofRing ? 1 : 0;
                ofRing = false;
                open = line;
                untold = null;
            } else {
                ofRing = line.entry().equals(HANDED_OVER);
                handedOver += ofRing ? 1 : 0;
                open = null;
            }
        }
        untold(untold);
    }

    private void untold(KernelCall socket) {
        if (socket != null) {
            problems.add("the journal has not seen " + socket);
        }
    }

    /** What the two do not agree on; empty where they do. */
    List<String> problems() {
        return problems;
    }

    /** How many numbers were opened again after they had been given to the ring. */
    int reused() {
        return reused;
    }

    String summary() {
        return sockets + " sockets asked for, " + accepted + " accepted by the ring, " + handedOver
                + " handed over to be closed, " + reused + " given out again";
    }
}
