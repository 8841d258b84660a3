package io.notsock.agent.log;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.status.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Applies the user's own Logback configuration to the agent's logger context. */
final class UserConfiguration {
    /** Joined at run time: as a constant it would be rewritten with our relocated copy of Logback. */
    private static final String PUBLISHED = String.join(".", "ch", "qos", "logback") + ".";

    private static final String OURS = ours();

    private UserConfiguration() {}

    /** Configures the context; returns what is wrong in one line, or {@code null} where all is well. */
    static String apply(LoggerContext context, Path file) {
        try {
            byte[] xml = relocate(Files.readAllBytes(file), PUBLISHED, OURS);
            JoranConfigurator configurator = new JoranConfigurator();
            configurator.setContext(context);
            configurator.doConfigure(new ByteArrayInputStream(xml));
            return firstError(context);
        } catch (JoranException e) {
            String error = firstError(context);
            return error != null ? error : oneLine(String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException | LinkageError e) {
            // LinkageError: a runtime image without java.xml.
            return oneLine(e.toString());
        }
    }

    /** The user writes the published class names, and ours are relocated. */
    static byte[] relocate(byte[] xml, String from, String to) {
        if (from.equals(to)) {
            return xml;
        }
        // One character a byte, so that whatever encoding the file declares stays as it is.
        return new String(xml, StandardCharsets.ISO_8859_1).replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String ours() {
        String name = LoggerContext.class.getName();
        return name.substring(0, name.length() - "classic.LoggerContext".length());
    }

    private static String firstError(LoggerContext context) {
        for (Status status : context.getStatusManager().getCopyOfStatusList()) {
            if (status.getEffectiveLevel() >= Status.ERROR) {
                return describe(status);
            }
        }
        return null;
    }

    /** A status of Logback's with its cause, in one line. */
    static String describe(Status status) {
        Throwable cause = status.getThrowable();
        return oneLine(status.getMessage() + (cause == null ? "" : ": " + cause));
    }

    static String oneLine(String text) {
        return text.strip().replaceAll("\\s*[\\r\\n]+\\s*", " ");
    }
}
