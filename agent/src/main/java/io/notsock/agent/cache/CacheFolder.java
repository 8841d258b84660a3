package io.notsock.agent.cache;

import io.notsock.report.Folders;
import io.notsock.report.OwnerOnly;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Where cache files lie. What is read here becomes code of {@code java.base}, so nobody may have written it but this user,
 * or root, who could do anything to this JVM anyway.
 *
 * <p>On Windows the folder lies in the user's profile, whose access list says that (none is checked here).
 */
final class CacheFolder {
    private static final String SUFFIX = ".classes";
    private static final String UNFINISHED = ".unfinished";
    private static final long UNUSED_MILLIS = TimeUnit.DAYS.toMillis(30);
    private static final int OTHERS_WRITE = 0_022;
    private static final LinkOption[] THE_LINK = {LinkOption.NOFOLLOW_LINKS};

    private final Path folder;
    private final boolean posix;

    CacheFolder(Path folder, boolean posix) {
        this.folder = folder;
        this.posix = posix;
    }

    /** The content of a file that can be trusted; {@code null} for none. */
    byte[] read(String name) {
        Path file = folder.resolve(name.concat(SUFFIX));
        try {
            Object self = posix ? Files.getAttribute(Path.of("/proc/self"), "unix:uid") : null;
            return isTrusted(folder, self) && isTrusted(file, self) ? content(file) : null;
        } catch (IOException | RuntimeException e) {
            return null; // not there, mostly; and a cache that cannot be read is not worth a word
        }
    }

    /** By a stream, which the JVM has loaded long since; the channels of NIO are not, and are to be woven themselves. */
    private static byte[] content(Path path) throws IOException {
        File file = path.toFile();
        try (FileInputStream in = new FileInputStream(file)) {
            byte[] bytes =
                    new byte[(int) file.length()]; // in one read, where readAllBytes of 11 makes one for every 8 KB
            int length = in.readNBytes(bytes, 0, bytes.length);
            return length == bytes.length ? bytes : Arrays.copyOf(bytes, length); // then the checksum will not do
        }
    }

    private boolean isTrusted(Path path, Object self) throws IOException {
        if (!posix) {
            return true;
        }
        Map<String, Object> file = Files.readAttributes(path, "unix:uid,mode", THE_LINK);
        Object uid = file.get("uid");
        return ((Integer) file.get("mode") & OTHERS_WRITE) == 0 && (uid.equals(0) || uid.equals(self));
    }

    /**
     * Puts a file there in one step: a start at the same time sees the old one or the new one, whole. The name of the
     * unfinished one is our own, since {@code Files.createTempFile} asks a {@code SecureRandom}, and the first of a JVM
     * holds two descriptors for good ({@code NativePRNG}); should somebody have the same, it fails and the next start writes.
     */
    void write(String name, byte[] content) throws IOException {
        Folders.create(folder, OwnerOnly.folder(folder));
        Path unfinished = folder.resolve(name + "-" + Long.toHexString(System.nanoTime()) + UNFINISHED);
        Set<StandardOpenOption> ours = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        FileChannel channel = FileChannel.open(unfinished, ours, OwnerOnly.file(folder));
        try {
            writeAtOnce(channel, content);
            Files.move(unfinished, folder.resolve(name.concat(SUFFIX)), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        tidy();
    }

    /**
     * Writes and closes; in one call where the OS takes it all, and by position: should a bug of the application close our
     * number and give it to a socket in between, a positional write fails there (ESPIPE, pwrite(2)) and no stranger gets our
     * bytes.
     */
    private static void writeAtOnce(FileChannel file, byte[] content) throws IOException {
        try (file) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                file.write(bytes, bytes.position());
            }
        }
    }

    /**
     * Removes what nothing has written for a month: another JDK's, an older agent's, what an ended JVM left unfinished. What
     * cannot be removed stays, which harms nobody; and a start at the same time finishes its file, or removes one, between
     * our seeing it and our asking for its age.
     */
    private void tidy() {
        long limit = System.currentTimeMillis() - UNUSED_MILLIS;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.{classes,unfinished}")) {
            for (Path file : files) {
                removeOlder(file, limit);
            }
        } catch (IOException | DirectoryIteratorException e) {
            return; // the next start tries again
        }
    }

    private static void removeOlder(Path file, long limitMillis) {
        try {
            if (Files.getLastModifiedTime(file, THE_LINK).toMillis() < limitMillis) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            return; // gone meanwhile, or not ours to remove
        }
    }
}
