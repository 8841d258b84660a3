package io.notsock.junit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Something that runs and can be blamed: the run, a class, a test. Holds nothing of the application: threads that a test
 * leaves behind keep its scope.
 *
 * <p>Thread-safe.
 */
final class Scope {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Scope parent;
    private final boolean test;
    private final String path;
    private final String name;
    /** Kinds of alert that are meant here; {@code *} for all. */
    private final Set<String> meant;

    private final List<HandleAlertError> errors = new ArrayList<>();
    private final List<String> seen = new ArrayList<>();
    private final LeakCheck leaks;
    private volatile boolean open = true;
    private volatile boolean looksForLeaks;
    private volatile long thread = -1;
    private volatile long began;
    private volatile long over;

    private Scope(Scope parent, boolean test, String path, String name, Set<String> meant, LeakCheck leaks) {
        this.parent = parent;
        this.test = test;
        this.path = path;
        this.name = name;
        this.meant = meant;
        this.leaks = leaks;
        this.began = System.nanoTime();
    }

    static Scope run() {
        return new Scope(null, false, "r", "this run", Set.of(), LeakCheck.OFF);
    }

    Scope container(String child, Set<String> alsoMeant, LeakCheck check) {
        return child(false, child, alsoMeant, check);
    }

    Scope test(String child, Set<String> alsoMeant, LeakCheck check) {
        return child(true, child, alsoMeant, check);
    }

    private Scope child(boolean isTest, String child, Set<String> alsoMeant, LeakCheck check) {
        Scope made = new Scope(this, isTest, path + "/" + COUNT.incrementAndGet(), child, alsoMeant, check);
        made.looksForLeaks = check == LeakCheck.TEST || check == LeakCheck.CLASS && !isTest;
        for (Scope above = this; above != null && check != LeakCheck.OFF; above = above.parent) {
            above.looksForLeaks |= !above.test; // what an object of the test's refers to is let go only then
        }
        return made;
    }

    /** Unique in this JVM, and begins with the parent's. */
    String path() {
        return path;
    }

    String name() {
        return name;
    }

    Scope parent() {
        return parent;
    }

    boolean isTest() {
        return test;
    }

    Set<String> meant() {
        return meant;
    }

    /** Whether its own leaks fail it. */
    LeakCheck leaks() {
        return leaks;
    }

    /** Whether it is looked for leaks at its end: its own, or of what it contains. */
    boolean looksForLeaks() {
        return looksForLeaks;
    }

    /** It runs in the current thread from now on. */
    void begin() {
        began = System.nanoTime();
        thread = Thread.currentThread().getId();
    }

    /** Id of the thread it runs in. */
    long thread() {
        return thread;
    }

    /** On the scale of {@link System#nanoTime()}. */
    long began() {
        return began;
    }

    /** Whether it ran at that time. */
    boolean ran(long nanos) {
        return thread >= 0 && nanos - began >= 0 && (open || nanos - over <= 0);
    }

    /** Whether it is inside of that one. */
    boolean isIn(Scope other) {
        return path.startsWith(other.path + "/");
    }

    /** Whether a kind is meant here or above. */
    boolean means(String kind) {
        for (Scope scope = this; scope != null; scope = scope.parent) {
            if (scope.meant.contains(kind) || scope.meant.contains("*")) {
                return true;
            }
        }
        return false;
    }

    boolean isOpen() {
        return open;
    }

    /** This one, or the nearest above it that has not ended. The run never ends. */
    Scope openOrAbove() {
        Scope scope = this;
        while (!scope.open && scope.parent != null) {
            scope = scope.parent;
        }
        return scope;
    }

    /**
     * Takes a failure.
     *
     * @return false if this has ended meanwhile
     */
    synchronized boolean fail(HandleAlertError error) {
        if (!open) {
            return false;
        }
        errors.add(error);
        return true;
    }

    /** A kind that is meant here has occurred. */
    synchronized void see(String kind) {
        seen.add(kind);
    }

    synchronized boolean hasSeen(String kind) {
        return seen.contains(kind);
    }

    /** Ends it: the failures so far; it takes no more. */
    synchronized List<HandleAlertError> end() {
        over = System.nanoTime();
        open = false;
        return takeErrors();
    }

    synchronized List<HandleAlertError> takeErrors() {
        List<HandleAlertError> taken = new ArrayList<>(errors);
        errors.clear();
        return taken;
    }
}
