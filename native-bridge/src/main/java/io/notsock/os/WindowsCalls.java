package io.notsock.os;

import com.sun.jna.Native;
import com.sun.jna.Pointer;

/**
 * The functions of Windows that are asked about handles. Direct mapping: no proxy, and no call passes JNA's {@code
 * Function}, which the agent hooks in the application's JNA.
 */
final class WindowsCalls {
    private WindowsCalls() {}

    /** Of kernel32.dll. */
    static final class Kernel32 {
        static {
            Native.register(Kernel32.class, "kernel32");
        }

        private Kernel32() {}

        /** Fails with ERROR_INVALID_HANDLE for what is not open; looks at the handle table only and so never waits. */
        static native boolean GetHandleInformation(long handle, int[] flags);
    }

    /** Of ntdll.dll. */
    static final class Ntdll {
        static {
            Native.register(Ntdll.class, "ntdll");
        }

        private Ntdll() {}

        static native int NtQuerySystemInformation(int what, Pointer into, int size, int[] length);

        static native int NtQueryObject(long handle, int what, Pointer into, int size, int[] length);
    }
}
