package io.notsock.alert;

/** Writes the summary of an alert: one line that says who did what to whom. */
final class Summary {
    private Summary() {}

    static String of(Alert alert) {
        Party rogue = alert.rogue();
        Party first = alert.firstClose();
        Party victim = alert.victim();
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

    private static String closer(Party first) {
        return first == null || first.thread() == null ? "somebody unseen" : Wording.thread(first);
    }

    private static String owned(Alert alert) {
        String owner = Wording.owner(alert.victim());
        return (owner != null ? owner : alert.handle().type().label()) + " of " + Wording.thread(alert.victim());
    }
}
