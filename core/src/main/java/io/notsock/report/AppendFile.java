package io.notsock.report;

import java.io.Closeable;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A file that whole lines are appended to, each by one write, readable by its owner only. Confined to one thread.
 *
 * <p>It is opened for each write and closed again: no descriptor of ours lives long enough for a bug of the application
 * to close it by accident. The guard is asked before the write, and again before our own close, which would otherwise
 * close the stranger that got the number. Between guard and write the number can still change hands: so regular files are
 * written by position, which the OS refuses for a socket or a pipe (ESPIPE, pwrite(2)). A descriptor that was taken away
 * before anything was written is replaced by a fresh one, once.
 *
 * <p>A line that was cut short, by a full disk or the end of a JVM, is ended by a newline before the next one.
 */
public final class AppendFile {
    /** So many stolen descriptors are kept from being closed; an application that takes more loses this file. */
    private static final int MAX_LOST = 64;

    private final Path path;
    private final HandleGuard guard;

    /** Streams whose descriptor is a stranger's by now: kept reachable, or their Cleaner would close him. */
    private final List<Closeable> lost = new ArrayList<>();

    /**
     * Where our last line ended; -1 before the first write and after a failed one. If the file ends elsewhere, another JVM writes to it, whose last
     * line may lack its newline as well.
     */
    private long endedAt = -1;

    /** A file that need not exist yet; nothing is opened before the first write. */
    public AppendFile(Path path, HandleGuard guard) {
        this.path = Objects.requireNonNull(path);
        this.guard = Objects.requireNonNull(guard);
    }

    public Path path() {
        return path;
    }

    /** Creates the file and its folders where they are missing, and ends a torn last line. */
    public void prepare() throws IOException {
        append(new byte[0]);
    }

    /**
     * Appends lines by one write.
     *
     * @param lines bytes that end with a newline
     * @throws IOException where nothing, or only a part, was written; the next call tries again
     */
    public void append(byte[] lines) throws IOException {
        append(lines, true);
    }

    /**
     * The same before the application runs: nobody can take the number then, and nothing is loaded that the application's {@code main} may want to
     * have a say in ({@link OwnerOnly#createByLink}).
     */
    public void appendBeforeMain(byte[] lines) throws IOException {
        append(lines, false);
    }

    private void append(byte[] lines, boolean byPosition) throws IOException {
        if (lost.size() >= MAX_LOST) {
            throw new IOException(path + ": given up, the application closed our descriptor " + MAX_LOST + " times");
        }
        try {
            appendAtMostTwice(lines, byPosition);
        } catch (RuntimeException e) {
            throw new IOException(e); // a security manager's, or of the application's own default file system
        }
    }

    private void appendAtMostTwice(byte[] lines, boolean byPosition) throws IOException {
        try {
            appendOnce(lines, byPosition);
        } catch (StolenException e) {
            appendOnce(lines, byPosition);
        }
    }

    private void appendOnce(byte[] lines, boolean byPosition) throws IOException {
        create();
        boolean ours = endedAt >= 0 && Files.size(path) == endedAt;
        byte[] bytes = ours || endsWithNewline() ? lines : withNewlineFirst(lines);
        endedAt = -1;
        if (bytes.length > 0 && byPosition) {
            loadChannels();
        }
        FileOutputStream out = open();
        try (Lease lease = new Lease(out, out.getFD())) {
            lease.use(new Write(out, bytes, byPosition));
        }
        endedAt = Files.size(path);
    }

    /** Opens it, twice where need be: the JDK asks fstat what it has opened, and a number closed just then is a failure. */
    private FileOutputStream open() throws IOException {
        try {
            return new FileOutputStream(path.toFile(), true);
        } catch (IOException e) {
            return new FileOutputStream(path.toFile(), true);
        }
    }

