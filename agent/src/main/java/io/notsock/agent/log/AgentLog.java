package io.notsock.agent.log;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.status.Status;
import io.notsock.alert.Alert;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The agent's own Logback, built by hand.
 *
 * <p>SLF4J's {@code LoggerFactory} and {@code MarkerFactory} are never touched: they would look for a {@code logback.xml}
 * and find the application's.
 */
final class AgentLog {
    private static final Marker MARKER = new BasicMarkerFactory().getMarker(AlertFacts.MARKER);

    private final LoggerContext context;
    private final Logger logger;

    /** Ours, or {@code null} where the user's configuration is in force. */
    private final TargetAppender appender;

    /** The last error that an appender of the user's reported, or {@code null}. */
    private volatile Status error;

    private AgentLog(LoggerContext context, TargetAppender appender) {
        this.context = context;
        this.appender = appender;
        this.logger = context.getLogger(AlertFacts.LOGGER);
        context.getStatusManager().add(this::remember);
    }

    /**
     * The log, by the user's configuration where there is one that can be used.
     *
     * @param configuration the user's file, or {@code null}
     * @param problems told in one line why the file cannot be used; unused where there is none
     */
    static AgentLog create(LineTarget target, Path configuration, Consumer<String> problems) {
        if (configuration != null) {
            LoggerContext context = new AgentContext();
            String problem = UserConfiguration.apply(context, configuration);
            if (problem == null) {
                context.start();
                return new AgentLog(context, null);
            }
            context.stop();
            problems.accept("logback=" + configuration + ": " + problem + "; the default is used instead");
        }
        LoggerContext context = new AgentContext();
        TargetAppender appender = new TargetAppender(target);
        appender.setContext(context);
        appender.setName("notsock");
        appender.start();
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(appender);
        context.start();
        return new AgentLog(context, appender);
    }

    private void remember(Status status) {
        if (status.getEffectiveLevel() >= Status.ERROR) {
            error = status;
        }
    }

    /** Logs the message with the alert's key facts as key-values. */
    void write(Alert alert, String message) throws IOException {
        error = null;
        LoggingEventBuilder event =
                logger.atLevel(Level.valueOf(alert.level().name())).addMarker(MARKER);
        for (Map.Entry<String, Object> fact : AlertFacts.of(alert).entrySet()) {
            event = event.addKeyValue(fact.getKey(), fact.getValue());
        }
        event.log(message);
        IOException failure = appender == null ? null : appender.takeFailure();
        if (failure != null) {
            throw failure;
        }
        Status reported = error;
        if (reported != null) {
            throw new IOException(UserConfiguration.describe(reported));
        }
    }

    void close() {
        context.stop();
    }
}
