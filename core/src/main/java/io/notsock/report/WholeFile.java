package io.notsock.report;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/**
 * A file that is written as a whole: who reads it sees the old one or the new one, never a half. Readable by its owner only.
 *
 * <p>Like every descriptor of ours in a stranger's process its own is asked for before each write: where a bug of the
 * application has closed it, the rest is not written into whoever got the number.
 */
public final class WholeFile {
    private final Path path;
    private final HandleGuard guard;

    /** Writes what the file is to hold. */
    public interface Content {
        void writeTo(Writer out) throws IOException;
    }

    public WholeFile(Path path, HandleGuard guard) {
        this.path = Objects.requireNonNull(path);
        this.guard = Objects.requireNonNull(guard);
    }

    public Path path() {
        return path;
    }

    /**
     * Writes it, and makes the folders that are missing.
     *
     * @throws IOException where it could not be written; what was there before stays
     */
    public void write(Content content) throws IOException {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            writeInto(path, content); // a pipe or a device cannot be replaced
            return;
        }
        Path target = Files.isSymbolicLink(path) && Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
        Path folder = target.getParent();
        if (folder != null) {
            Folders.create(folder);
        }
        // By a name of our own: the JDK's would wake its source of random numbers, which is the application's to wake.
        Path draft =
                target.resolveSibling("." + target.getFileName() + "." + Long.toHexString(System.nanoTime()) + ".tmp");
        Files.createFile(draft, OwnerOnly.file(draft));
        try {
            writeInto(draft, content);
            move(draft, target);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void move(Path draft, Path target) throws IOException {
        try {
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void writeInto(Path file, Content content) throws IOException {
        FileOutputStream stream = new FileOutputStream(file.toFile());
        try (Guarded out = new Guarded(stream, stream.getFD(), file)) {
            // Not closed by itself, which would write once more after a failure.
            Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
            content.writeTo(writer);
            writer.flush();
        }
    }

    /** Writes and closes only while the descriptor is ours. */
    private final class Guarded extends FilterOutputStream implements Closeable {
        private final FileDescriptor descriptor;
        private final Path file;

        Guarded(OutputStream out, FileDescriptor descriptor, Path file) {
            super(out);
            this.descriptor = descriptor;
            this.file = file;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            check();
            out.write(bytes, from, length);
        }

        @Override
        public void write(int b) throws IOException {
            check();
            out.write(b);
        }

        private void check() throws IOException {
            if (!guard.holds(descriptor, file)) {
                throw new IOException(path + ": the application closed our descriptor");
            }
        }

        @Override
        public void close() throws IOException {
            if (guard.holds(descriptor, file)) {
                out.close();
            } else {
                Lost.keep(out);
            }
        }
    }

    /** Streams whose number is a stranger's by now: kept reachable, or their Cleaner would close him. Few ever are. */
    private static final class Lost {
        private static final java.util.List<Closeable> STREAMS = new java.util.ArrayList<>();

        private Lost() {}

        static void keep(Closeable stream) {
            synchronized (STREAMS) {
                STREAMS.add(stream);
            }
        }
    }
}
