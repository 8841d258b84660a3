package io.notsock.alert;

/** What people read before a party: which part it played, and nothing that blames the innocent. */
public final class PartyLabel {
    private PartyLabel() {}

    /** The label of this party in this alert: {@code rogue close}, {@code first close}, {@code victim, opened}. */
    public static String of(Alert alert, Party.Role role) {
        boolean leak = alert.kind() == AlertKind.LEAK;
        switch (role) {
            case ROGUE:
                if (alert.kind() == AlertKind.REDUNDANT_CLOSE) {
                    return "closed again";
                }
                // Rogue by its key in the schema only, where the first close is guilty.
                return (alert.culprit() == Culprit.FIRST_CLOSE ? "innocent " : "rogue ")
                        + (alert.kind().isUse() ? "use" : "close");
            case FIRST_CLOSE:
                return leak ? "closed" : "first close";
            default:
                return leak ? "opened" : "victim, opened";
        }
    }
}
