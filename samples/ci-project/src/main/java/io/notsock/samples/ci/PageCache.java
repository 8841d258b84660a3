package io.notsock.samples.ci;

import com.sun.jna.Function;
import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.reflect.Field;

/** Tells Linux that a file's pages will not be needed again, by a call of the C library. */
final class PageCache {
    private static final int POSIX_FADV_DONTNEED = 4;

    private PageCache() {}

    static void forget(FileDescriptor descriptor) throws IOException {
        int fd = number(descriptor);
        Function.getFunction("c", "posix_fadvise").invokeInt(new Object[] {fd, 0L, 0L, POSIX_FADV_DONTNEED});
        Function.getFunction("c", "close").invokeInt(new Object[] {fd}); // the bug: its stream closes it, too
    }

    private static int number(FileDescriptor descriptor) throws IOException {
        try {
            Field field = FileDescriptor.class.getDeclaredField("fd");
            field.setAccessible(true);
            return field.getInt(descriptor);
        } catch (ReflectiveOperationException e) {
            throw new IOException(e);
        }
    }
}
