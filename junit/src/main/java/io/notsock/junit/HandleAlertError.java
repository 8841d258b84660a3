package io.notsock.junit;

import java.util.List;

/** An alert as the failure of a test: its text is the message, the culprit's stack its stack trace. */
public final class HandleAlertError extends AssertionError {
    private static final long serialVersionUID = 1L;

    HandleAlertError(String message, List<StackTraceElement> culprit) {
        super(message);
        if (!culprit.isEmpty()) {
            setStackTrace(culprit.toArray(new StackTraceElement[0]));
        }
    }

    /** The first of several, with the others as suppressed. */
    static HandleAlertError of(List<HandleAlertError> errors) {
        HandleAlertError first = errors.get(0);
        for (HandleAlertError other : errors.subList(1, errors.size())) {
            first.addSuppressed(other);
        }
        return first;
    }
}
