package io.notsock.junit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/**
 * Knows which test or class has opened a handle, by thread and time: that it is a leak comes out later, mostly when the test has
 * ended. Confined to the lock of {@link TestRun}.
 */
final class Openers {
    /** A leak of an earlier one is nobody's. */
    private static final int REMEMBERED = 10_000;

    private final Supplier<List<Scope>> running;
    private final Deque<Scope> ended = new ArrayDeque<>();

    /** Who has opened something. */
    static final class Opener {
        private final Scope scope;
        private final boolean itself;

        private Opener(Scope scope, boolean itself) {
            this.scope = scope;
            this.itself = itself;
        }

        Scope scope() {
            return scope;
        }

        /** It ran in the thread that opened it. Another thread may be one that the test has started, or anybody's. */
        boolean itself() {
            return itself;
        }
    }

    /** @param running gives the tests and classes that run */
    Openers(Supplier<List<Scope>> running) {
        this.running = running;
    }

    void ended(Scope scope) {
        ended.addLast(scope);
        if (ended.size() > REMEMBERED) {
            ended.removeFirst();
        }
    }

    /** Whoever it was, or {@code null} where that cannot be told: outside of all, or among neighbours. */
    Opener of(long thread, long nanos) {
        List<Scope> at = new ArrayList<>();
        for (Scope scope : running.get()) {
            add(at, scope, nanos);
        }
        for (Scope scope : ended) {
            add(at, scope, nanos);
        }
        Scope itself = null;
        for (Scope scope : at) {
            // Within a test's thread, another may run while that one waits.
            if (scope.thread() == thread && (itself == null || scope.began() - itself.began() > 0)) {
                itself = scope;
            }
        }
        if (itself != null) {
            return new Opener(itself, true);
        }
        Scope innermost = null;
        for (Scope scope : at) {
            if (innermost == null || scope.isIn(innermost)) {
                innermost = scope;
            } else if (!innermost.isIn(scope)) {
                return null;
            }
        }
        return innermost == null ? null : new Opener(innermost, false);
    }

    private static void add(List<Scope> at, Scope scope, long nanos) {
        if (scope.ran(nanos) && !at.contains(scope)) {
            at.add(scope);
        }
    }
}
