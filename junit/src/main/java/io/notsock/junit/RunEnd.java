package io.notsock.junit;

import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The end of the whole run of an engine; see {@link Running} for the two interfaces. */
@SuppressWarnings("deprecation")
final class RunEnd implements AutoCloseable, ExtensionContext.Store.CloseableResource {
    private final TestRun tests;

    RunEnd(TestRun tests) {
        this.tests = tests;
    }

    @Override
    public void close() {
        List<HandleAlertError> errors = tests.end();
        if (!errors.isEmpty()) {
            throw HandleAlertError.of(errors);
        }
    }
}
