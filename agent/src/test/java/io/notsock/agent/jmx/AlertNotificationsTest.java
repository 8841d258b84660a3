package io.notsock.agent.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.alert.Alert;
import io.notsock.alert.AlertCounters;
import io.notsock.alert.AlertHandle;
import io.notsock.alert.AlertKind;
import io.notsock.alert.Confidence;
import io.notsock.alert.Level;
import io.notsock.handle.HandleType;
import io.notsock.handle.Space;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whose thread runs what a listener of the MBean brings along. */
@Timeout(60)
class AlertNotificationsTest {
    private static final Alert ALERT = new Alert.Builder(
                    AlertKind.DOUBLE_CLOSE, new AlertHandle(Space.FD, 42, HandleType.FILE, 7))
            .time(Instant.parse("2026-11-23T10:00:00Z"))
            .confidence(Confidence.CERTAIN)
            .level(Level.ERROR)
            .id("ns-1-1")
            .summary("s")
            .build();

    private final AlertNotifications notifications;
    private final AlertCounters counters = new AlertCounters();
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    AlertNotificationsTest() throws Exception {
        notifications = new AlertNotifications(new ObjectName(JmxJoin.NAME), counters);
    }

    private String next() throws InterruptedException {
        return seen.poll(30, TimeUnit.SECONDS);
    }

    @Test
    void aFilterThatTakesItsTimeHoldsNothingUp() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        notifications
                .broadcaster()
                .addNotificationListener(
                        (notification, handback) -> seen.add(notification.getMessage()),
                        notification -> {
                            seen.add("filter in " + Thread.currentThread().getName());
                            try {
                                slow.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            return true;
                        },
                        null);

        notifications.write(ALERT);
        assertThat(next()).isEqualTo("filter in notsock-notify");
        notifications.write(ALERT);
        slow.countDown();

        assertThat(next()).startsWith("notsock: ERROR DOUBLE_CLOSE");
        assertThat(counters.dropped()).isZero();
    }

    @Test
    void aFilterThatThrowsIsNobodyElsesAffair() throws Exception {
        notifications
                .broadcaster()
                .addNotificationListener(
                        (notification, handback) -> seen.add("never"),
                        notification -> {
                            throw new IllegalStateException("filter");
                        },
                        null);
        notifications
                .broadcaster()
                .addNotificationListener(
                        (notification, handback) -> seen.add(String.valueOf(notification.getSequenceNumber())),
                        null,
                        null);

        notifications.write(ALERT);
        notifications.write(ALERT);

        assertThat(next()).isEqualTo("1");
        assertThat(next()).isEqualTo("2");
    }

    @Test
    void whatNoListenerTakesInTimeIsCounted() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        notifications
                .broadcaster()
                .addNotificationListener(
                        (notification, handback) -> {
                            seen.add("one");
                            try {
                                slow.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        null,
                        null);
        notifications.write(ALERT);
        assertThat(next()).isEqualTo("one");
        for (int i = 0; i < 1003; i++) {
            notifications.write(ALERT);
        }
        slow.countDown();

        assertThat(counters.dropped()).isEqualTo(3);
    }
}
