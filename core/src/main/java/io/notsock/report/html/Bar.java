package io.notsock.report.html;

import io.notsock.alert.HistoryEvent;
import io.notsock.alert.Party;
import io.notsock.snapshot.HandleLife;
import io.notsock.snapshot.Moment;
import java.time.Instant;
import java.util.List;

/** One life of a number on the page, put together from the registry and from what alerts say of it. */
final class Bar {
    final long generation;
    String type = "unknown";
    String state = "unknown";
    String owner;
    String detail;
    Event opened;
    Event closed;

    Bar(long generation) {
        this.generation = generation;
    }

    /** An opening or an end, as far as it is known. */
    static final class Event {
        String what;
        Instant time;
        String thread;
        String api;
        List<StackTraceElement> stack = List.of();
        String missing;

        static Event of(Moment moment) {
            if (moment == null) {
                return null;
            }
            Event event = new Event();
            event.what = moment.what();
            event.time = moment.time();
            event.thread = moment.thread();
            event.api = moment.api();
            event.stack = List.of(moment.frames());
            event.missing = moment.stackMissing();
            return event;
        }

        static Event of(HistoryEvent told) {
            Event event = new Event();
            event.what = told.what();
            event.time = told.time();
            event.thread = told.thread();
            event.api = told.api();
            return event;
        }

        static Event of(Party party, String what) {
            Event event = new Event();
            event.what = what;
            event.add(party);
            return event;
        }

        /** Takes over what a party of an alert says of the same act. */
        void add(Party party) {
            time = time == null ? party.time() : time;
            thread = thread == null ? party.thread() : thread;
            api = api == null ? party.api() : api;
            if (stack.isEmpty()) {
                stack = party.frames();
                missing = party.stackMissing();
            }
        }

        /** Whether a party did this, as two hooks of one act never differ in thread and time. */
        boolean isBy(Party party) {
            return party != null
                    && time != null
                    && time.equals(party.time())
                    && (thread == null || thread.equals(party.thread()));
        }
    }

    void add(HandleLife life) {
        type = life.type().label();
        state = life.state().label();
        owner = life.owner();
        detail = life.detail();
        opened = Event.of(life.opened());
        closed = Event.of(life.closed());
    }

    void add(HistoryEvent told) {
        boolean opening = told.what().equals("open") || told.what().equals("adopt");
        if (opening && opened == null) {
            opened = Event.of(told);
        } else if (told.what().contains("close")
                || told.what().equals("replace")
                || told.what().equals("release")) {
            closed = closed == null ? Event.of(told) : closed;
        }
        owner = owner == null ? told.owner() : owner;
        detail = detail == null ? told.detail() : detail;
    }
}
