package io.notsock.os;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.notsock.track.AgentThread;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * Names what is behind "files" of Windows: a path, {@code \\Device\\Afd} for a socket.
 *
 * <p>{@code NtQueryObject} waits for another thread's pending read on a pipe that is used synchronously, perhaps for ever. So
 * a thread of the agent asks, one for all, that may be left behind; once that has happened nothing is asked any more.
 */
final class WindowsNames {
    private static final int OBJECT_NAME_INFORMATION = 1;
    private static final int SIZE = 2048;
    private static final long PATIENCE_MILLIS = 1000;

    private final LongFunction<String> asker;
    private final long patienceMillis;
    private volatile boolean stuck;

    WindowsNames() {
        this(WindowsNames::ask, PATIENCE_MILLIS);
    }

    /**
     * @param asker the name behind a number, or {@code null}; may never return
     * @param patienceMillis how long one name may take
     */
    WindowsNames(LongFunction<String> asker, long patienceMillis) {
        this.asker = asker;
        this.patienceMillis = patienceMillis;
    }

    /** The names of those that have one and tell it in time. */
    Map<Long, String> of(List<Long> numbers) {
        Map<Long, String> names = new HashMap<>();
        if (stuck || numbers.isEmpty()) {
            return names;
        }
        Asking asking = new Asking(numbers);
        Thread thread = new AgentThread("notsock-name", asking);
        thread.start();
        int known = 0;
        while (known < numbers.size()) {
            try {
                thread.join(patienceMillis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
            int answered = asking.answered;
            if (answered == known) {
                stuck = thread.isAlive();
                break;
            }
            known = answered;
        }
        for (int i = 0; i < known; i++) {
            if (asking.names[i] != null) {
                names.put(numbers.get(i), asking.names[i]);
            }
        }
        return names;
    }

    private final class Asking implements Runnable {
        private final List<Long> numbers;
        private final String[] names;
        /** How many names are there; written after them, so that whoever reads it sees those. */
        private volatile int answered;

        Asking(List<Long> numbers) {
            this.numbers = numbers;
            this.names = new String[numbers.size()];
        }

        @Override
        public void run() {
            for (int i = 0; i < names.length && !stuck; i++) {
                names[i] = asker.apply(numbers.get(i));
                answered = i + 1;
            }
        }
    }

    private static String ask(long number) {
        long address = Native.malloc(SIZE);
        if (address == 0) {
            return null;
        }
        try {
            Pointer memory = new Pointer(address);
            int status = WindowsCalls.Ntdll.NtQueryObject(number, OBJECT_NAME_INFORMATION, memory, SIZE, new int[1]);
            int length = status < 0 ? 0 : (memory.getShort(0) & 0xFFFF) / Character.BYTES;
            return length == 0
                    ? null
                    : new String(memory.getPointer(Native.POINTER_SIZE).getCharArray(0, length));
        } finally {
            Native.free(address);
        }
    }
}
