package io.notsock.verdict;

/** How the closing object's own life came to its end. */
public enum Ended {
    /** By itself, or by somebody who was entitled: a further close is its own fault. */
    RIGHTFULLY,
    /** Closed underneath it, which gave no alert at that time: a raw close of a bare owner's handle. */
    BY_STRANGER,
    /** Closed underneath it, and that was reported: what its own close now meets is a consequence. */
    REPORTED
}
