package io.notsock.agent.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;

/** Gives messages on as they are, and keeps the failure that Logback would swallow. */
final class TargetAppender extends AppenderBase<ILoggingEvent> {
    private final LineTarget target;
    private IOException failure;

    TargetAppender(LineTarget target) {
        this.target = target;
    }

    @Override
    protected void append(ILoggingEvent event) {
        try {
            target.write(event.getFormattedMessage());
        } catch (IOException e) {
            failure = e;
        }
    }

    /** The failure since the last call, or {@code null}. */
    IOException takeFailure() {
        IOException taken = failure;
        failure = null;
        return taken;
    }
}
