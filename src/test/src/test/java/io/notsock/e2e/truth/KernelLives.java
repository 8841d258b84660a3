package io.notsock.e2e.truth;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns system calls into the lives of numbers. */
final class KernelLives {
    private static final Pattern PAIR = Pattern.compile("\\[(\\d+), (\\d+)\\]");
    private static final Pattern STEP = Pattern.compile("\"/notsock-step/([\\w-]+)\"");

    private enum Effect {
        OPEN,
        CLOSE_RANGE,
        REPLACE,
        CLOSE
    }

    private record Event(int position, Effect effect, int number, KernelCall call) {}

    final List<KernelLife> all = new ArrayList<>();
    final List<KernelCall> failedCloses = new ArrayList<>();
    private final Map<Integer, KernelLife> current = new HashMap<>();

    /** Every life of the process from the start of its program, in the order of their opening. */
    static KernelLives of(List<KernelCall> calls) {
        List<Event> events = new ArrayList<>();
        KernelLives lives = new KernelLives();
        for (KernelCall call : calls) {
            lives.note(call, events);
        }
        // A number is free from somewhere within its close on: who gets it next may return first. So a close counts
        // from its entry and an opening from its return.
        Map<Integer, KernelCall> lastOfThread = new HashMap<>();
        calls.forEach(call -> lastOfThread.put(call.thread(), call));
        events.sort((a, b) -> Integer.compare(a.position, b.position));
        String step = "start";
        for (Event event : events) {
            if (event.effect == null) {
                Matcher m = STEP.matcher(event.call.arguments());
                step = m.find() ? m.group(1) : step;
                continue;
            }
            lives.apply(event, step);
        }
        for (KernelLife life : lives.all) {
            life.cutOff = life.closer == null
                    && life.opener != null
                    && life.opener.equals(lastOfThread.get(life.opener.thread()));
        }
        return lives;
    }

    private void note(KernelCall call, List<Event> events) {
        switch (call.name()) {
            case "close" -> {
                if (call.succeeded()) {
                    events.add(new Event(call.entered(), Effect.CLOSE, call.argument(0), call));
                } else if (!call.error().startsWith("?")) {
                    failedCloses.add(call);
                }
            }
            case "close_range" -> {
                if (!call.succeeded() || !call.arguments().endsWith(", 0")) {
                    throw new IllegalStateException("not expected in a JVM: " + call);
                }
                events.add(new Event(call.entered(), Effect.CLOSE_RANGE, call.argument(0), call));
            }
            case "fcntl" -> {
                if (call.succeeded() && call.arguments().contains("F_DUPFD")) {
                    events.add(new Event(call.left(), Effect.OPEN, (int) call.result(), call));
                }
            }
            case "dup2", "dup3" -> {
                if (call.succeeded() && call.argument(0) != call.argument(1)) {
                    events.add(new Event(call.left(), Effect.REPLACE, call.argument(1), call));
                }
            }
            case "pipe", "pipe2", "socketpair" -> {
                Matcher pair = PAIR.matcher(call.arguments());
                if (call.succeeded() && pair.find()) {
                    events.add(new Event(call.left(), Effect.OPEN, Integer.parseInt(pair.group(1)), call));
                    events.add(new Event(call.left(), Effect.OPEN, Integer.parseInt(pair.group(2)), call));
                }
            }
            case "execve", "clone", "clone3", "vfork", "fork" -> {
                // gives out no number
            }
            default -> {
                if (call.succeeded()) {
                    events.add(new Event(call.left(), Effect.OPEN, (int) call.result(), call));
                } else if (call.arguments().contains("/notsock-step/")) {
                    events.add(new Event(call.left(), null, -1, call));
                }
            }
        }
    }

    private void apply(Event event, String step) {
        KernelLife life = current.get(event.number);
        switch (event.effect) {
            case OPEN -> {
                if (life != null) {
                    throw new IllegalStateException("given out twice: " + event.call + " while " + life);
                }
                begin(event.number, event.call, step);
            }
            case REPLACE -> {
                if (life == null && event.number > 2) {
                    begin(event.number, event.call, step);
                } else {
                    (life == null ? begin(event.number, null, "start") : life).replacements.add(event.call);
                }
            }
            case CLOSE_RANGE -> {
                long last = Long.parseLong(event.call.arguments().split(", ", -1)[1]);
                List<Integer> closed = current.keySet().stream()
                        .filter(number -> number >= event.number && number <= last)
                        .toList();
                closed.forEach(number -> current.remove(number).closer = event.call);
            }
            case CLOSE -> {
                (life == null ? begin(event.number, null, "start") : life).closer = event.call;
                current.remove(event.number);
            }
        }
    }

    private KernelLife begin(int number, KernelCall opener, String step) {
        KernelLife life = new KernelLife(number, opener, step);
        all.add(life);
        current.put(number, life);
        return life;
    }
}
