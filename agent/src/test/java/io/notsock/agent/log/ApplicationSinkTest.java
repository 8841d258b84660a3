package io.notsock.agent.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.notsock.alert.Alert;
import io.notsock.alert.AlertCounters;
import io.notsock.report.HandleGuard;
import io.notsock.report.TextFormat;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Our own test's SLF4J and Logback stand for the application's. */
class ApplicationSinkTest {
    private static final Alert ALERT = LogSinkTest.ALERT;

    @TempDir
    Path folder;

    private final Logger logger = (Logger) LoggerFactory.getLogger("notsock.alert");
    private final List<ILoggingEvent> logged = new CopyOnWriteArrayList<>();
    private final CountDownLatch free = new CountDownLatch(1);
    private final List<String> problems = new ArrayList<>();
    private final AlertCounters counters = new AlertCounters();

    private boolean slow;
    private boolean wrong;
    private Path file;
    private ApplicationSink sink;

    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            if (wrong) {
                throw new StackOverflowError("line\none");
            }
            if (slow) {
                awaitFree();
            }
            event.prepareForDeferredProcessing(); // the thread, above all
            logged.add(event);
        }
    };

    private void awaitFree() {
        try {
            free.await();
        } catch (InterruptedException e) {
            problems.add("interrupted");
        }
    }

    @BeforeEach
    void attach() {
        file = folder.resolve("fallback.log");
        Instrumentation jvm = (Instrumentation) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Instrumentation.class}, (proxy, method, args) ->
                        new Class<?>[] {LoggerFactory.class});
        sink = new ApplicationSink(
                new ApplicationLoggers(jvm, factory -> true),
                LogSink.file(file, LogSink.Format.TEXT, HandleGuard.NONE),
                counters,
                problems::add);
        logger.setAdditive(false);
        logger.addAppender(appender);
        appender.start();
    }

    @AfterEach
    void detach() {
        free.countDown();
        logger.detachAppender(appender);
        logger.setAdditive(true);
    }

    @Test
    void anAlertIsAnEventWithMarkerAndKeyValues() throws IOException {
        sink.write(ALERT);
        sink.close();

        assertThat(logged).hasSize(1);
        ILoggingEvent event = logged.get(0);
        assertThat(event.getLevel()).hasToString("ERROR");
        assertThat(event.getMessage()).isEqualTo(TextFormat.format(ALERT));
        assertThat(event.getThreadName()).isEqualTo("notsock-slf4j");
        assertThat(event.getMarkerList()).hasToString("[NOTSOCK_ALERT]");
        assertThat(event.getKeyValuePairs())
                .extracting(pair -> pair.key)
                .containsExactlyElementsOf(AlertFacts.of(ALERT).keySet());
        assertThat(problems).isEmpty();
        assertThat(file).doesNotExist();
    }

    @Test
    void theThreadEndsWhenThereIsNothingToTell() throws IOException {
        sink.write(ALERT);

        await().until(() -> !logged.isEmpty());
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("notsock-slf4j")));
    }

    @Test
    void whatIsTooMuchForASlowAppenderIsNotLostAndNobodyWaits() throws IOException {
        slow = true;
        for (int i = 0; i < 300; i++) {
            sink.write(ALERT.toBuilder().id("ns-1-" + i).build());
        }
        assertThat(Files.readString(file)).doesNotContain("alert: ns-1-255,").contains("alert: ns-1-256,", "ns-1-299,");

        free.countDown();
        await().until(() -> logged.size() == 256);
        sink.write(ALERT.toBuilder().id("ns-1-300").build());
        sink.close();

        assertThat(logged).hasSize(257);
        assertThat(problems)
                .containsExactly(
                        "log=slf4j: the application's logging does not take the alerts it is given: they go to file:"
                                + file + " until it does",
                        "log=slf4j: 44 alerts could not be logged and went to file:" + file);
    }

    @Test
    void whatAnAppenderDoesNotLetGoIsToldElsewhereAtTheEnd() throws IOException {
        slow = true;
        sink.write(ALERT);
        sink.write(ALERT.toBuilder().id("ns-1-2").build());
        long begin = System.nanoTime();
        sink.close();

        assertThat(System.nanoTime() - begin).isLessThan(5_000_000_000L);
        assertThat(Files.readString(file)).contains("alert: ns-1-1,", "alert: ns-1-2,");
        free.countDown();
        await().until(() -> logged.size() == 1); // the one that it had already
        assertThat(problems).hasSize(2).doesNotContain("interrupted");
    }

    @Test
    void whatAnAppenderThrowsIsSaidOnceInOneLine() throws IOException {
        wrong = true;
        sink.write(ALERT);
        sink.write(ALERT);
        sink.close();

        assertThat(Files.readString(file).split("suppress with", -1)).hasSize(3);
        assertThat(problems)
                .containsExactly(
                        "log=slf4j: an alert could not be logged, what cannot goes to file:" + file
                                + ": java.lang.StackOverflowError: line one",
                        "log=slf4j: 2 alerts could not be logged and went to file:" + file);
        assertThat(counters.dropped()).isZero();
    }

    @Test
    void anAlertOfNobodyGoesElsewhere() throws IOException {
        ApplicationSink nobody = new ApplicationSink(
                new ApplicationLoggers(none(), factory -> true),
                LogSink.file(file, LogSink.Format.TEXT, HandleGuard.NONE),
                counters,
                problems::add);
        nobody.write(ALERT);
        nobody.write(ALERT);
        nobody.close();

        assertThat(Files.readString(file).split("suppress with", -1)).hasSize(3);
        assertThat(problems)
                .containsExactly("log=slf4j: no SLF4J of the application is in use: alerts go to file:" + file
                        + " until that changes");
    }

    private Instrumentation none() {
        return (Instrumentation) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Instrumentation.class},
                (proxy, method, args) -> new Class<?>[0]);
    }
}
