package io.notsock.e2e.truth;

import java.util.Set;

/**
 * One system call as {@code strace} printed it.
 *
 * @param entered position of its entry in the log; calls of several threads overlap
 * @param left position of its return
 * @param enteredMicros wall clock at its entry, microseconds since 1970
 * @param leftMicros wall clock at its return, or at its entry where both are one line: nothing happened in between
 * @param result what it returned, -1 for an error or where it never returned
 */
record KernelCall(
        int entered,
        int left,
        long enteredMicros,
        long leftMicros,
        int thread,
        String name,
        String arguments,
        long result,
        String error) {
    private static final Set<String> GIVING = Set.of(
            "open",
            "openat",
            "creat",
            "socket",
            "socketpair",
            "accept",
            "accept4",
            "pipe",
            "pipe2",
            "dup",
            "epoll_create",
            "epoll_create1",
            "eventfd",
            "eventfd2",
            "inotify_init",
            "inotify_init1",
            "timerfd_create",
            "memfd_create");

    boolean succeeded() {
        return result >= 0;
    }

    /** Whether a descriptor came of it. */
    boolean givesANumber() {
        return succeeded() && GIVING.contains(name);
    }

    /** What HotSpot 25 reads once, after its start, in a thread of its own. */
    boolean isReadByHotSpot() {
        return name.startsWith("open") && arguments.contains("/release\"");
    }

    /** The n-th argument where it is a plain number. */
    int argument(int n) {
        return Integer.parseInt(arguments.split(", ", -1)[n].trim());
    }

    @Override
    public String toString() {
        return "line " + (entered + 1) + " thread " + thread + ": " + name + "(" + arguments + ") = "
                + (error == null ? result : error);
    }
}
