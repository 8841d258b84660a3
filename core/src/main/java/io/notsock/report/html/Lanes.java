package io.notsock.report.html;

import io.notsock.alert.Alert;
import io.notsock.alert.AlertKind;
import io.notsock.alert.HistoryEvent;
import io.notsock.alert.Level;
import io.notsock.alert.Party;
import io.notsock.handle.Space;
import io.notsock.snapshot.HandleLife;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Every number with its lives in order: those that the registry holds, and those that only alerts tell of. */
final class Lanes {
    /** The option history keeps no more. */
    private static final int MOST_LIVES_BACK = 64;

    private final List<Lane> lanes = new ArrayList<>();
    private final Map<String, Lane> byName = new HashMap<>();

    /** One number of one process. */
    static final class Lane {
        final int index;
        final long pid;
        final Space space;
        final long number;
        final TreeMap<Long, Bar> bars = new TreeMap<>();

        Lane(int index, long pid, Space space, long number) {
            this.index = index;
            this.pid = pid;
            this.space = space;
            this.number = number;
        }

        Bar bar(long generation) {
            return bars.computeIfAbsent(generation, Bar::new);
        }
    }

    /** Where an alert stands on the page. */
    static final class Place {
        final Lane lane;
        /** The life from whose side the rogue came, or -1. */
        final long from;

        Place(Lane lane, long from) {
            this.lane = lane;
            this.from = from;
        }
    }

    void add(long pid, HandleLife life) {
        if (!life.agentOwned()) {
            lane(pid, life.space(), life.number()).bar(life.generation()).add(life);
        }
    }

    Place add(Alert alert) {
        long pid = alert.process() == null ? -1 : alert.process().pid();
        Lane lane = lane(pid, alert.handle().space(), alert.handle().number());
        for (HistoryEvent event : alert.history()) {
            if (event.generation() >= 0) {
                lane.bar(event.generation()).add(event);
            }
        }
        long from = -1;
        if (alert.handle().hasGeneration()) {
            Bar hit = lane.bar(alert.handle().generation());
            if (hit.type.equals("unknown")) {
                hit.type = alert.handle().type().label();
            }
            victim(hit, alert.victim());
            from = firstClose(lane, hit, alert);
            ending(hit, alert);
        }
        return new Place(lane, from);
    }

    private static void victim(Bar hit, Party victim) {
        if (victim == null) {
            return;
        }
        if (hit.opened == null) {
            hit.opened = Bar.Event.of(victim, "open");
        } else {
            hit.opened.add(victim);
        }
        hit.owner = hit.owner == null ? victim.owner() : hit.owner;
        hit.detail = hit.detail == null ? victim.detail() : hit.detail;
    }

    /** Finds the life that the first close ended, and says its generation; -1 where it is the one that was hit. */
    private static long firstClose(Lane lane, Bar hit, Alert alert) {
        Party first = alert.firstClose();
        if (first == null) {
            return -1;
        }
        int looked = 0;
        for (Bar bar : lane.bars.headMap(hit.generation, true).descendingMap().values()) {
            if (bar.closed != null && bar.closed.isBy(first)) {
                bar.closed.add(first);
                return bar == hit ? -1 : bar.generation;
            }
            if (++looked > MOST_LIVES_BACK) {
                break;
            }
        }
        Map.Entry<Long, Bar> before = lane.bars.lowerEntry(hit.generation);
        boolean ofAnother = alert.kind() == AlertKind.CLOSE_OF_REUSED || alert.kind() == AlertKind.USE_OF_REUSED;
        Bar ended = ofAnother ? before == null ? null : before.getValue() : hit;
        if (ended == null) {
            return -1;
        }
        if (ended.closed == null) {
            // The history of the alert does not reach back to it.
            ended.closed = Bar.Event.of(first, first.thread() == null ? "unseen close" : "close");
        }
        return ended == hit ? -1 : ended.generation;
    }

    private static void ending(Bar hit, Alert alert) {
        Party rogue = alert.rogue();
        boolean kills = alert.kind() == AlertKind.CLOSE_OF_REUSED || alert.kind() == AlertKind.FOREIGN_CLOSE;
        if (kills && alert.level().atLeast(Level.WARN)) {
            hit.state = "killed";
            if (rogue != null && (hit.closed == null || hit.closed.isBy(rogue))) {
                hit.closed = hit.closed == null ? Bar.Event.of(rogue, "close") : hit.closed;
                hit.closed.add(rogue);
            }
        } else if (hit.state.equals("unknown") && hit.closed != null) {
            hit.state = "closed";
        }
    }

    private Lane lane(long pid, Space space, long number) {
        String name = pid + " " + space.label() + " " + number;
        Lane known = byName.get(name);
        if (known == null) {
            known = new Lane(lanes.size(), pid, space, number);
            lanes.add(known);
            byName.put(name, known);
        }
        return known;
    }

    /** All numbers, in the order in which they came up; lives that were followed by another are over. */
    List<Lane> finish() {
        for (Lane lane : lanes) {
            Bar previous = null;
            for (Bar bar : lane.bars.values()) {
                if (previous != null && previous.state.equals("unknown")) {
                    previous.state = "closed";
                }
                previous = bar;
            }
        }
        return lanes;
    }
}
