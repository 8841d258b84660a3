package io.notsock.alert;

import static io.notsock.alert.SampleAlerts.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.notsock.handle.HandleType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class AlertDeskTest {
    private final Recorder recorder = new Recorder(false);
    private final List<String> failures = new ArrayList<>();

    @Test
    void completesWhatTheJudgeLeftOpen() {
        AlertDesk desk = desk(Level.WARN, Suppressions.none(), recorder);

        assertThat(desk.accept(SampleAlerts.staleClose().build())).isTrue();

        Alert written = recorder.alerts.get(0);
        assertThat(written.id()).isEqualTo("ns-4711-1");
        assertThat(written.incident()).isEqualTo("ns-4711-1");
        assertThat(written.summary())
                .isEqualTo(
                        "jna:close by \"main\" took fd 42 from java.nio SocketChannel, whose rightful close by \"worker-3\" then killed socket of \"conn-9\"");
        assertThat(written.consequence().name()).isEqualTo("EBADF");
        assertThat(written.advice()).isNotBlank();
        assertThat(written.fingerprint()).isEqualTo(Fingerprint.of(written));
        assertThat(written.process()).isEqualTo(SampleAlerts.PROCESS);
        assertThat(written.repeat()).isFalse();
    }

    @Test
    void keepsWhatTheJudgeSaid() {
        AlertDesk desk = desk(Level.WARN, Suppressions.none(), recorder);

        desk.accept(SampleAlerts.staleClose()
                .id("mine")
                .incident("ns-4711-77")
                .summary("s")
                .advice("a")
                .consequence(new Consequence("c"))
                .build());

        Alert written = recorder.alerts.get(0);
        assertThat(written.id()).isEqualTo("mine");
        assertThat(written.incident()).isEqualTo("ns-4711-77");
        assertThat(written.summary()).isEqualTo("s");
        assertThat(written.advice()).isEqualTo("a");
        assertThat(written.consequence().text()).isEqualTo("c");
    }

    /** Neither what is below the level nor a repeat uses one up. */
    @Test
    void incidentsAreNumberedWithoutGaps() {
        AlertDesk desk = desk(Level.WARN, Suppressions.none(), recorder);
        int[] numbers = {0};
        Supplier<String> next = () -> "in-" + ++numbers[0];

        desk.accept(SampleAlerts.staleClose().level(Level.INFO).build(), next);
        desk.accept(SampleAlerts.staleClose().build(), next);
        desk.accept(SampleAlerts.staleClose().build(), next);
        desk.accept(
                SampleAlerts.of(AlertKind.USE_AFTER_CLOSE, HandleType.SOCKET).build(), next);

        assertThat(recorder.alerts).extracting(Alert::incident).containsExactly("in-1", "in-2");
    }

    @Test
    void aThousandRepeatsAreFourLinesAndOneAtTheEnd() {
        AlertDesk desk = desk(Level.WARN, Suppressions.none(), recorder);

        for (int i = 0; i < 1005; i++) {
            assertThat(desk.accept(SampleAlerts.staleClose().build())).isTrue();
        }
        assertThat(recorder.counts()).containsExactly(1L, 10L, 100L, 1000L);
        desk.close();

        assertThat(recorder.counts()).containsExactly(1L, 10L, 100L, 1000L, 1005L);
        assertThat(recorder.alerts).extracting(Alert::id).containsOnly("ns-4711-1");
        assertThat(recorder.alerts).extracting(Alert::repeat).containsExactly(false, true, true, true, true);
        assertThat(desk.counters().count(AlertKind.CLOSE_OF_REUSED, Level.ERROR))
                .isEqualTo(1005);
    }

    @Test
    void aCountThatDidNotGrowIsNotWrittenAgainAtTheEnd() {
        AlertDesk desk = desk(Level.WARN, Suppressions.none(), recorder);

        for (int i = 0; i < 10; i++) {
            desk.accept(SampleAlerts.staleClose().build());
        }
        desk.close();
        desk.close();

        assertThat(recorder.counts()).containsExactly(1L, 10L);
        assertThat(recorder.closed).isEqualTo(1);
    }

    @Test
    void anAlertMayStandForManyOccurrences() {
        AlertDesk desk = desk(Level.WARN, Suppressions.none(), recorder);

        desk.accept(SampleAlerts.staleClose().count(40).build());
        desk.accept(SampleAlerts.staleClose().count(50).build());
        desk.accept(SampleAlerts.staleClose().count(2000).build());

        assertThat(recorder.counts()).containsExactly(40L, 2090L);
    }

    @Test
    void aSinkCanHaveEveryOccurrence() {
        Recorder all = new Recorder(true);
        AlertDesk desk = desk(Level.WARN, Suppressions.none(), recorder, all);

        for (int i = 0; i < 12; i++) {
            desk.accept(SampleAlerts.staleClose().build());
        }
        desk.close();

        assertThat(recorder.counts()).containsExactly(1L, 10L, 12L);
        assertThat(all.counts()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L);
    }

    @Test
    void proofAfterSuspicionIsToldInFullUnderTheSameId() {
        AlertDesk desk = desk(Level.WARN, Suppressions.none(), recorder);

        desk.accept(SampleAlerts.staleClose().confidence(Confidence.SUSPECTED).build());
        desk.accept(SampleAlerts.staleClose().build());
        desk.accept(SampleAlerts.staleClose().confidence(Confidence.SUSPECTED).build());

        assertThat(recorder.alerts).extracting(Alert::level).containsExactly(Level.WARN, Level.ERROR);
        assertThat(recorder.alerts).extracting(Alert::id).containsOnly("ns-4711-1");
        assertThat(recorder.alerts).extracting(Alert::repeat).containsOnly(false);
        assertThat(recorder.counts()).containsExactly(1L, 2L);
    }

    @Test
    void whatIsTooLowOrSuppressedIsNoAlert() {
        Suppressions suppressions = Suppressions.parse("rules", List.of("*:jna:close", "LEAK:never"));
        AlertDesk desk = desk(Level.WARN, suppressions, recorder);

        assertThat(desk.accept(SampleAlerts.of(AlertKind.REDUNDANT_CLOSE, HandleType.FILE)
                        .build()))
                .isFalse();
        assertThat(desk.accept(SampleAlerts.staleClose().build())).isFalse();

        assertThat(recorder.alerts).isEmpty();
        assertThat(desk.counters().ofLevel(Level.ERROR)).isZero();
        assertThat(desk.counters().suppressed()).isEqualTo(1);
        assertThat(desk.close()).containsExactly("LEAK:never (rules:2)");
    }

    @Test
    void aComplaintThatFailsIsMadeAgain() {
        AlertSink broken = new AlertSink() {
            @Override
            public void write(Alert alert) throws IOException {
                throw new IOException("disk full");
            }

            @Override
            public void close() {}
        };
        List<String> told = new ArrayList<>();
        AlertDesk desk = new AlertDesk(
                Level.WARN, Suppressions.none(), SampleAlerts.PROCESS, List.of(broken, recorder), (sink, failure) -> {
                    told.add(failure.getMessage());
                    if (told.size() == 1) {
                        throw new OutOfMemoryError("for the test");
                    }
                });

        desk.accept(alertAt("a"));
        desk.accept(alertAt("b"));
        desk.accept(alertAt("c"));

        assertThat(told).containsExactly("disk full", "disk full");
    }

    @Test
    void aSinkThatThrowsIsToldOnceAndStopsNobody() {
        AlertSink broken = new AlertSink() {
            @Override
            public void write(Alert alert) throws IOException {
                throw new IOException("disk full");
            }

            @Override
            public void close() {
                throw new IllegalStateException("close");
            }

            @Override
            public String toString() {
                return "broken";
            }
        };
        AlertSink missing = new AlertSink() {
            @Override
            public void write(Alert alert) {
                throw new NoClassDefFoundError("java/sql/Date");
            }

            @Override
            public void close() {
                // Nothing is held.
            }

            @Override
            public String toString() {
                return "missing";
            }
        };
        AlertDesk desk = desk(Level.WARN, Suppressions.none(), broken, missing, recorder);

        desk.accept(alertAt("a"));
        desk.accept(alertAt("b"));
        desk.close();

        assertThat(recorder.alerts).hasSize(2);
        assertThat(recorder.closed).isEqualTo(1);
        assertThat(failures).containsExactly("broken: disk full", "missing: java/sql/Date");
        assertThat(desk.counters().dropped()).isEqualTo(4);
    }

    @Test
    void theTableIsBoundedAndNoCountIsLost() {
        AlertDesk desk = new AlertDesk(
                Level.WARN, Suppressions.none(), SampleAlerts.PROCESS, List.of(recorder), (sink, t) -> {}, 2);

        desk.accept(alertAt("a"));
        desk.accept(alertAt("a"));
        desk.accept(alertAt("b"));
        desk.accept(alertAt("a"));
        desk.accept(alertAt("c"));
        desk.accept(alertAt("d"));

        assertThat(recorder.alerts)
                .extracting(alert -> alert.id() + "x" + alert.count())
                .containsExactly("ns-4711-1x1", "ns-4711-2x1", "ns-4711-3x1", "ns-4711-4x1", "ns-4711-1x3");
    }

    @Test
    void afterTheEndAlertsAreCountedAsDropped() {
        AlertDesk desk = desk(Level.WARN, Suppressions.none(), recorder);

        desk.close();

        assertThat(desk.accept(SampleAlerts.staleClose().build())).isFalse();
        assertThat(desk.counters().dropped()).isEqualTo(1);
    }

    @Test
    void countsByKindAndLevel() {
        AlertDesk desk = desk(Level.INFO, Suppressions.none());

        desk.accept(alertAt("a"));
        desk.accept(alertAt("b").toBuilder().level(Level.WARN).build());
        desk.accept(SampleAlerts.of(AlertKind.LEAK, HandleType.FILE).build());

        assertThat(desk.counters().ofKind(AlertKind.DOUBLE_CLOSE)).isEqualTo(2);
        assertThat(desk.counters().ofLevel(Level.WARN)).isEqualTo(2);
        assertThat(desk.counters().count(AlertKind.DOUBLE_CLOSE, Level.ERROR)).isEqualTo(1);
    }

    private static Alert alertAt(String method) {
        return SampleAlerts.of(AlertKind.DOUBLE_CLOSE, HandleType.FILE)
                .party(new Party.Builder(Party.Role.ROGUE)
                        .stack(frame("com.acme.Main", method, 1))
                        .build())
                .build();
    }

    private AlertDesk desk(Level lowest, Suppressions suppressions, AlertSink... sinks) {
        return new AlertDesk(
                lowest,
                suppressions,
                SampleAlerts.PROCESS,
                List.of(sinks),
                (sink, failure) -> failures.add(sink + ": " + failure.getMessage()));
    }

    private static final class Recorder implements AlertSink {
        private final boolean every;
        private final List<Alert> alerts = new ArrayList<>();
        private int closed;

        Recorder(boolean every) {
            this.every = every;
        }

        List<Long> counts() {
            List<Long> counts = new ArrayList<>();
            alerts.forEach(alert -> counts.add(alert.count()));
            return counts;
        }

        @Override
        public void write(Alert alert) {
            alerts.add(alert);
        }

        @Override
        public void close() {
            closed++;
        }

        @Override
        public boolean everyOccurrence() {
            return every;
        }
    }
}
