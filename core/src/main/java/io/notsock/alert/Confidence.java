package io.notsock.alert;

/** How well an alert is founded; the label is the word of the alert schema. */
public enum Confidence {
    /** A fact of the OS says so: a return code, or a probe that agrees with an exception. */
    CONFIRMED("confirmed"),
    /** No gap is known for this number, and the probe agreed. */
    CERTAIN("certain"),
    /** The agent may have missed something: such an alert is at most a {@link Level#WARN}. */
    SUSPECTED("suspected");

    private final String label;

    Confidence(String label) {
        this.label = label;
    }

    /** The word used in alerts. */
    public String label() {
        return label;
    }
}
