package io.notsock.explain;

import io.notsock.evidence.Act;
import io.notsock.pipeline.WallClock;
import io.notsock.report.Times;
import java.time.Duration;

/**
 * The words of a {@link HandleHistory}, put together when somebody reads them: many an exception is caught and forgotten.
 * Immutable. Keeps no act, whose raw stack would keep classes alive.
 */
final class HistoryText {
    private final WallClock clock;
    private final long now;
    private final String what;
    private final Deed ended;
    /** The opening, or {@code null} where it is told by another text or was not seen. */
    private final Deed opened;

    private final boolean openingUnseen;

    private HistoryText(WallClock clock, long now, String what, Deed ended, Deed opened, boolean openingUnseen) {
        this.clock = clock;
        this.now = now;
        this.what = what;
        this.ended = ended;
        this.opened = opened;
        this.openingUnseen = openingUnseen;
    }

    /**
     * @param what the object, and what was done to it: {@code fd 7 (socket, generation 1) closed}
     * @param opened the act that made it, or {@code null}
     * @param wasOpened whether there was such an act: else nothing is said of it
     */
    static HistoryText ofEnd(WallClock clock, long now, String what, Act ended, Act opened, boolean wasOpened) {
        boolean toldHere = opened != null && !opened.hasStack();
        boolean unseen = opened == null && wasOpened;
        return new HistoryText(clock, now, what, new Deed(ended), toldHere ? new Deed(opened) : null, unseen);
    }

    static HistoryText ofOpening(WallClock clock, long now, Act opened) {
        return new HistoryText(clock, now, "opened", new Deed(opened), null, false);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(what).append(' ');
        describe(text, ended);
        if (opened != null) {
            describe(text.append("; opened "), opened);
        }
        if (openingUnseen) {
            text.append("; its opening was not seen");
        }
        return text.toString();
    }

    private void describe(StringBuilder text, Deed deed) {
        if (deed.unseen) {
            text.append("where notsock could not see it; noticed ");
            when(text, deed);
            return;
        }
        text.append("by thread \"").append(deed.thread).append("\" (").append(deed.threadId);
        text.append(deed.virtual ? ", virtual), " : "), ");
        when(text, deed);
        text.append(", through ").append(deed.api);
        if (!deed.hasStack) {
            text.append(", stack not captured");
        }
    }

    private void when(StringBuilder text, Deed deed) {
        text.append(Times.span(Duration.ofNanos(Math.max(0, now - deed.nanos)))).append(" earlier, at ");
        text.append(Times.iso(clock.at(deed.nanos)));
    }

    /** What an act says but its stack. */
    private static final class Deed {
        private final String thread;
        private final long threadId;
        private final boolean virtual;
        private final long nanos;
        private final String api;
        private final boolean hasStack;
        private final boolean unseen;

        Deed(Act act) {
            thread = act.thread();
            threadId = act.threadId();
            virtual = act.virtual();
            nanos = act.nanos();
            api = act.api();
            hasStack = act.hasStack();
            unseen = act.what() == Act.What.UNSEEN_CLOSE;
        }
    }
}
