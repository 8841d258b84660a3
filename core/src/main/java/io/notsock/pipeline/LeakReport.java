package io.notsock.pipeline;

import io.notsock.alert.Alert;
import io.notsock.alert.AlertDesk;
import io.notsock.alert.AlertHandle;
import io.notsock.alert.AlertKind;
import io.notsock.alert.Confidence;
import io.notsock.alert.Fingerprint;
import io.notsock.alert.LeakText;
import io.notsock.alert.Level;
import io.notsock.alert.Party;
import io.notsock.evidence.Act;
import io.notsock.leak.Leak;
import io.notsock.leak.LeakWatch;
import io.notsock.registry.Life;
import io.notsock.track.Rescues;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes one alert of all leaks that were opened in one place, and lets its count grow. Confined to the agent's thread; the
 * table of places is bounded, the one not seen for longest leaves it and begins anew.
 */
final class LeakReport {
    private static final int PLACES = 512;
    /** More of one place and one look is the same story. */
    private static final int OPENINGS = 200;

    private final LeakWatch watch;
    private final AlertDesk desk;
    private final Composer composer;
    private final WallClock clock;

    private final Map<String, LeakText> places = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, LeakText> eldest) {
            return size() > PLACES;
        }
    };

    /** What one look has found in one place. */
    private static final class Found {
        private final Alert.Builder first;
        private final LeakText text;
        private final StringBuilder openings = new StringBuilder(Alert.OPENED);
        private long count;

        Found(Alert.Builder first, LeakText text) {
            this.first = first;
            this.text = text;
        }

        void add(Act opened) {
            if (count++ < OPENINGS) {
                openings.append(' ').append(opened.threadId()).append('@').append(opened.nanos());
            }
        }
    }

    LeakReport(LeakWatch watch, AlertDesk desk, Composer composer, WallClock clock) {
        this.watch = watch;
        this.desk = desk;
        this.composer = composer;
        this.clock = clock;
    }

    /** Tells of what has come out since the last look. */
    void look() {
        tell(watch.look());
    }

    /** See {@link LeakWatch#rest}. */
    LeakWatch.Rest rest(long since) {
        return watch.rest(since);
    }

    /** Tells of what is left. */
    void end(boolean interrupted) {
        tell(watch.end(interrupted));
    }

    private void tell(List<Leak> leaks) {
        desk.counters().addDropped(watch.takeDropped());
        Map<String, Found> found = new LinkedHashMap<>();
        for (Leak leak : leaks) {
            Alert.Builder alert = compose(leak);
            Alert one = alert.build();
            if (desk.hasSuppressions() && desk.suppresses(one)) {
                continue;
            }
            String place = Fingerprint.of(one);
            // At another level it is another alert: those in use may not be told of at all.
            String key = one.level() + place;
            LeakText text = places.computeIfAbsent(key, p -> new LeakText(one.victim()));
            add(text, leak, one.victim());
            found.computeIfAbsent(key, k -> new Found(alert.fingerprint(place), text))
                    .add(leak.life().opened());
        }
        for (Found group : found.values()) {
            desk.accept(group.first
                    .summary(group.text.summary())
                    .consequence(group.text.consequence())
                    .advice(group.text.advice())
                    .count(group.count)
                    .context(group.openings.toString())
                    .build());
        }
    }

    private static void add(LeakText text, Leak leak, Party opener) {
        switch (leak.fate()) {
            case RESCUED:
                if (Rescues.isFinalizers(leak.rescue())) {
                    text.addFinalized(opener, leak.age());
                } else {
                    text.addRescued(opener, leak.age());
                }
                break;
            case LOST:
                text.addLost(opener, leak.age());
                break;
            default:
                text.addAtExit(opener, leak.age());
                break;
        }
    }

    private Alert.Builder compose(Leak leak) {
        Life life = leak.life();
        Alert.Builder alert = new Alert.Builder(
                        AlertKind.LEAK, new AlertHandle(life.space(), life.number(), life.type(), life.generation()))
                .time(clock.at(leak.nanos()))
                .level(leak.fate() == Leak.Fate.IN_USE_AT_EXIT ? Level.INFO : Level.WARN)
                .confidence(Confidence.CERTAIN)
                .party(composer.party(Party.Role.VICTIM, life.opened(), null, watch.describe(leak)));
        if (leak.rescue() != null) {
            alert.party(composer.party(Party.Role.FIRST_CLOSE, leak.rescue(), null, null));
        }
        return alert;
    }
}
