package io.notsock.junit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The tests of this JVM and the agent beside them: hands every alert to the test, the class or the run that it belongs to.
 *
 * <p>One for the JVM, whatever number of sessions, engines and class loaders there is of JUnit. Thread-safe.
 */
final class TestRun {
    private static final TestRun CURRENT = new TestRun();

    private final Scopes scopes = new Scopes();
    private final Openers openers = new Openers(scopes::running);
    private volatile Agent agent;

    private TestRun() {}

    static TestRun current() {
        return CURRENT;
    }

    /** Looks for the agent, if there was none yet. */
    synchronized boolean connect() {
        if (agent == null) {
            agent = Agent.connect(scopes::contextOf);
        }
        return agent != null;
    }

    boolean watched() {
        return agent != null;
    }

    Scope run() {
        return scopes.run();
    }

    Scope enter(Scope scope) {
        return scopes.enter(scope);
    }

    /**
     * Ends a scope that this thread has entered: waits until every alert up to now is there.
     *
     * @param before what {@link #enter} returned
     * @return its failures
     */
    List<HandleAlertError> leave(Scope scope, Scope before) {
        if (scope.looksForLeaks()) {
            Leaks.find(agent, scope.began());
        }
        scopes.leave(scope, before);
        List<HandleAlertError> errors;
        synchronized (this) { // another test's thread may just be handing out what it took
            takeAll(scope.path());
            errors = scope.end();
            scopes.ended(scope);
            if (scopes.run().looksForLeaks()) {
                openers.ended(scope);
            }
        }
        return errors;
    }

    /** The end of an engine's run: what its tests have left. */
    List<HandleAlertError> end() {
        if (agent != null && scopes.run().looksForLeaks()) {
            Leaks.find(agent, scopes.run().began());
        }
        return leftovers();
    }

    /** What belongs to no test and no class so far. */
    synchronized List<HandleAlertError> leftovers() {
        if (agent == null) {
            return List.of();
        }
        takeAll(null);
        return scopes.run().takeErrors();
    }

    /** See {@link Agent#report}. */
    String report(String format, String file) {
        return agent.report(format, file);
    }

    /** @return the kinds of these that have not occurred in it */
    static List<String> missing(Scope scope, Set<String> kinds) {
        List<String> missing = new ArrayList<>();
        for (String kind : kinds) {
            if (!scope.hasSeen(kind)) {
                missing.add(kind);
            }
        }
        return missing;
    }

    private void takeAll(String context) {
        String answer = agent.take(context);
        if (answer == null) {
            scopes.run()
                    .fail(new HandleAlertError(
                            "notsock: the agent did not hand out its alerts in time; some may be missing", List.of()));
            return;
        }
        for (RaisedAlert alert : RaisedAlert.read(answer)) {
            handOut(alert);
        }
    }

    private void handOut(RaisedAlert alert) {
        if (alert.isLeak()) {
            handOutLeak(alert);
            return;
        }
        List<String> words = alert.context();
        Scope named = words.isEmpty() ? scopes.run() : scopes.running(words.get(0));
        String how = words.size() < 2 ? Scopes.ELSEWHERE : words.get(1);
        if (alert.expected()) {
            if (named != null) {
                named.see(alert.kind());
            }
            return;
        }
        if (!alert.isError()) {
            return;
        }
        if (how.equals(Scopes.INSIDE) && named != null) {
            named.fail(alert.asError(null));
            return;
        }
        Scope blamed = named == null ? scopes.run() : named.isTest() ? named.parent() : named;
        String path = words.isEmpty() ? "" : words.get(0);
        blamed.openOrAbove().fail(alert.asError(note(how, named, path)));
    }

    /** One alert tells of all that was opened in one place, by several tests perhaps. */
    private void handOutLeak(RaisedAlert alert) {
        Set<Scope> told = new HashSet<>();
        for (long[] opening : alert.openings()) {
            Openers.Opener opener = openers.of(opening[0], opening[1]);
            if (opener == null || opener.scope().leaks() == LeakCheck.OFF || !told.add(opener.scope())) {
                continue;
            }
            Scope scope = opener.scope();
            if (scope.means(alert.kind())) {
                scope.see(alert.kind());
            } else if (!opener.itself()) {
                Scope blamed = scope.isTest() ? scope.parent() : scope;
                String note = "Opened while " + scope.name() + " ran, in another thread:";
                blamed.openOrAbove().fail(alert.asError(note));
            } else if (!scope.fail(alert.asError(null))) {
                String note = "Opened by " + scope.name() + ", which was over when it came out that nobody closes it:";
                scope.openOrAbove().fail(alert.asError(note));
            }
        }
    }

    private String note(String how, Scope named, String path) {
        if (how.startsWith(Scopes.AFTER)) {
            return "Raised in a thread that " + scopes.nameOfEnded(how.substring(Scopes.AFTER.length()))
                    + " had started, which was over by then:";
        }
        if (how.equals(Scopes.INSIDE)) {
            return "Raised by " + scopes.nameOfEnded(path) + ", which was over when it came up:";
        }
        String when = named == null || named == scopes.run() ? "" : " while " + named.name() + " ran";
        return "Raised" + when + ", in a thread that no test has started (a shared pool, an event loop, a cleaner):";
    }
}
