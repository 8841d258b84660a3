package io.notsock.e2e.truth;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Holds the journal against the kernel, number by number.
 *
 * <p>Both tell the wall clock's microseconds, and causality orders them: an opening is journalled after the kernel has
 * returned the number, a close before the kernel is asked. So each line of the journal falls into exactly one life of its
 * number, and what is in a life must be one beginning and one end, or nothing and a {@link Rule}.
 */
final class Comparison {
    /** The calls by which each entry's numbers come into being. */
    private static final Map<String, Set<String>> OPENERS = Map.ofEntries(
            Map.entry("nio.socket", Set.of("socket")),
            Map.entry("nio.datagram", Set.of("socket")),
            Map.entry("nio.server-socket", Set.of("socket")),
            Map.entry("nio.unix-socket", Set.of("socket")),
            Map.entry("nio.accept", Set.of("accept", "accept4")),
            Map.entry("nio.unix-accept", Set.of("accept", "accept4")),
            Map.entry("net.plain.open", Set.of("socket", "accept", "accept4")),
            Map.entry("net.plain.datagram", Set.of("socket")),
            Map.entry("nio.pipe", Set.of("pipe", "pipe2")),
            Map.entry("epoll.create", Set.of("epoll_create", "epoll_create1")),
            Map.entry("epoll.poller", Set.of("epoll_create", "epoll_create1")),
            Map.entry("selector.eventfd", Set.of("eventfd", "eventfd2")),
            Map.entry("selector.wakeup-pipe", Set.of("pipe", "pipe2")),
            Map.entry("file.open", Set.of("open", "openat")),
            Map.entry("fs.open", Set.of("open", "openat")),
            Map.entry("fs.dup", Set.of("dup", "fcntl")),
            Map.entry("watch.inotify", Set.of("inotify_init", "inotify_init1")),
            Map.entry("watch.wakeup", Set.of("socketpair")),
            Map.entry("process.pipe", Set.of("pipe", "pipe2")),
            Map.entry("fd.set", Set.of("pipe", "pipe2")),
            Map.entry("attach.open", Set.of("socket")),
            Map.entry("inherited.dup", Set.of("dup", "fcntl")),
            Map.entry("inherited.null", Set.of("open", "openat")),
            Map.entry("c.open", Set.of("open", "openat", "creat")),
            Map.entry("c.dup", Set.of("dup", "fcntl")),
            Map.entry("c.fcntl", Set.of("fcntl")),
            Map.entry("c.memfd", Set.of("memfd_create")),
            Map.entry("c.eventfd", Set.of("eventfd", "eventfd2")),
            Map.entry("c.epoll", Set.of("epoll_create", "epoll_create1")),
            Map.entry("c.event", Set.of("inotify_init", "inotify_init1", "timerfd_create")),
            Map.entry("c.signalfd", Set.of("signalfd4")),
            Map.entry("c.pipe", Set.of("pipe", "pipe2")),
            Map.entry("c.socket", Set.of("socket")),
            Map.entry("c.socketpair", Set.of("socketpair")),
            Map.entry("c.accept", Set.of("accept", "accept4")),
            Map.entry("netty.socket", Set.of("socket", "accept", "accept4")),
            Map.entry("netty.datagram", Set.of("socket")),
            Map.entry("netty.unix-socket", Set.of("socket")),
            Map.entry("netty.epoll", Set.of("epoll_create", "epoll_create1")),
            Map.entry("netty.eventfd", Set.of("eventfd", "eventfd2", "timerfd_create")),
            Map.entry("netty.pipe", Set.of("pipe", "pipe2")),
            Map.entry("netty.file", Set.of("open", "openat")),
            Map.entry("junix.socket", Set.of("socket")),
            Map.entry("junix.made-by-name", Set.of("socket")),
            Map.entry("junix.accept", Set.of("accept", "accept4")),
            Map.entry("junix.accept-old", Set.of("accept", "accept4")),
            Map.entry("junix.pair-first", Set.of("socketpair")),
            Map.entry("junix.pair-second", Set.of("socketpair")),
            Map.entry("junix.pipe-source", Set.of("pipe", "pipe2")),
            Map.entry("junix.pipe-sink", Set.of("pipe", "pipe2")),
            Map.entry("jnr.socket", Set.of("socket", "accept", "accept4")),
            Map.entry("jnr.socketpair", Set.of("socketpair")),
            Map.entry("jnr.selector", Set.of("pipe", "pipe2")));

