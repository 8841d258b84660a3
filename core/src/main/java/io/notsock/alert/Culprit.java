package io.notsock.alert;

/** Which party of an alert is guilty; the label is the word of the alert schema. */
public enum Culprit {
    /** The party whose close or use raised the alert. */
    ROGUE("rogue"),
    /** The party that closed the life before, without owning it. */
    FIRST_CLOSE("firstClose"),
    /** The facts do not tell. */
    UNKNOWN("unknown");

    private final String label;

    Culprit(String label) {
        this.label = label;
    }

    /** The word used in alerts. */
    public String label() {
        return label;
    }
}
