package io.notsock.os;

import io.notsock.evidence.Identity;
import io.notsock.evidence.Witness;
import io.notsock.handle.Space;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.Map;

/**
 * Asks Linux by {@code readlink("/proc/self/fd/N")} (proc(5)): pure Java, 3 to 4 µs, and it takes no number itself, which
 * listing the folder would.
 */
public final class ProcWitness implements Witness {
    private static final String ANONYMOUS = "anon_inode:";
    private static final String DELETED = " (deleted)";

    private final String folder;

    private ProcWitness(String folder) {
        this.folder = folder;
    }

    /** The witness of this process, or {@link Witness#SILENT} where {@code /proc} is not there to be asked. */
    public static Witness create() {
        return create("/proc/self/fd/");
    }

    static Witness create(String folder) {
        return Files.isDirectory(Path.of(folder)) ? new ProcWitness(folder) : Witness.SILENT;
    }

    @Override
    public Answer ask(Space space, long number) {
        if (space != Space.FD) {
            return Answer.UNKNOWN;
        }
        Object link = readLink(number);
        if (link instanceof String) {
            return Answer.OPEN;
        }
        // Only "no such file" means closed: a failure of any other kind is no evidence.
        return link instanceof NoSuchFileException ? Answer.CLOSED : Answer.UNKNOWN;
    }

    @Override
    public String describe(Space space, long number) {
        Object link = space == Space.FD ? readLink(number) : null;
        return link instanceof String ? (String) link : null;
    }

    @Override
    public Identity identify(Space space, long number) {
        Object link = space == Space.FD ? readLink(number) : null;
        return link instanceof String ? identity(number, (String) link) : null;
    }

    /**
     * Sockets and pipes carry their inode in the link ({@code socket:[4711]}). Anonymous inodes ({@code
     * anon_inode:[eventpoll]}, eventfd, timerfd, inotify) all share one inode, and {@code fdinfo} cannot be read without
     * taking a number: of them only the kind is known. What has a path is told by device and inode.
     */
    private Identity identity(long number, String link) {
        int bracket = link.indexOf(":[");
        if (bracket > 0 && link.endsWith("]") && !link.startsWith(ANONYMOUS)) {
            try {
                long inode = Long.parseLong(link.substring(bracket + 2, link.length() - 1));
                return new Identity(link.substring(0, bracket), 0, inode, link);
            } catch (IllegalArgumentException e) {
                return new Identity(link, 0, 0, link);
            }
        }
        if (!link.startsWith("/")) {
            return new Identity(link, 0, 0, link);
        }
        Map<String, Object> stat = stat(number);
        return stat == null
                ? null
                : new Identity(Identity.FILE, (Long) stat.get("dev"), (Long) stat.get("ino"), withoutDeleted(link));
    }

    private static String withoutDeleted(String link) {
        return link.endsWith(DELETED) ? link.substring(0, link.length() - DELETED.length()) : link;
    }

    /** By stat(2) through the link, which opens nothing; {@code null} where that is refused. */
    @SuppressWarnings("removal")
    private Map<String, Object> stat(long number) {
        return AccessController.doPrivileged((PrivilegedAction<Map<String, Object>>) () -> {
            try {
                return Files.readAttributes(Path.of(folder + number), "unix:dev,ino");
            } catch (IOException | RuntimeException e) {
                return null;
            }
        });
    }

    @SuppressWarnings("removal") // a SecurityManager of JDK 11 or 17 would refuse the application's thread
    private Object readLink(long number) {
        return AccessController.doPrivileged(
                new PrivilegedAction<>() { // a lambda costs a millisecond at start
                    @Override
                    public Object run() {
                        try {
                            return Files.readSymbolicLink(Path.of(folder + number))
                                    .toString();
                        } catch (IOException | RuntimeException e) {
                            return e;
                        }
                    }
                });
    }
}
