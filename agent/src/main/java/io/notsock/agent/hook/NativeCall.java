package io.notsock.agent.hook;

import io.notsock.catalog.Place;
import io.notsock.catalog.Role;
import io.notsock.track.Hook;
import io.notsock.track.Tracker;

/** One call of a native function through JNA, between its entry and its exit. */
final class NativeCall {
    /** What stands for the result of a function that the application declared as {@code void}: no failure by any rule. */
    private static final long RETURNED_NOTHING = 1;

    private final int hook;
    private final Object token;
    private final Object[] arguments;

    private NativeCall(int hook, Object token, Object[] arguments) {
        this.hook = hook;
        this.token = token;
        this.arguments = arguments;
    }

    static NativeCall before(Tracker tracker, int index, Object[] arguments) {
        Hook hook = tracker.hook(index);
        Role role = hook.entry().role();
        if (role == Role.OPEN || role == Role.ADOPT) {
            return new NativeCall(index, null, arguments);
        }
        Place place = hook.entry().numbers().get(0);
        long number = argument(arguments, place.argument());
        Place from = hook.entry().source();
        long source = from == null ? -1 : argument(arguments, from.argument());
        Object token = number < 0 ? null : tracker.before(index, null, number, source);
        return token == null ? null : new NativeCall(index, token, arguments);
    }

    void done(Tracker tracker, Object result) {
        if (token != null) {
            tracker.done(hook, token, result == null ? RETURNED_NOTHING : number(result));
            return;
        }
        for (Place place : tracker.hook(hook).entry().numbers()) {
            if (place.kind() == Place.Kind.RETURN) {
                opened(tracker, number(result));
            } else if (place.kind() == Place.Kind.ARGUMENT_ELEMENTS
                    && number(result) == 0
                    && place.argument() < arguments.length
                    && arguments[place.argument()] instanceof int[]) {
                for (int number : (int[]) arguments[place.argument()]) {
                    opened(tracker, number);
                }
            }
        }
    }

    private void opened(Tracker tracker, long number) {
        if (number >= 0) {
            tracker.after(hook, null, null, number);
        }
    }

    void failed(Tracker tracker) {
        if (token != null) {
            tracker.failed(hook, token);
        }
    }

    private static long argument(Object[] arguments, int index) {
        return index >= 0 && index < arguments.length ? number(arguments[index]) : -1;
    }

    private static long number(Object value) {
        return NativeValue.of(value);
    }
}
