package io.notsock.os;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.notsock.evidence.Identity;
import io.notsock.track.AgentThread;

/**
 * Names what is behind a "file" of Windows: a path, {@code \\Device\\Afd} for a socket.
 *
 * <p>{@code NtQueryObject} waits for another thread's pending read on a pipe that is used synchronously, perhaps for ever. So
 * a thread of the agent asks, one that may be left behind; once that has happened nothing is asked any more.
 */
final class WindowsNames {
    private static final int OBJECT_NAME_INFORMATION = 1;
    private static final int SIZE = 2048;
    private static final long PATIENCE_MILLIS = 1000;

    private volatile boolean stuck;

    /** {@code file}, and its name where that can be had. */
    String of(long number) {
        if (stuck) {
            return Identity.FILE;
        }
        String[] name = new String[1];
        Thread asking = new AgentThread("notsock-name", () -> name[0] = ask(number));
        asking.start();
        try {
            asking.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stuck = asking.isAlive();
        return name[0] == null ? Identity.FILE : Identity.FILE + " " + name[0];
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
