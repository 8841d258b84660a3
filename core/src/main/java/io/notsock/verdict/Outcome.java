package io.notsock.verdict;

/** How the OS answered a call that was judged before it went through. */
public enum Outcome {
    /** The call succeeded: something was open, which does not say whose. */
    SUCCESS,
    /** The call failed: for a close on Linux and Windows alike, the number was not open. */
    REFUSED,
    /** The answer cannot be seen. */
    UNSEEN
}
