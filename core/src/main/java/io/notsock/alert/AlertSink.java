package io.notsock.alert;

import java.io.IOException;

/** Where alerts go: a file, a log, JMX, a test. Called on the agent's own thread only. */
public interface AlertSink {
    /**
     * Takes an alert that the desk has completed.
     *
     * @throws IOException where the alert could not be given on; the desk counts it as dropped and tries the next one
     */
    void write(Alert alert) throws IOException;

    /** Lets go of what the sink holds; no alert follows. */
    void close() throws IOException;

    /**
     * Whether the sink wants every occurrence of an alert (its {@code id} and the running {@code count} tell repeats)
     * and not only the 1st, 10th, 100th and the last count.
     */
    default boolean everyOccurrence() {
        return false;
    }

    /** Whether the sink wants alerts, too, that their context expects ({@link Alert#expected()}). */
    default boolean expectedToo() {
        return false;
    }
}