    private final List<Rule> rules;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, Integer> opens = new TreeMap<>();
    private final Map<String, Integer> closes = new TreeMap<>();
    private final Map<String, Integer> explained = new TreeMap<>();
    private final Set<String> fired = new TreeSet<>();

    private Comparison(List<Rule> rules) {
        this.rules = rules;
    }

    /**
     * @param strace what strace wrote
     * @param journal what the agent wrote
     * @param rules what the journal need not hold
     */
    static Comparison of(Path strace, Path journal, List<Rule> rules) throws IOException {
        return of(strace, journal, JournalLine.read(journal), rules);
    }

    /** The same with lines that need not be those of the file. */
    static Comparison of(Path strace, Path journal, List<JournalLine> lines, List<Rule> rules) throws IOException {
        Comparison comparison = new Comparison(rules);
        comparison.compare(KernelLives.of(KernelLog.read(strace)), lines, journal);
        return comparison;
    }

    /** What is in one and not in the other; empty where registry and kernel agree. */
    List<String> problems() {
        return problems;
    }

    /** The entries of the catalog that saw something. */
    Set<String> fired() {
        return fired;
    }

    /** The rules that were needed. */
    Set<String> rulesUsed() {
        return explained.keySet();
    }

    /** How often this rule was needed. */
    int explainedBy(String rule) {
        return explained.getOrDefault(rule, 0);
    }

    int opensCompared() {
        return opens.values().stream().mapToInt(Integer::intValue).sum();
    }

    int closesCompared() {
        return closes.values().stream().mapToInt(Integer::intValue).sum();
    }

    String summary() {
        return opensCompared() + " opens and " + closesCompared()
                + " closes agree with the kernel\n  opens " + opens + "\n  closes " + closes + "\n  explained "
                + explained;
    }

    private void compare(KernelLives kernel, List<JournalLine> journal, Path journalFile) {
        // The writing of the journal is not in the journal.
        int end = kernel.all.stream()
                .filter(l -> l.opener != null && isOf(journalFile, l.opener.arguments()))
                .mapToInt(l -> l.opener.entered())
                .min()
                .orElseThrow(() -> new IllegalStateException("the kernel has not seen " + journalFile));
        long ready = journal.stream()
                .filter(l -> l.act().equals("ready"))
                .mapToLong(JournalLine::micros)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the journal does not tell when the hooks were ready"));
        kernel.all.removeIf(l -> l.opener != null && l.opener.left() >= end);
        kernel.failedCloses.stream()
                .filter(c -> c.entered() < end)
                .forEach(c -> problems.add("a healthy program closed what was not open: " + c));
        for (KernelLife life : kernel.all) {
            if (life.closer != null && life.closer.entered() >= end) {
                life.closedLate = true;
            }
        }
        assign(kernel.all, journal);
        for (KernelLife life : kernel.all) {
            judge(life, ready);
        }
    }

    /** The file itself, or the one that becomes it ({@code OwnerOnly.createByLink}). */
    private static boolean isOf(Path journalFile, String arguments) {
        Path draft = journalFile.resolveSibling("." + journalFile.getFileName() + ".");
        return arguments.contains("\"" + journalFile + "\"") || arguments.contains("\"" + draft);
    }

    private void assign(List<KernelLife> lives, List<JournalLine> journal) {
        Map<Long, List<KernelLife>> byNumber = new HashMap<>();
        for (KernelLife life : lives) {
            byNumber.computeIfAbsent((long) life.number, n -> new ArrayList<>()).add(life);
        }
        for (JournalLine line : journal) {
            if (!line.entry().equals("-")) {
                fired.add(line.entry());
            }
            if (line.number() < 0
                    || !line.isDescriptor()
                    || line.outcome().equals("standard")
                    || line.act().equals("use")) {
                continue;
            }
            List<KernelLife> homes = byNumber.getOrDefault(line.number(), List.of()).stream()
                    .filter(life -> life.holds(line.micros()))
                    .toList();
            if (homes.size() == 1) {
                homes.get(0).journal.add(line);
            } else {
                problems.add("the kernel knows " + homes.size() + " lives for the journal's " + line);
            }
        }
    }

