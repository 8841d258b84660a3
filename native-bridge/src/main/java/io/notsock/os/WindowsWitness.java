package io.notsock.os;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.notsock.evidence.Identity;
import io.notsock.evidence.Witness;
import io.notsock.handle.Space;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Asks Windows about a handle through JNA: whether it is open ({@code GetHandleInformation}), and which type its object
 * has ({@code NtQueryObject}).
 *
 * <p>Both answer out of the process's handle table. {@code GetFileType} and {@code getsockopt}, which would tell a socket
 * from a file, are not called: on a pipe that is used synchronously, as the JDK uses those of child processes, they wait for
 * another thread's pending read, and the witness is asked in the application's thread.
 *
 * <p>Loading JNA unpacks and loads a library, so the agent's own thread makes this object ({@link WitnessOnDemand}).
 */
public final class WindowsWitness implements Witness {
    private static final int ERROR_INVALID_HANDLE = 6;
    private static final int OBJECT_TYPE_INFORMATION = 2;
    private static final int SIZE = 1024;

    /** Offset of UNICODE_STRING.Buffer: behind two shorts, aligned as a pointer. */
    private static final int BUFFER = Native.POINTER_SIZE;

    private final WindowsNames names = new WindowsNames();

    /** @throws LinkageError where JNA or one of the functions cannot be had */
    public WindowsWitness() {
        // The pseudo handle of the process: shows that both calls work, here rather than inside a suspicious call.
        ask(Space.HANDLE, 0);
        describe(Space.HANDLE, 0);
    }

    @Override
    public Answer ask(Space space, long number) {
        if (space != Space.HANDLE) {
            return Answer.UNKNOWN;
        }
        if (WindowsCalls.Kernel32.GetHandleInformation(number, new int[1])) {
            return Answer.OPEN;
        }
        return Native.getLastError() == ERROR_INVALID_HANDLE ? Answer.CLOSED : Answer.UNKNOWN;
    }

    /** The word of Windows for the object's type, in small letters; sockets, pipes and folders are files to it. */
    @Override
    public String describe(Space space, long number) {
        if (space != Space.HANDLE) {
            return null;
        }
        // Not by JNA's Memory: its first one starts a thread, whose handles would take the number that is asked about.
        long address = Native.malloc(SIZE);
        if (address == 0) {
            return null;
        }
        try {
            Pointer memory = new Pointer(address);
            int status = WindowsCalls.Ntdll.NtQueryObject(number, OBJECT_TYPE_INFORMATION, memory, SIZE, new int[1]);
            int length = status < 0 ? 0 : (memory.getShort(0) & 0xFFFF) / Character.BYTES;
            return length == 0
                    ? null
                    : new String(memory.getPointer(BUFFER).getCharArray(0, length)).toLowerCase(Locale.ROOT);
        } finally {
            Native.free(address);
        }
    }

    @Override
    public Map<Long, String> list() {
        Map<Long, String> handles = new HashMap<>();
        List<Long> files = new ArrayList<>();
        for (long number : WindowsHandles.ofProcess(ProcessHandle.current().pid())) {
            String type = describe(Space.HANDLE, number);
            if (type != null) { // else closed while we looked
                handles.put(number, type);
                if (type.equals(Identity.FILE)) {
                    files.add(number);
                }
            }
        }
        names.of(files).forEach((number, name) -> handles.put(number, Identity.FILE + " " + name));
        return handles;
    }

    @Override
    public Identity identify(Space space, long number) {
        String type = describe(space, number);
        // A "file" may be a socket, a pipe or a file, and which is not asked: that is no evidence.
        return type == null || type.equals(Identity.FILE) ? null : new Identity(type, 0, 0, null);
    }
}
