package io.notsock.report;

import io.notsock.alert.Alert;
import io.notsock.alert.AlertSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The sink of {@code alerts=PATH}: one JSON line an alert. */
public final class AlertFile implements AlertSink {
    private final AppendFile file;

    /** A sink; nothing is opened before the first alert or {@link #prepare()}. */
    public AlertFile(Path path, HandleGuard guard) {
        this.file = new AppendFile(path, guard);
    }

    /**
     * Creates the file where it is missing, so that a healthy run leaves an empty one, and ends a torn last line.
     *
     * @throws IOException where alerts could not be written either: worth saying at start
     */
    public void prepare() throws IOException {
        file.prepare();
    }

    @Override
    public void write(Alert alert) throws IOException {
        file.append((JsonFormat.line(alert) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        // Nothing is held between two writes.
    }

    @Override
    public String toString() {
        return "alerts=" + file.path();
    }
}
