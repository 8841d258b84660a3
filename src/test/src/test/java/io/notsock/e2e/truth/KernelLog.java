package io.notsock.e2e.truth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what {@code strace -f -ttt -o} wrote; keeps the calls of the first process, all its threads and no children. */
final class KernelLog {
    /** The calls that give out, replace or free a descriptor, and those that start threads and processes. */
    private static final String CALLS =
            "close,close_range,dup,dup2,dup3,fcntl,socket,socketpair,accept,accept4,openat,open,creat,"
                    + "pipe,pipe2,epoll_create1,epoll_create,eventfd,eventfd2,inotify_init,inotify_init1,timerfd_create,"
                    + "signalfd4,memfd_create,clone,clone3,vfork,fork,execve";

    private static final Pattern LINE = Pattern.compile("(\\d+) +(\\d+)\\.(\\d{6}) (.*)");
    private static final Pattern RESUMED = Pattern.compile("<\\.\\.\\. (\\w+) resumed>(.*)");
    private static final Pattern CALL = Pattern.compile("(\\w+)\\((.*)");
    private static final Pattern RETURN = Pattern.compile("(.*)\\) += (-?\\d+|\\?)(.*)");
    private static final String UNFINISHED = " <unfinished ...>";

    private record Begun(int position, long micros, String name, String arguments) {}

    private final List<KernelCall> calls = new ArrayList<>();
    private final Map<Integer, Begun> begun = new HashMap<>();

    private KernelLog() {}

    /** What a program has to be started under, so that this class can read the file afterwards. */
    static List<String> strace(Path file) {
        return List.of(
                "strace",
                "-f",
                "--seccomp-bpf",
                "-ttt",
                "-qq",
                "-e",
                "signal=none",
                "-e",
                "trace=" + CALLS,
                "-o",
                file.toString());
    }

    /** The calls of the traced program's own threads, in the order in which they were entered. */
    static List<KernelCall> read(Path file) throws IOException {
        KernelLog log = new KernelLog();
        List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        for (int i = 0; i < lines.size(); i++) {
            log.read(i, lines.get(i));
        }
        log.begun.forEach((thread, b) -> log.add(b, Integer.MAX_VALUE, b.micros, thread, b.arguments, "?", ""));
        return log.ownThreads();
    }

    /** The first call that opened that file. */
    static KernelCall opening(List<KernelCall> calls, Path file) {
        return calls.stream()
                .filter(call -> call.succeeded() && call.arguments().contains('"' + file.toString() + '"'))
                .findFirst()
                .orElseThrow();
    }

    /** What other threads than that of the first call were given between the two, but for what HotSpot reads by itself. */
    static List<KernelCall> takenByOthers(List<KernelCall> calls, KernelCall start, KernelCall end) {
        return calls.stream()
                .filter(call -> call.thread() != start.thread()
                        && call.entered() > start.entered()
                        && call.entered() < end.entered()
                        && call.givesANumber()
                        && !call.isReadByHotSpot())
                .toList();
    }

    private void read(int position, String line) {
        Matcher m = LINE.matcher(line);
        if (!m.matches()) {
            throw new IllegalArgumentException("line " + (position + 1) + " of strace is not understood: " + line);
        }
        int thread = Integer.parseInt(m.group(1));
        long micros = Long.parseLong(m.group(2)) * 1_000_000 + Long.parseLong(m.group(3));
        String text = m.group(4);
        Matcher resumed = RESUMED.matcher(text);
        if (resumed.matches()) {
            Begun b = begun.remove(thread);
            if (b == null) {
                return; // a thread that was traced from the middle of its clone on
            }
            // "<... close resumed>)      = 0"
            Matcher end = RETURN.matcher(b.arguments + resumed.group(2));
            if (end.matches()) {
                add(b, position, micros, thread, end.group(1), end.group(2), end.group(3));
            }
            return;
        }
        Matcher call = CALL.matcher(text);
        if (!call.matches()) {
            return; // "+++ exited with 0 +++"
        }
        if (text.endsWith(UNFINISHED)) {
            String arguments = call.group(2);
            begun.put(
                    thread,
                    new Begun(
                            position,
                            micros,
                            call.group(1),
                            arguments.substring(0, arguments.length() - UNFINISHED.length())));
            return;
        }
        Matcher end = RETURN.matcher(call.group(2));
        if (end.matches()) {
            Begun b = new Begun(position, micros, call.group(1), "");
            add(b, position, micros, thread, end.group(1), end.group(2), end.group(3));
        }
    }

    private void add(Begun b, int left, long micros, int thread, String arguments, String result, String rest) {
        long value = result.equals("?") ? -1 : Long.parseLong(result);
        calls.add(new KernelCall(
                b.position,
                left,
                b.micros,
                micros,
                thread,
                b.name,
                arguments.trim(),
                value,
                value < 0 ? result + rest : null));
    }

    private List<KernelCall> ownThreads() {
        calls.sort((a, b) -> Integer.compare(a.entered(), b.entered()));
        Set<Integer> own = new HashSet<>();
        if (!calls.isEmpty()) {
            own.add(calls.get(0).thread());
        }
        // A thread's first line may stand before the return of the clone that made it.
        boolean grown = true;
        while (grown) {
            grown = false;
            for (KernelCall call : calls) {
                boolean makesThread =
                        call.name().startsWith("clone") && call.arguments().contains("CLONE_THREAD");
                if (makesThread && call.succeeded() && own.contains(call.thread())) {
                    grown |= own.add((int) call.result());
                }
            }
        }
        calls.removeIf(call -> !own.contains(call.thread()));
        return calls;
    }
}
