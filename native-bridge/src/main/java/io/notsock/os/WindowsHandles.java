package io.notsock.os;

import com.sun.jna.Native;
import com.sun.jna.Pointer;

/** Lists the handles of a process: {@code NtQuerySystemInformation} tells those of all, from which its own are taken. */
final class WindowsHandles {
    private static final int SYSTEM_EXTENDED_HANDLE_INFORMATION = 64;
    private static final int STATUS_INFO_LENGTH_MISMATCH = 0xC0000004;

    /** The count and a reserved word, then for each handle: object, process, handle, and twelve bytes that say more. */
    private static final int HEADER = 16;

    private static final int ENTRY = 40;
    private static final int PROCESS = 8;
    private static final int HANDLE = 16;

    private static final int FIRST_SIZE = 1 << 18;
    private static final int MOST = 1 << 28;

    private WindowsHandles() {}

    /** In the order of the system's list. */
    static long[] ofProcess(long pid) {
        for (int size = FIRST_SIZE; size <= MOST; size *= 2) {
            long address = Native.malloc(size);
            if (address == 0) {
                break;
            }
            try {
                Pointer list = new Pointer(address);
                int status = WindowsCalls.Ntdll.NtQuerySystemInformation(
                        SYSTEM_EXTENDED_HANDLE_INFORMATION, list, size, new int[1]);
                if (status >= 0) {
                    return own(list, Math.min(list.getLong(0), (size - HEADER) / ENTRY), pid);
                }
                if (status != STATUS_INFO_LENGTH_MISMATCH) {
                    break;
                }
            } finally {
                Native.free(address);
            }
        }
        return new long[0];
    }

    private static long[] own(Pointer list, long count, long pid) {
        long[] found = new long[(int) count];
        int own = 0;
        for (int i = 0; i < count; i++) {
            long entry = HEADER + (long) i * ENTRY;
            if (list.getLong(entry + PROCESS) == pid) {
                found[own++] = list.getLong(entry + HANDLE);
            }
        }
        return java.util.Arrays.copyOf(found, own);
    }
}
