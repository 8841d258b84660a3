package io.notsock.report.ci;

import io.notsock.alert.Alert;
import io.notsock.alert.AlertKind;
import io.notsock.alert.Culprit;
import io.notsock.alert.Frames;
import io.notsock.alert.Party;
import io.notsock.alert.PartyLabel;
import io.notsock.report.Printable;

/** The few phrases that every format has in common. */
final class Words {
    private Words() {}

    /** {@code CLOSE_OF_REUSED fd 42 (socket, generation 7)}. */
    static String title(Alert alert) {
        return alert.kind() + " " + alert.handle();
    }

    /** Who is guilty and where: {@code first close at com.acme.Cache.drop(Cache.java:17)}. */
    static String culprit(Alert alert) {
        if (alert.culprit() == Culprit.UNKNOWN) {
            return "unknown";
        }
        boolean first = alert.culprit() == Culprit.FIRST_CLOSE;
        Party party = first ? alert.firstClose() : alert.rogue();
        StackTraceElement frame = party == null ? null : Frames.firstApplication(party);
        String place = frame != null
                ? " at " + Frames.text(frame)
                : party == null || party.api() == null ? "" : ", " + party.api();
        return Printable.of(PartyLabel.of(alert, first ? Party.Role.FIRST_CLOSE : Party.Role.ROGUE) + place);
    }

    /** What a party did, by which thread, through what. */
    static String party(Alert alert, Party party) {
        String what = alert.kind() == AlertKind.LEAK && party.role() == Party.Role.FIRST_CLOSE
                ? "closed in the end"
                : PartyLabel.of(alert, party.role());
        return Printable.of(what
                + (party.thread() == null ? "" : " by thread \"" + party.thread() + "\"")
                + (party.api() == null ? "" : ", " + party.api()));
    }

    /** Summary, culprit, consequence and advice, a line each. */
    static String body(Alert alert) {
        StringBuilder text = new StringBuilder(Printable.of(alert.summary()));
        if (alert.hasCulprit()) {
            text.append("\nCulprit: ").append(culprit(alert));
        }
        if (alert.consequence() != null) {
            text.append("\nConsequence: ")
                    .append(Printable.of(alert.consequence().text()));
        }
        if (alert.advice() != null) {
            text.append("\nAdvice: ").append(Printable.of(alert.advice()));
        }
        if (alert.count() > 1) {
            text.append("\nOccurred ").append(alert.count()).append(" times.");
        }
        return text.toString();
    }
}
