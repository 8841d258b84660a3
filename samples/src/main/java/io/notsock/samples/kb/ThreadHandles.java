package io.notsock.samples.kb;

import com.sun.jna.Callback;
import com.sun.jna.CallbackThreadInitializer;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import java.util.concurrent.CountDownLatch;

/** A thread of the C runtime on Windows, whose handle is closed by hand although the runtime will close it. This is the bug. */
final class ThreadHandles {
    private static final int SOL_SOCKET = 0xFFFF;
    private static final int SO_TYPE = 0x1008;

    /** The C runtime, as JNA maps it. */
    interface Crt extends Library {
        Crt LIBRARY = Native.load("msvcrt", Crt.class);

        long _beginthread(Routine routine, int stack, Pointer argument);
    }

    /** The system, as JNA maps it. */
    interface Kernel32 extends Library {
        Kernel32 LIBRARY = Native.load("kernel32", Kernel32.class);

        boolean CloseHandle(long handle);
    }

    /** The sockets, as JNA maps them. */
    interface Winsock extends Library {
        Winsock LIBRARY = Native.load("ws2_32", Winsock.class);

        int getsockopt(long socket, int level, int option, IntByReference value, IntByReference length);
    }

    /** What a thread of the C runtime runs. */
    interface Routine extends Callback {
        void run(Pointer argument);
    }

    private final CountDownLatch runs = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    /** Kept for as long as the thread may run it. */
    private final Routine routine = argument -> {
        runs.countDown();
        try {
            mayEnd.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    };

    ThreadHandles() {
        isSocket(-1); // loaded before the story begins: loading opens files, and could take the number in question
        Kernel32.LIBRARY.CloseHandle(-1);
        Native.setCallbackThreadInitializer(routine, new CallbackThreadInitializer(true)); // the JVM may end before it
    }

    /** Starts the thread; its handle. */
    long begin() throws InterruptedException {
        long handle = Crt.LIBRARY._beginthread(routine, 0, Pointer.NULL);
        runs.await();
        return handle;
    }

    Void close(long handle) {
        if (!Kernel32.LIBRARY.CloseHandle(handle)) {
            throw new IllegalStateException("CloseHandle(" + handle + ") failed");
        }
        return null;
    }

    /** Lets the thread end; the C runtime closes its handle then, soon. */
    Void end() {
        mayEnd.countDown();
        return null;
    }

    static boolean isSocket(long handle) {
        IntByReference value = new IntByReference();
        return Winsock.LIBRARY.getsockopt(handle, SOL_SOCKET, SO_TYPE, value, new IntByReference(Integer.BYTES)) == 0;
    }
}
