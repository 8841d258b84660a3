package io.notsock.e2e.truth;

import java.util.ArrayList;
import java.util.List;

/** One tenure of a number as the kernel saw it: the call that gave it out, those that replaced it, the one that freed it. */
final class KernelLife {
    final int number;
    /** {@code null} for a number the process was started with. */
    final KernelCall opener;
    /** The step of the program in which it was opened. */
    final String step;

    final List<KernelCall> replacements = new ArrayList<>();
    final List<JournalLine> journal = new ArrayList<>();
    KernelCall closer;
    /** Closed when the journal was being written already, which it therefore does not tell. */
    boolean closedLate;
    /** The JVM ended before the opener's thread did anything else. */
    boolean cutOff;

    KernelLife(int number, KernelCall opener, String step) {
        this.number = number;
        this.opener = opener;
        this.step = step;
    }

    /** Whether something noted at this time belongs here: noted after the opening had returned, before the close. */
    boolean holds(long micros) {
        return (opener == null || opener.leftMicros() <= micros)
                && (closer == null || micros <= closer.enteredMicros());
    }

    /** Whether the journal has to tell its close. */
    boolean closedInTime() {
        return closer != null && !closedLate;
    }

    boolean closedByItsThread() {
        return closer != null && opener != null && closer.thread() == opener.thread();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("number " + number + " in step " + step + "\n");
        text.append("  opened   ")
                .append(opener == null ? "before the program" : opener)
                .append('\n');
        replacements.forEach(r -> text.append("  replaced ").append(r).append('\n'));
        if (closer != null) {
            text.append("  closed   ").append(closer).append('\n');
        }
        journal.forEach(j -> text.append("  journal  ").append(j).append('\n'));
        return text.toString();
    }
}
