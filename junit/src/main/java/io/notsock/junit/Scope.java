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
    private volatile boolean open = true;

    private Scope(Scope parent, boolean test, String path, String name, Set<String> meant) {
        this.parent = parent;
        this.test = test;
        this.path = path;
        this.name = name;
        this.meant = meant;
    }

    static Scope run() {
        return new Scope(null, false, "r", "this run", Set.of());
    }

    Scope container(String child, Set<String> alsoMeant) {
        return child(false, child, alsoMeant);
    }

    Scope test(String child, Set<String> alsoMeant) {
        return child(true, child, alsoMeant);
    }

    private Scope child(boolean isTest, String child, Set<String> alsoMeant) {
        return new Scope(this, isTest, path + "/" + COUNT.incrementAndGet(), child, alsoMeant);
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
        open = false;
        return takeErrors();
    }

    synchronized List<HandleAlertError> takeErrors() {
        List<HandleAlertError> taken = new ArrayList<>(errors);
        errors.clear();
        return taken;
    }
}
