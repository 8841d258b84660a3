package io.notsock.agent.options;

/** Values of {@code stacks}: which opens and closes are kept with their stack. */
public enum Stacks {
    /** As many as a small share of one core pays for. */
    AUTO("auto"),
    ALL("all"),
    /** None, raw and foreign closes excepted. */
    OFF("off");

    private final String label;

    Stacks(String label) {
        this.label = label;
    }

    /** The word the user writes. */
    public String label() {
        return label;
    }

    /** The value with this label, or {@code null} when there is none. */
    static Stacks ofLabel(String label) {
        for (Stacks stacks : values()) {
            if (stacks.label.equals(label)) {
                return stacks;
            }
        }
        return null;
    }
}
