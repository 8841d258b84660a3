package io.notsock.track;

import io.notsock.alert.Frames;
import io.notsock.evidence.Act;

/** Compares from where two raw calls were made: the first frame outside the agent, JNA, proxies and reflection. */
final class CallSite {
    private CallSite() {}

    static boolean same(Act a, Act b) {
        StackTraceElement first = of(a);
        StackTraceElement second = of(b);
        return first != null
                && second != null
                && first.getClassName().equals(second.getClassName())
                && first.getMethodName().equals(second.getMethodName());
    }

    private static StackTraceElement of(Act act) {
        for (StackTraceElement frame : act.frames()) {
            if (!machinery(frame.getClassName())) {
                return frame;
            }
        }
        return null;
    }

    private static boolean machinery(String name) {
        return Frames.isAgent(name)
                || name.startsWith("com.sun.jna.")
                || name.contains(".com.sun.jna.") // a relocated copy
                || name.startsWith("com.sun.proxy.")
                || name.startsWith("jdk.proxy")
                || name.startsWith("$Proxy", name.lastIndexOf('.') + 1) // of an interface that is not public
                || name.startsWith("java.lang.invoke.")
                || name.startsWith("java.lang.reflect.")
                || name.startsWith("jdk.internal.reflect.")
                || name.startsWith("jdk.internal.foreign.");
    }
}
