package io.notsock.alert;

/** Writes the summary of an alert: one line that says who did what to whom. */
final class Summary {
    private Summary() {}

    static String of(Alert alert) {
        Party rogue = alert.rogue();
        Party first = alert.firstClose();
        Party victim = alert.victim();
        boolean later = alert.kind() == AlertKind.DOUBLE_CLOSE
                || alert.kind() == AlertKind.CLOSE_OF_REUSED
                || alert.kind().isUse();
        if (later && alert.culprit() == Culprit.FIRST_CLOSE) {
            return underneath(alert);
        }
        switch (alert.kind()) {
            case DOUBLE_CLOSE:
                return Wording.act(rogue, "closed") + " after " + closer(first) + " had closed it already";
            case CLOSE_OF_REUSED:
                return Wording.act(rogue, "closed")
                        + (victim == null
                                ? " hit a number that is somebody else's now"
                                : " killed " + alert.handle().type().label() + " of " + Wording.thread(victim));
            case FOREIGN_CLOSE:
                return Wording.act(rogue, "closed") + " killed " + owned(alert);
            case USE_AFTER_CLOSE:
                return Wording.act(rogue, "used") + " after " + closer(first) + " had closed it";
            case USE_OF_REUSED:
                return Wording.act(rogue, "used")
                        + (victim == null
                                ? " reached a number that is somebody else's now"
                                : " reached " + alert.handle().type().label() + " of " + Wording.thread(victim));
            case HIDDEN_CLOSE:
                return owned(alert) + " was closed where notsock cannot see";
            case LEAK:
                return Wording.act(victim, "opened") + " was never closed";
            default:
                return Wording.act(rogue, "closed") + " once more, which did nothing";
        }
    }

    /** The first close is guilty: whoever acted later acted on what was its own, and is named as the one it was taken from. */
    private static String underneath(Alert alert) {
        Party later = alert.rogue();
        Party victim = alert.victim();
        String first = alert.firstClose() == null || alert.firstClose().thread() == null
                ? "somebody unseen"
                : Wording.act(alert.firstClose(), "closed");
        String robbed = later != null && later.apiFamily().equals("crt") ? "the C runtime" : Wording.owner(later);
        String deed = alert.kind().isUse() ? "use" : "rightful close";
        String outcome;
        switch (alert.kind()) {
            case CLOSE_OF_REUSED:
                outcome = victim == null
                        ? "hit a number that is somebody else's now"
                        : "killed " + alert.handle().type().label() + " of " + Wording.thread(victim);
                break;
            case USE_OF_REUSED:
                outcome = victim == null
                        ? "reached a number that is somebody else's now"
                        : "reached " + alert.handle().type().label() + " of " + Wording.thread(victim);
                break;
            default:
                outcome = "found it closed";
                break;
        }
        return first + " took " + alert.handle().name() + " from " + (robbed == null ? "its owner" : robbed)
                + ", whose " + deed + " by " + Wording.thread(later) + " then " + outcome;
    }

    private static String closer(Party first) {
        return first == null || first.thread() == null ? "somebody unseen" : Wording.thread(first);
    }

    private static String owned(Alert alert) {
        String owner = Wording.owner(alert.victim());
        return (owner != null ? owner : alert.handle().type().label()) + " of " + Wording.thread(alert.victim());
    }
}
