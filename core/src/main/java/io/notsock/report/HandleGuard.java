package io.notsock.report;

import java.io.FileDescriptor;
import java.nio.file.Path;

/**
 * Answers whether a descriptor of ours is still ours: a bug of the application may have closed its number, and the OS
 * may have given that to a socket in which our lines must not land.
 */
@FunctionalInterface
public interface HandleGuard {
    /** Trusts every descriptor, for tools that run in a process of their own. */
    HandleGuard NONE = new HandleGuard() { // a lambda costs a millisecond at start
                @Override
                public boolean holds(FileDescriptor descriptor, Path file) {
                    return true;
                }
            };

    /**
     * Whether the descriptor still names what it was opened for. Must not throw; answers false only where that is sure,
     * because a false costs the alert.
     *
     * @param file what it was opened for; {@code null} for the JVM's stderr
     */
    boolean holds(FileDescriptor descriptor, Path file);
}
