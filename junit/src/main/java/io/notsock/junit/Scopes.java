package io.notsock.junit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;

/**
 * Which scope a thread works for: the test that runs in it, or the one in which the thread was started.
 *
 * <p>Threads inherit it when they start. A thread of a pool that outlives its test therefore still names that test, which has
 * ended; and a worker of the common pool names whichever test came first: neither is believed.
 *
 * <p>Thread-safe.
 */
final class Scopes {
    /** Raised in the test's own thread, or in one that it started. */
    static final String INSIDE = "inside";
    /** Raised in a thread that no running test has started; the context's first word is what ran alone at that time, or the run. */
    static final String ELSEWHERE = "elsewhere";
    /** Raised in a thread that a test had started which has ended; its path follows. The first word is its class, or the run. */
    static final String AFTER = "after=";

    private final Scope run = Scope.run();
    private final Map<String, Scope> tests = new ConcurrentHashMap<>();
    private final Map<String, Scope> containers = new ConcurrentHashMap<>();
    private final Map<String, String> ended = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > 1000; // what comes up later than that is said of "a test"
        }
    };
    private static final ThreadLocal<Place> PLACES = new Places();

    /** Who works in a thread. */
    private static final class Place {
        private final Scope scope;
        private final boolean inherited;

        Place(Scope scope, boolean inherited) {
            this.scope = scope;
            this.inherited = inherited;
        }
    }

    private static final class Places extends InheritableThreadLocal<Place> {
        @Override
        protected Place childValue(Place parent) {
            return parent == null || parent.inherited ? parent : new Place(parent.scope, true);
        }
    }

    Scope run() {
        return run;
    }

    /**
     * The current thread works for this from now on.
     *
     * @return for whom it worked before, to be given to {@link #leave}; or {@code null}
     */
    Scope enter(Scope scope) {
        scope.begin();
        (scope.isTest() ? tests : containers).put(scope.path(), scope);
        Place before = PLACES.get();
        PLACES.set(new Place(scope, false));
        // What the thread has inherited says who started it, a test's neighbour for example, not for whom it works.
        return before == null || before.inherited ? null : before.scope;
    }

    /** The current thread is done with it. */
    void leave(Scope scope, Scope before) {
        Place place = PLACES.get();
        if (place == null || place.scope != scope) {
            return; // closed by another thread than it was entered by
        }
        if (before == null) {
            PLACES.remove();
        } else {
            PLACES.set(new Place(before, false));
        }
    }

    /** It has ended. */
    void ended(Scope scope) {
        tests.remove(scope.path());
        containers.remove(scope.path());
        synchronized (ended) {
            ended.put(scope.path(), scope.name());
        }
    }

    /** What runs at the moment. */
    List<Scope> running() {
        List<Scope> running = new ArrayList<>(tests.values());
        running.addAll(containers.values());
        return running;
    }

    /** The name of what has ended, as long as it is remembered. */
    String nameOfEnded(String path) {
        synchronized (ended) {
            return ended.getOrDefault(path, "a test");
        }
    }

    /** The scope of a path that is running, or {@code null}. */
    Scope running(String path) {
        Scope test = tests.get(path);
        return test != null ? test : containers.get(path);
    }

    /**
     * For the agent, in the thread that found something: who is to blame.
     *
     * @param rogueThread id of the thread that did it, -1 where nobody knows
     */
    String contextOf(long rogueThread) {
        Place place = rogueThread == Thread.currentThread().getId() ? PLACES.get() : null;
        if (place != null && place.scope.isOpen() && !(place.inherited && isShared(Thread.currentThread()))) {
            return context(place.scope, INSIDE, place.scope);
        }
        if (place != null && !place.scope.isOpen()) {
            return context(place.scope.openOrAbove(), AFTER + place.scope.path(), place.scope);
        }
        Scope alone = aloneNow();
        return context(alone, ELSEWHERE, alone);
    }

    private static boolean isShared(Thread thread) {
        return thread instanceof ForkJoinWorkerThread
                && ((ForkJoinWorkerThread) thread).getPool() == ForkJoinPool.commonPool();
    }

    private static String context(Scope named, String how, Scope meaning) {
        StringBuilder words = new StringBuilder(named.path()).append(' ').append(how);
        for (Scope scope = meaning; scope != null; scope = scope.parent()) {
            for (String kind : scope.meant()) {
                words.append(' ').append(kind);
            }
        }
        return words.toString();
    }

    /** The one test that runs, else the one class, else the run. */
    private Scope aloneNow() {
        List<Scope> running = new ArrayList<>(tests.values());
        if (running.isEmpty()) {
            running.addAll(containers.values());
        }
        Scope innermost = null;
        for (Scope scope : running) {
            if (innermost == null || scope.path().startsWith(innermost.path() + "/")) {
                innermost = scope;
            } else if (!innermost.path().startsWith(scope.path() + "/")) {
                return run;
            }
        }
        return innermost == null ? run : innermost;
    }
}
