package io.notsock.agent.jmx;

import java.util.Date;
import java.util.List;
import java.util.Map;

/**
 * What {@code io.notsock:type=HandleRegistry} offers. Read-only: nothing of it changes the agent or the application.
 *
 * <p>All types are JMX's open types, so that a client needs no class of ours.
 */
public interface HandleRegistryMXBean {
    /** When the agent came; what was before is not known. */
    Date getTrackedSince();

    /** Whether the agent was attached to a running JVM. */
    boolean isAttachedLate();

    /** The application's open handles, as far as they were seen to be opened. */
    long getOpenHandles();

    /** The same by space and type: {@code fd/socket}. */
    Map<String, Long> getOpenHandlesByType();

    /** Handles that the application opened. */
    long getOpened();

    /** Handles of the application that were closed. */
    long getClosed();

    /** Alerts by kind, every kind, repeats counted. */
    Map<String, Long> getAlertsByKind();

    /** Second closes that never reached the OS. */
    long getRedundantCloses();

    /** Alerts that could not be written. */
    long getDroppedAlerts();

    /** How many of the handles that the OS lists are of which class; {@code null} where it gives no list. */
    Map<String, Integer> getCoverage();

    /** Handles that the OS lists and the agent cannot explain; {@code null} where it gives no list. */
    List<String> getUnclassifiedHandles();

    /** One line on what does not work on this JVM, or {@code null}. */
    String getProblems();

    /** The open handles with owner, age and opening site, as a table of text. */
    String list();

    /** What is known of a number, life by life, as text. */
    String history(long number);

    /** The report of this moment: one HTML page that needs nothing else. */
    String report();
}