    private void judge(KernelLife life, long ready) {
        List<JournalLine> begins =
                life.journal.stream().filter(JournalLine::begins).toList();
        List<JournalLine> ends = life.journal.stream().filter(JournalLine::ends).toList();
        if (begins.isEmpty()) {
            unseen(life, ready);
            return;
        }
        JournalLine begin = begins.get(0);
        if (begin.agent() && selfTest(life)) {
            explained.merge("the agent's self-test", 1, Integer::sum);
            return;
        }
        // Hooks inside hooks: the outer one comes second and knows better what was opened.
        String entry = life.journal.stream()
                .filter(l -> l.act().equals("refine"))
                .map(JournalLine::entry)
                .findFirst()
                .orElse(begin.entry());
        if (begins.size() > 1) {
            problems.add("opened " + begins.size() + " times in the journal: " + life);
        } else if (!openers(entry).contains(life.opener == null ? "" : life.opener.name())) {
            problems.add("not what " + entry + " opens: " + life);
        } else if (ends.isEmpty() && life.closedInTime() && closedInAFailedCall(life)) {
            opens.merge(entry, 1, Integer::sum);
        } else if (ends.size() != (life.closedInTime() || released(ends) ? 1 : 0)) {
            problems.add(ends.size() + " closes in the journal: " + life);
        } else if (!ends.isEmpty() && ends.get(0).sequence() < begin.sequence()) {
            problems.add("closed before it was opened: " + life);
        } else if (life.replacements.size() > cuts(life)) {
            problems.add("replaced unseen: " + life);
        } else if (life.journal.stream().anyMatch(line -> odd(line, ends))) {
            problems.add("not taken for what it is: " + life);
        } else {
            opens.merge(entry, 1, Integer::sum);
            if (life.closedInTime()) {
                closes.merge(ends.get(0).entry(), 1, Integer::sum);
            }
        }
    }

    private boolean closedInAFailedCall(KernelLife life) {
        for (Rule rule : rules) {
            if (rule.explainsMissingClose(life)) {
                explained.merge(rule.name(), 1, Integer::sum);
                return true;
            }
        }
        return false;
    }

    /** The one foreign close that the agent plants at its start; the kernel must see exactly one close of it. */
    private static boolean selfTest(KernelLife life) {
        return life.opener.arguments().contains("\"/dev/null\"")
                && life.closedByItsThread()
                && life.journal.stream()
                                .filter(l ->
                                        l.act().equals("close") && l.outcome().equals("suspicious"))
                                .count()
                        == 1;
    }

    private static Set<String> openers(String entry) {
        return OPENERS.getOrDefault(entry, Set.of());
    }

    /** Handed over to native code, which may or may not close it. */
    private static boolean released(List<JournalLine> ends) {
        return ends.stream().anyMatch(e -> e.act().equals("release"));
    }

    private static long cuts(KernelLife life) {
        return life.journal.stream().filter(JournalLine::cuts).count();
    }

    /**
     * An event of a healthy program that the tracker could not place. A close that was looked into and then found to be
     * rightful is none: a finalizer of Java 11 closes when the weak reference to its descriptor is cleared already.
     */
    private static boolean odd(JournalLine line, List<JournalLine> ends) {
        return switch (line.outcome()) {
            case "suspicious" -> ends.stream().noneMatch(end -> end.thread().equals(line.thread()));
            case "unknown", "stale" -> true;
            default -> line.act().equals("refused");
        };
    }

    private void unseen(KernelLife life, long ready) {
        if (life.opener == null && life.number <= 2) {
            explained.merge("a standard stream", 1, Integer::sum);
            return;
        }
        if (life.opener != null && life.opener.leftMicros() < ready) {
            explained.merge("before the hooks", 1, Integer::sum);
            return;
        }
        if (life.journal.isEmpty() && life.replacements.isEmpty()) {
            for (Rule rule : rules) {
                if (rule.explains(life)) {
                    explained.merge(rule.name(), 1, Integer::sum);
                    return;
                }
            }
        }
        problems.add("the journal has not seen this opened: " + life);
    }
}
