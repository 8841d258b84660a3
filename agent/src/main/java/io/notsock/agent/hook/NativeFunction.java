package io.notsock.agent.hook;

import io.notsock.catalog.Condition;
import io.notsock.catalog.Entry;
import io.notsock.catalog.Target;

/** One native function of one catalog entry, with the hooks that stand for it on each road. Immutable. */
final class NativeFunction {
    final Entry entry;
    final Target target;
    /** Index of the hook for calls through JNA. */
    final int jna;
    /** Index of the hook for calls through the JDK's foreign-function API. */
    final int ffm;

    NativeFunction(Entry entry, Target target, int jna, int ffm) {
        this.entry = entry;
        this.target = target;
        this.jna = jna;
        this.ffm = ffm;
    }

    /** Whether the entry means a call with these arguments. */
    boolean means(Object[] arguments) {
        for (Condition each = entry.condition(); each != null; each = each.and()) {
            if (each.argument() >= arguments.length || !each.holds(value(arguments[each.argument()]))) {
                return false;
            }
        }
        return true;
    }

    /** A HANDLE comes as an object of JNA's or as a segment, too. */
    private static long value(Object argument) {
        return argument == null || argument instanceof Number ? Values.signed(argument) : NativeValue.of(argument);
    }
}
