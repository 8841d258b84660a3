package io.notsock.agent.hook;

import io.notsock.catalog.Place;
import java.nio.ByteOrder;

/**
 * Reads the numbers out of what a system call of Linux was given: the sets of select(2), the array of poll(2), the message
 * of recvmsg(2), as they are on machines with 64 bits. The kernel has read and written the same bytes a moment ago.
 */
final class Structures {
    private static final long[] NOTHING = {};

    /** Elsewhere the structures are laid out otherwise, and nothing is read. */
    private static final boolean KNOWN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
            && "64".equals(System.getProperty("sun.arch.data.model"));

    /** What a set of select(2) has room for; the C library gives no larger ones. */
    private static final int FD_SETSIZE = 1024;
    /** More would be a count that was never meant. */
    private static final int MANY = 4096;

    /** {@code struct pollfd}: the descriptor, then two shorts, which one long holds too (all these machines are little-endian). */
    private static final int POLL_FD_SIZE = 8;

    private static final int EVENTS_SHIFT = 32;
    private static final int REVENTS_SHIFT = 48;
    private static final int SHORT_MASK = 0xFFFF;
    private static final int POLLNVAL = 0x20;

    /** {@code struct msghdr}: where the control data is, and how much came. */
    private static final int CONTROL = 32;

    private static final int CONTROL_LENGTH = 40;
    private static final int HEADER = 16;
    private static final int SOL_SOCKET = 1;
    private static final int SCM_RIGHTS = 1;
    /** The kernel passes no more at once (SCM_MAX_FD is 253). */
    private static final long MOST_CONTROL = 16_384;

    private Structures() {}

    /** Every number in the sets of a select(2) that was refused: it has left them as they were. */
    static long[] inSets(Object[] arguments, Place place) {
        int first = place.argument();
        long count = first - 1 < arguments.length ? Values.signed(arguments[first - 1]) : 0;
        boolean[] in = new boolean[FD_SETSIZE];
        int found = 0;
        for (int set = first; set < first + 3 && set < arguments.length; set++) {
            for (int fd = 0; fd < Math.min(count, FD_SETSIZE); fd++) {
                if (!in[fd] && (word(arguments[set], fd / Long.SIZE) >>> (fd % Long.SIZE) & 1) != 0) {
                    in[fd] = true;
                    found++;
                }
            }
        }
        long[] numbers = new long[found];
        for (int fd = FD_SETSIZE - 1; fd >= 0; fd--) {
            if (in[fd]) {
                numbers[--found] = fd;
            }
        }
        return numbers;
    }

    /**
     * Every number that poll(2) has marked as not open. Who waits for no event asks whether it is open, and may know the
     * answer.
     */
    static long[] notOpen(Object[] arguments, Place place) {
        int first = place.argument();
        long count = first + 1 < arguments.length ? Values.signed(arguments[first + 1]) : 0;
        long[] numbers = new long[(int) Math.max(0, Math.min(count, MANY))];
        int found = 0;
        for (int i = 0; i < numbers.length; i++) {
            long entry = word(arguments[first], i * POLL_FD_SIZE / Long.BYTES);
            boolean waits = (entry >>> EVENTS_SHIFT & SHORT_MASK) != 0;
            if (waits && (entry >>> REVENTS_SHIFT & POLLNVAL) != 0) {
                numbers[found++] = (int) entry;
            }
        }
        return java.util.Arrays.copyOf(numbers, found);
    }

    /** The descriptors that another process has passed in a message. */
    static long[] received(Object message) {
        long address = address(message);
        if (address == 0) {
            return NOTHING;
        }
        long at = HookReceiver.memory(address + CONTROL);
        long left = HookReceiver.memory(address + CONTROL_LENGTH);
        if (at == 0 || left < HEADER || left > MOST_CONTROL) {
            return NOTHING;
        }
        long[] numbers = NOTHING;
        while (left >= HEADER) {
            long length = HookReceiver.memory(at);
            if (length < HEADER || length > left) {
                break;
            }
            long kind = HookReceiver.memory(at + Long.BYTES);
            if ((int) kind == SOL_SOCKET && (int) (kind >>> Integer.SIZE) == SCM_RIGHTS) {
                int count = (int) (length - HEADER) / Integer.BYTES;
                int before = numbers.length;
                numbers = java.util.Arrays.copyOf(numbers, before + count);
                for (int i = 0; i < count; i++) {
                    // the data begins at a multiple of eight and its room is padded to one
                    long pair = HookReceiver.memory(at + HEADER + (long) (i / 2) * Long.BYTES);
                    numbers[before + i] = (int) (pair >>> (i % 2 * Integer.SIZE));
                }
            }
            long room = length + Long.BYTES - 1 & -Long.BYTES;
            at += room;
            left -= room;
        }
        return numbers;
    }

    /** Eight bytes of an array or of what a pointer points to; 0 where there is none. */
    private static long word(Object pointer, int index) {
        if (pointer instanceof long[]) {
            long[] array = (long[]) pointer;
            return index < array.length ? array[index] : 0;
        }
        if (pointer instanceof int[]) {
            int[] array = (int[]) pointer;
            int low = 2 * index;
            return low + 1 < array.length ? (long) array[low + 1] << Integer.SIZE | array[low] & 0xFFFFFFFFL : 0;
        }
        long address = address(pointer);
        return address == 0 ? 0 : HookReceiver.memory(address + (long) index * Long.BYTES);
    }

    private static long address(Object pointer) {
        boolean plain = pointer == null || pointer instanceof Number || pointer instanceof Boolean;
        if (Segments.isSegment(pointer) && !Segments.isReadable(pointer)) {
            return 0;
        }
        long address = plain || !KNOWN ? 0 : NativeValue.of(pointer);
        return address == -1 ? 0 : address;
    }
}
