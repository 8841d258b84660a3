package io.notsock.agent.jmx;

import io.notsock.alert.Alert;
import io.notsock.alert.AlertCounters;
import io.notsock.alert.AlertSink;
import io.notsock.report.JsonFormat;
import io.notsock.report.TextFormat;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.MBeanNotificationInfo;
import javax.management.Notification;
import javax.management.NotificationBroadcasterSupport;
import javax.management.ObjectName;

/**
 * Alerts as notifications {@value #TYPE}: the message is the alert's first line, the user data its JSON line.
 *
 * <p>Listeners and their filters are code of the application: they run in a thread of their own that is not one of the
 * agent's, since what they open is the application's, and a slow one must not hold the alerts up. The thread exists only while
 * there is something to tell.
 */
final class AlertNotifications implements AlertSink {
    static final String TYPE = "io.notsock.alert";

    /** Notifications that may wait for a slow listener; what comes beyond is counted as dropped. */
    private static final int WAITING = 1000;

    private static final long IDLE_SECONDS = 5;

    private final ObjectName source;
    private final AtomicLong sequence = new AtomicLong();
    private final ThreadPoolExecutor deliveries;
    private final NotificationBroadcasterSupport broadcaster;

    AlertNotifications(ObjectName source, AlertCounters counters) {
        this.source = source;
        deliveries = new ThreadPoolExecutor(
                1,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                AlertNotifications::deliverer,
                (task, full) -> counters.addDropped(1));
        deliveries.allowCoreThreadTimeOut(true);
        // Without an executor of its own: that would run the listeners alone elsewhere, and ask their filters here.
        broadcaster = new NotificationBroadcasterSupport(new MBeanNotificationInfo(
                new String[] {TYPE},
                Notification.class.getName(),
                "An alert: its first line as the message, its JSON line (notsock.alert/1) as user data"));
    }

    private static Thread deliverer(Runnable work) {
        Thread thread = new Thread(null, work, "notsock-notify", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        return thread;
    }

    NotificationBroadcasterSupport broadcaster() {
        return broadcaster;
    }

    @Override
    public void write(Alert alert) {
        Notification notification = new Notification(
                TYPE, source, sequence.incrementAndGet(), alert.time().toEpochMilli(), TextFormat.firstLine(alert));
        notification.setUserData(JsonFormat.line(alert));
        deliveries.execute(() -> broadcaster.sendNotification(notification));
    }

    @Override
    public void close() {
        // what waits is delivered by a thread that keeps no JVM alive
    }

    @Override
    public String toString() {
        return "jmx";
    }
}
