package io.notsock.junit;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A test or class that runs: kept in JUnit's store for it, so that its end is the last thing that happens there.
 *
 * <p>Both interfaces: JUnit closes an {@code AutoCloseable} unless it was told not to, and the other one always.
 */
@SuppressWarnings("deprecation")
final class Running implements AutoCloseable, ExtensionContext.Store.CloseableResource {
    private final TestRun tests;
    private final Scope scope;
    private final Scope before;
    private final Set<String> expected;
    private final ExtensionContext context;
    private boolean ended;

    /**
     * @param before for whom the thread worked before
     * @param expected kinds that have to occur
     * @param context tells at the end how it went
     */
    Running(TestRun tests, Scope scope, Scope before, Set<String> expected, ExtensionContext context) {
        this.tests = tests;
        this.scope = scope;
        this.before = before;
        this.expected = expected;
        this.context = context;
    }

    Scope scope() {
        return scope;
    }

    @Override
    public void close() {
        if (ended) {
            return;
        }
        ended = true;
        List<HandleAlertError> errors = tests.leave(scope, before);
        if (!errors.isEmpty()) {
            throw HandleAlertError.of(errors);
        }
        // One that was aborted, by an assumption for instance, or that has failed, has not come to where the alert was
        // expected.
        List<String> missing = TestRun.missing(scope, expected);
        if (!missing.isEmpty() && context.getExecutionException().isEmpty()) {
            throw new AssertionError("Expected a handle alert that did not come: " + String.join(", ", missing));
        }
    }
}
