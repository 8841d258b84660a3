package io.notsock.evidence;

/** When the stack of an open or close is captured: the values of the option {@code stacks}. */
public enum StackPolicy {
    /** All of them as long as the cost stays within the budget, samples beyond. */
    AUTO,
    ALL,
    /** None but those of raw and foreign closes. */
    OFF
}
