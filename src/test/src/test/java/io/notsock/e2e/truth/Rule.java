package io.notsock.e2e.truth;

import java.util.regex.Pattern;

/**
 * Why something that the kernel saw need not be in the journal: a number that Java never gets to know.
 *
 * @param name as in docs/truth.md
 * @param step the steps of the program in which it may come up
 * @param end how such a number ends
 * @param call the opening call, as strace writes it
 */
record Rule(String name, Pattern step, End end, Pattern call) {
    enum End {
        /** Closed by the thread that opened it: within one native. */
        SAME_THREAD,
        /** Java has opened it, and a native of the library closes it when the call fails: only the open is in the journal. */
        FAILED_CALL,
        NEVER
    }

    static Rule of(String name, String step, End end, String call) {
        return new Rule(name, Pattern.compile(step), end, Pattern.compile(call));
    }

    /** Why there is no close in the journal of what that has seen opened. */
    boolean explainsMissingClose(KernelLife life) {
        return end == End.FAILED_CALL && life.closedByItsThread() && fits(life);
    }

    /** Why there is nothing at all. */
    boolean explains(KernelLife life) {
        if (end == End.FAILED_CALL) {
            return false;
        }
        boolean ended = end == End.NEVER ? life.closer == null : life.closedByItsThread() || life.cutOff;
        return ended && fits(life);
    }

    private boolean fits(KernelLife life) {
        return step.matcher(life.step).matches()
                && call.matcher(life.opener.name() + "(" + life.opener.arguments() + ")")
                        .matches();
    }
}
