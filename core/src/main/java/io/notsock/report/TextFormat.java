package io.notsock.report;

import io.notsock.alert.Alert;
import io.notsock.alert.AlertKind;
import io.notsock.alert.Consequence;
import io.notsock.alert.Culprit;
import io.notsock.alert.Frames;
import io.notsock.alert.Party;
import io.notsock.alert.PartyLabel;
import io.notsock.alert.Suppressions;
import java.util.ArrayList;
import java.util.List;

/** Writes an alert as a block of text for people: a stable first line, then the parties and what to do. */
public final class TextFormat {
    private static final String ITEM = "  ";
    private static final String DETAIL = "      ";

    private TextFormat() {}

    /**
     * The line that people grep for:
     * {@code notsock: ERROR CLOSE_OF_REUSED fd 42 (socket, generation 7): what happened}.
     */
    public static String firstLine(Alert alert) {
        return Printable.of(
                "notsock: " + alert.level() + " " + alert.kind() + " " + alert.handle() + ": " + alert.summary());
    }

    /** The whole block, without a newline at its end; for a repeat only what is new about it. */
    public static String format(Alert alert) {
        List<String> lines = new ArrayList<>();
        lines.add(firstLine(alert));
        if (alert.repeat()) {
            lines.add(ITEM + "again: " + alert.count() + " times so far; the whole alert was written before, alert: "
                    + alert.id());
        } else {
            addBody(lines, alert);
        }
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            text.append(text.length() == 0 ? "" : "\n").append(Printable.of(line));
        }
        return text.toString();
    }

    private static void addBody(List<String> lines, Alert alert) {
        if (alert.hasCulprit()) {
            // First of all whose code has to change: many a reader stops here.
            lines.add(ITEM + "culprit: " + culprit(alert));
        }
        if (alert.kind() == AlertKind.LEAK) {
            addParty(lines, alert, alert.victim());
            addParty(lines, alert, alert.firstClose());
        } else if (alert.culprit() == Culprit.FIRST_CLOSE) {
            addParty(lines, alert, alert.firstClose());
            addParty(lines, alert, alert.rogue());
            addParty(lines, alert, alert.victim());
        } else {
            addParty(lines, alert, alert.rogue());
            addParty(lines, alert, alert.firstClose());
            addParty(lines, alert, alert.victim());
        }
        Consequence consequence = alert.consequence();
        if (consequence != null) {
            lines.add(ITEM + "consequence: " + consequence.text());
        }
        if (alert.advice() != null) {
            lines.add(ITEM + "advice: " + alert.advice());
        }
        lines.add(ITEM + "alert: " + alert.id() + ", incident " + alert.incident() + ", "
                + alert.confidence().label() + ", count " + alert.count() + ", fingerprint " + alert.fingerprint());
        lines.add(ITEM + "suppress with: " + Suppressions.lineFor(alert));
    }

    private static void addParty(List<String> lines, Alert alert, Party party) {
        if (party == null) {
            return;
        }
        List<String> facts = new ArrayList<>();
        if (party.thread() != null) {
            facts.add("by " + (party.virtual() ? "virtual " : "") + "thread \"" + party.thread() + "\" ("
                    + party.threadId() + ")");
        }
        if (party.time() != null) {
            String relative = Times.relative(party.time(), alert.time());
            facts.add("at " + Times.iso(party.time()) + (relative == null ? "" : " (" + relative + ")"));
        }
        if (party.api() != null) {
            facts.add("through " + party.api());
        }
        lines.add(ITEM + PartyLabel.of(alert, party.role()) + ": "
                + (facts.isEmpty() ? "by whom is not known" : String.join(", ", facts)));
        String what = join(party.owner() == null ? null : "owner " + party.owner(), party.detail());
        if (what != null) {
            lines.add(DETAIL + what);
        }
        if (party.stackMissing() != null) {
            lines.add(DETAIL + "(no stack: " + party.stackMissing() + ")");
        }
        for (String line : StackTrim.of(party.frames())) {
            lines.add(DETAIL + line);
        }
    }

    private static String join(String one, String other) {
        return one == null ? other : other == null ? one : one + ", " + other;
    }

    private static String culprit(Alert alert) {
        if (alert.culprit() == Culprit.UNKNOWN) {
            return "unknown";
        }
        if (alert.culprit() == Culprit.FIRST_CLOSE) {
            return "first close" + place(alert.firstClose())
                    + "; the later call acted on its own handle and is innocent";
        }
        return PartyLabel.of(alert, Party.Role.ROGUE) + place(alert.rogue());
    }

    /** {@code , jna:close at com.acme.Cache.drop(Cache.java:17)}. */
    private static String place(Party party) {
        if (party == null) {
            return "";
        }
        StackTraceElement frame = Frames.firstApplication(party);
        return (party.api() == null ? "" : ", " + party.api()) + (frame == null ? "" : " at " + Frames.text(frame));
    }
}
