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
    /** Behind the command's parenthesis the third word comes first. */
    private static final int START_TIME = 22 - 3;

    private final String folder;
    /**
     * A link that is there as long as the folder can be believed. When the process's first thread has ended (a program that embeds the JVM may
     * leave its {@code main} by {@code pthread_exit}), or after a {@code chroot}, no number is there, whatever is open (proc(5)).
     */
    private final Path control;

    private ProcWitness(String folder, Path control) {
        this.folder = folder;
        this.control = control;
    }

    /** The witness of this process, or {@link Witness#SILENT} where {@code /proc} is not there to be asked. */
    public static Witness create() {
        return create("/proc/self/fd/", "/proc/self/exe");
    }

    static Witness create(String folder, String control) {
        return Files.isDirectory(Path.of(folder)) ? new ProcWitness(folder, Path.of(control)) : Witness.SILENT;
    }

    @Override
    public Answer ask(Space space, long number) {
        if (space != Space.FD) {
            return Answer.UNKNOWN;
        }
        Object link = readLink(Path.of(folder + number));
        if (link instanceof String) {
            return Answer.OPEN;
        }
        // Only "no such file" means closed: a failure of any other kind is no evidence.
        return link instanceof NoSuchFileException && believable() ? Answer.CLOSED : Answer.UNKNOWN;
    }

    private boolean believable() {
        return !(readLink(control) instanceof NoSuchFileException);
    }

    /** When the process began, in ticks since the machine did: the 22nd word of {@code /proc/self/stat} (proc(5)). */
    @Override
    public Object born() {
        try {
            String stat = Files.readString(Path.of("/proc/self/stat"));
            // The second word is the command in parentheses, which may have anything in it.
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[START_TIME];
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    @Override
    public String describe(Space space, long number) {
        Object link = space == Space.FD ? readLink(Path.of(folder + number)) : null;
        return link instanceof String ? (String) link : null;
    }

    @Override
    public Identity identify(Space space, long number) {
        Object link = space == Space.FD ? readLink(Path.of(folder + number)) : null;
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

    static String withoutDeleted(String link) {
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
    private static Object readLink(Path link) {
        return AccessController.doPrivileged(
                new PrivilegedAction<>() { // a lambda costs a millisecond at start
                    @Override
                    public Object run() {
                        try {
                            return Files.readSymbolicLink(link).toString();
                        } catch (IOException | RuntimeException e) {
                            return e;
                        }
                    }
                });
    }
}