    private boolean write(FileOutputStream out, byte[] bytes, boolean byPosition) throws IOException {
        if (bytes.length == 0) {
            return true; // to prepare it needs no channel
        }
        // Windows ignores where a file opened for appending is written; elsewhere only regular files have positions.
        if (!byPosition || File.separatorChar != '/' || !Files.isRegularFile(path)) {
            out.write(bytes);
            return true;
        }
        // An interrupt of ours would close the channel under the write.
        boolean interrupted = Thread.interrupted();
        try {
            writeByPosition(out.getChannel(), ByteBuffer.wrap(bytes));
            return true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Linux appends to a file opened for appending wherever the position is (pwrite(2), "Bugs"): one write, one line. */
    private void writeByPosition(FileChannel channel, ByteBuffer bytes) throws IOException {
        long position = Files.size(path);
        while (bytes.hasRemaining()) {
            position += channel.write(bytes, position);
        }
    }

    private boolean endsWithNewline() throws IOException {
        // A device or a pipe must not be read from, and has no end to look at.
        if (!Files.isRegularFile(path) || Files.size(path) == 0) {
            return true;
        }
        if (!Files.isReadable(path)) {
            // Then one empty line is better than two alerts in one.
            return false;
        }
        RandomAccessFile in = new RandomAccessFile(path.toFile(), "r");
        try (Lease lease = new Lease(in, in.getFD())) {
            return lease.use(new LookAtEnd(in));
        }
    }

    private void create() throws IOException {
        if (Files.exists(path)) {
            return;
        }
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            Folders.create(folder);
        }
        try {
            if (!OwnerOnly.createByLink(path)) {
                loadChannels();
                Files.createFile(path, OwnerOnly.file(path));
            }
        } catch (FileAlreadyExistsException e) {
            // Another JVM was faster, or it is a link to nowhere, which the open that follows reports better.
            return;
        }
    }

    /**
     * {@code Files.createFile} and {@code getChannel} come when the file is open, and only then load what they make of the number: tens of
     * milliseconds in which the application's next number is another one than without us.
     */
    private static void loadChannels() {
        try {
            Class.forName("sun.nio.ch.FileChannelImpl", true, null);
        } catch (ClassNotFoundException | LinkageError e) {
            return; // then it is loaded later
        }
    }

    private static byte[] withNewlineFirst(byte[] lines) {
        byte[] bytes = new byte[lines.length + 1];
        bytes[0] = '\n';
        System.arraycopy(lines, 0, bytes, 1, lines.length);
        return bytes;
    }

    /** An open stream of ours, closed only while its descriptor is ours. */
    private final class Lease implements Closeable {
        private final Closeable stream;
        private final FileDescriptor descriptor;

        Lease(Closeable stream, FileDescriptor descriptor) {
            this.stream = stream;
            this.descriptor = descriptor;
        }

        /** Does its work only while the descriptor is ours, and says so where that is why it failed. */
        boolean use(Work work) throws IOException {
            check();
            try {
                return work.run();
            } catch (IOException e) {
                check();
                throw e;
            }
        }

        private void check() throws StolenException {
            if (!guard.holds(descriptor, path)) {
                throw new StolenException(path + ": the application closed our descriptor");
            }
        }

        @Override
        public void close() throws IOException {
            if (guard.holds(descriptor, path)) {
                stream.close();
            } else {
                lost.add(stream);
            }
        }
    }

    /**
     * What is done with a descriptor of ours. No lambda: to make a first one takes many milliseconds, for which we would hold a
     * number that the application was about to get.
     */
    private interface Work {
        boolean run() throws IOException;
    }

    private final class Write implements Work {
        private final FileOutputStream out;
        private final byte[] bytes;
        private final boolean byPosition;

        Write(FileOutputStream out, byte[] bytes, boolean byPosition) {
            this.out = out;
            this.bytes = bytes;
            this.byPosition = byPosition;
        }

        @Override
        public boolean run() throws IOException {
            return write(out, bytes, byPosition);
        }
    }

    private static final class LookAtEnd implements Work {
        private final RandomAccessFile in;

        LookAtEnd(RandomAccessFile in) {
            this.in = in;
        }

        @Override
        public boolean run() throws IOException {
            in.seek(Math.max(0, in.length() - 1));
            return in.read() == '\n';
        }
    }

    /** Our descriptor was taken away before anything was written through it. */
    private static final class StolenException extends IOException {
        private static final long serialVersionUID = 1;

        StolenException(String message) {
            super(message);
        }
    }
}
