package io.notsock.track;

import io.notsock.alert.Frames;
import io.notsock.evidence.Act;

/**
 * Compares from where two raw calls were made: the first frame outside the agent, JNA, proxies and reflection, and the
 * frame of the application's first other class behind it.
 *
 * <p>Two frames, because the first is often shared by all of a program: a class that jextract has generated, or a helper
 * around JNA. Whoever calls that is the one who closes. A helper around such a class is still taken for the closer: that
 * an unrelated close of it is named then is the price of finding the double close of an object that closes through it.
 */
final class CallSite {
    private CallSite() {}

    static boolean same(Act a, Act b) {
        StackTraceElement[] framesOfA = a.frames();
        StackTraceElement[] framesOfB = b.frames();
        int siteInA = site(framesOfA);
        int siteInB = site(framesOfB);
        if (siteInA < 0 || siteInB < 0 || !same(framesOfA[siteInA], framesOfB[siteInB])) {
            return false;
        }
        int callerInA = caller(framesOfA, siteInA);
        int callerInB = caller(framesOfB, siteInB);
        return callerInA < 0 || callerInB < 0
                ? callerInA == callerInB
                : same(framesOfA[callerInA], framesOfB[callerInB]);
    }

    private static boolean same(StackTraceElement a, StackTraceElement b) {
        return a.getClassName().equals(b.getClassName()) && a.getMethodName().equals(b.getMethodName());
    }

    private static int site(StackTraceElement[] frames) {
        int i = 0;
        while (i < frames.length && carries(frames[i])) {
            i++;
        }
        return i < frames.length ? i : -1;
    }

    /** The first frame of the application's behind the site that is of another class, nested ones left aside; or -1. */
    private static int caller(StackTraceElement[] frames, int site) {
        String wrapper = topLevel(frames[site]);
        for (int i = site + 1; i < frames.length; i++) {
            StackTraceElement frame = frames[i];
            if (!carries(frame)
                    && Frames.isApplication(frame)
                    && !topLevel(frame).equals(wrapper)) {
                return i;
            }
        }
        return -1;
    }

    private static String topLevel(StackTraceElement frame) {
        String name = frame.getClassName();
        int nested = name.indexOf('$');
        return nested > 0 ? name.substring(0, nested) : name;
    }

    /** Only carries the call; a native method is the bound function itself. */
    private static boolean carries(StackTraceElement frame) {
        return frame.isNativeMethod() || machinery(frame.getClassName());
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
