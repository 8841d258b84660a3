package io.notsock.agent.hook;

import io.notsock.catalog.Entry;
import io.notsock.catalog.Failure;
import io.notsock.catalog.Place;
import io.notsock.catalog.Role;
import io.notsock.handle.Space;
import io.notsock.track.Tracker;

/**
 * One call of a native function with plain values, between its entry and its exit; the same for JNA's interface mapping
 * and direct mapping and for the JDK's foreign-function API.
 *
 * <p>Return codes and errno decide, as the man pages say.
 */
final class NativeCall {
    private static final long[] NOTHING = {};

    private final Tracker tracker;
    private final Entry entry;
    private final int hook;
    private final Object[] arguments;
    private final Errno errno;
    private Object token;
    /** The same call, as another entry of the catalog means it; {@code null} for none. */
    private NativeCall next;

    private NativeCall(Tracker tracker, Entry entry, int hook, Object[] arguments, Errno errno) {
        this.tracker = tracker;
        this.entry = entry;
        this.hook = hook;
        this.arguments = arguments;
        this.errno = errno;
    }

    /**
     * The call is about to run; {@code null} where its exit is of no interest.
     *
     * @param candidates the function's entries; those that mean a call with these arguments are told
     * @param ffm called through the JDK's foreign-function API, not through JNA
     */
    static NativeCall before(
            Tracker tracker, NativeFunction[] candidates, boolean ffm, Object[] arguments, Errno errno) {
        NativeCall first = null;
        NativeCall last = null;
        for (NativeFunction candidate : candidates) {
            NativeCall call = candidate.means(arguments)
                    ? before(tracker, candidate, ffm ? candidate.ffm : candidate.jna, arguments, errno)
                    : null;
            if (call != null && first == null) {
                first = call;
            } else if (call != null) {
                last.next = call;
            }
            last = call == null ? last : call;
        }
        return first;
    }

    private static NativeCall before(
            Tracker tracker, NativeFunction function, int hook, Object[] arguments, Errno errno) {
        NativeCall call = new NativeCall(tracker, function.entry, hook, arguments, errno);
        Role role = call.entry.role();
        if (role == Role.OPEN || role == Role.USE) {
            return call;
        }
        Place place = call.entry.numbers().get(0);
        if (place.kind() == Place.Kind.ARGUMENT_RANGE) {
            // closefrom has no upper end
            long last = place.argument() + 1 < arguments.length && call.entry.condition() != null
                    ? Values.unsigned(arguments[place.argument() + 1])
                    : Long.MAX_VALUE;
            call.token = tracker.beforeRange(hook, Values.unsigned(call.argument(place.argument())), last);
        } else {
            long number = call.number(place);
            Place from = call.entry.source();
            call.token = number < 0 ? null : tracker.before(hook, null, number, from == null ? -1 : call.number(from));
        }
        return call.token == null ? null : call;
    }

    /** The call returned; {@code null} for a result that nobody asked for. */
    void done(Object result) {
        for (NativeCall call = this; call != null; call = call.next) {
            call.returned(result);
        }
    }

    private void returned(Object result) {
        long value = value(result);
        switch (entry.role()) {
            case OPEN:
                opened(value);
                if (entry.source() != null) {
                    tracker.wraps(hook, value, number(entry.source()));
                }
                break;
            case USE:
                if (entry.source() != null) {
                    tracker.wraps(hook, number(entry.numbers().get(0)), value);
                    break;
                }
                if (entry.numbers().get(0).kind() == Place.Kind.POLL_FDS) {
                    usesRefused(
                            value > 0
                                    ? Structures.notOpen(
                                            arguments, entry.numbers().get(0))
                                    : NOTHING);
                    break;
                }
                if (notOpen(value)) {
                    useRefused();
                }
                break;
            default:
                if (value == Values.NONE) {
                    tracker.unseen(hook, token);
                } else {
                    tracker.done(hook, token, closedAllTheSame(value) ? 0 : value);
                }
                break;
        }
    }

    /** The call threw: JNA makes an exception of errno where the program has asked for it. */
    void failed(Throwable thrown) {
        for (NativeCall call = this; call != null; call = call.next) {
            call.threw(thrown);
        }
    }

    private void threw(Throwable thrown) {
        int error = Errno.of(thrown);
        if (entry.role() == Role.USE) {
            if (error == Errno.EBADF) {
                useRefused();
            }
        } else if (entry.role() != Role.OPEN) {
            if (entry.failure() == Failure.EBADF && error > 0 && error != Errno.EBADF) {
                tracker.done(hook, token, 0);
            } else {
                tracker.failed(hook, token);
            }
        }
    }

    /** Linux frees the number of a close whatever else went wrong; only EBADF means that there was none. */
    private boolean closedAllTheSame(long value) {
        if (entry.failure() != Failure.EBADF || value != -1) {
            return false;
        }
        int error = errno.get();
        return error > 0 && error != Errno.EBADF;
    }

    /** Whether a use has failed because the number is not open: the function returns the error's number, or leaves it in errno. */
    private boolean notOpen(long value) {
        boolean byResult = entry.failure() == Failure.NOT_ZERO && value == Errno.EBADF;
        return byResult || (value == -1 && errno.get() == Errno.EBADF);
    }

    private void useRefused() {
        for (Place place : entry.numbers()) {
            if (place.kind() == Place.Kind.FD_SETS) {
                usesRefused(Structures.inSets(arguments, place));
            } else {
                tracker.useRefused(hook, number(place));
            }
        }
    }

    private void usesRefused(long[] numbers) {
        for (long number : numbers) {
            tracker.useRefused(hook, number);
        }
    }

    private void opened(long result) {
        boolean refused = result != Values.NONE && entry.failure().isFailure(result);
        if (refused) {
            return;
        }
        for (Place place : entry.numbers()) {
            if (place.kind() == Place.Kind.RETURN) {
                opened(new long[] {result});
            } else if (place.kind() == Place.Kind.RIGHTS) {
                opened(result >= 0 ? Structures.received(argument(place.argument())) : NOTHING);
            } else if (result != Values.NONE) {
                // a pair of descriptors, or one handle of a pointer's size
                boolean pair = place.kind() == Place.Kind.ARGUMENT_ELEMENTS;
                int bytes = entry.space() == Space.FD || entry.space() == Space.CRT_FD ? Integer.BYTES : Long.BYTES;
                opened(Values.stored(argument(place.argument()), pair ? 2 : 1, bytes));
            }
        }
    }

    private void opened(long[] numbers) {
        for (long number : numbers) {
            if (number >= 0) {
                tracker.after(hook, null, null, number);
            }
        }
    }

    private long number(Place place) {
        Object argument = argument(place.argument());
        return entry.space() == Space.FD ? Values.number(argument) : NativeValue.of(argument);
    }

    private Object argument(int index) {
        return index >= 0 && index < arguments.length ? arguments[index] : null;
    }

    /** A C int as a program may have declared it: long, or boolean for "not zero". */
    private long value(Object result) {
        if (result instanceof Boolean) {
            boolean nonZero = (Boolean) result;
            return !nonZero ? 0 : entry.failure() == Failure.MINUS_ONE || entry.failure() == Failure.EBADF ? -1 : 1;
        }
        if (entry.space() == Space.FD) {
            return Values.number(result);
        }
        return result == null ? Values.NONE : NativeValue.of(result);
    }
}
