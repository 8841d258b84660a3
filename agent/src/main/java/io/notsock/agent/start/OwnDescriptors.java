package io.notsock.agent.start;

import io.notsock.evidence.Identity;
import io.notsock.evidence.Witness;
import io.notsock.handle.Space;
import io.notsock.registry.Life;
import io.notsock.registry.Registry;
import io.notsock.report.HandleGuard;
import java.io.FileDescriptor;
import java.io.IOException;
import java.io.NotsockHooks;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Asks registry and OS whether a descriptor of the agent still names the agent's file: if a bug of the application has
 * closed it, our lines must not land in what got the number.
 */
final class OwnDescriptors implements HandleGuard {
    private final Registry registry;
    private final Witness witness;
    private final Space space;
    private final String stderr;

    /** @param space where the numbers of descriptors are on this OS */
    OwnDescriptors(Registry registry, Witness witness, Space space) {
        this.registry = registry;
        this.witness = witness;
        this.space = space;
        this.stderr = witness.describe(space, NotsockHooks.number(FileDescriptor.err));
    }

    @Override
    public boolean holds(FileDescriptor descriptor, Path file) {
        long number = NotsockHooks.number(descriptor);
        if (number < 0) {
            return false;
        }
        Life life = registry.current(space, number);
        if (file == null) {
            return holdsStderr(number, life, witness.describe(space, number));
        }
        if (life != null && life.live() && life.ownerRef(descriptor) == null) {
            return false;
        }
        String now = witness.describe(space, number);
        if (now == null) {
            // Free just now, or nothing that this OS describes; if free, it may have been given out again meanwhile.
            if (witness.ask(space, number) == Witness.Answer.CLOSED) {
                return false;
            }
            now = witness.describe(space, number);
        }
        return now == null || !somethingElse(now, file);
    }

    /** Only where it is sure: a pipe, a device or a file renamed meanwhile may well be what we opened. */
    private boolean somethingElse(String now, Path file) {
        if (space == Space.HANDLE) {
            return !now.equals(Identity.FILE); // a thread, an event: Windows tells the type, and no more
        }
        if (now.startsWith("socket:") || now.startsWith("anon_inode:")) {
            return true;
        }
        return now.startsWith("/") && Files.isRegularFile(file) && !now.equals(real(file));
    }

    /**
     * Standard error may be redirected by the application, on purpose; a socket or a file that the application opened
     * there is somebody else's.
     */
    private boolean holdsStderr(long number, Life life, String now) {
        if (life != null && life.live()) {
            return false;
        }
        boolean becameSocket = now != null && now.startsWith("socket:") && !now.equals(stderr);
        return !becameSocket && witness.ask(space, number) != Witness.Answer.CLOSED;
    }

    private static String real(Path file) {
        try {
            return file.toRealPath().toString();
        } catch (IOException e) {
            return file.toAbsolutePath().normalize().toString();
        }
    }
}
