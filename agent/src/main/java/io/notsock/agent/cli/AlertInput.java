package io.notsock.agent.cli;

import io.notsock.report.read.AlertBook;
import io.notsock.report.read.AlertsReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The alerts files that a command was given, read and merged; what is wrong with a line is said on stderr. */
final class AlertInput {
    private static final String STDIN = "-";
    private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final List<String> names;
    private final AlertBook book = AlertBook.ofThisHeap();
    private final AlertsReader reader;
    private final PrintStream err;
    private long nextProgress = System.nanoTime() + PROGRESS_NANOS;

    /** @param names files; {@code -} is stdin */
    AlertInput(List<String> names, PrintStream err) throws IOException {
        this.names = names;
        this.err = err;
        this.reader = new AlertsReader(book, problem -> err.println("notsock: " + problem));
        for (String name : names) {
            read(name);
        }
    }

    private void read(String name) throws IOException {
        if (name.equals(STDIN)) {
            read("stdin", System.in, -1);
            return;
        }
        try {
            Path file = Path.of(name);
            if (isProcess(name)) {
                String lines = new OtherJvm(name).ask("alerts json");
                if (lines == null) {
                    throw new IOException("process " + name + " runs without the agent, nothing is tracked");
                }
                byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
                read("process " + name, new ByteArrayInputStream(bytes), bytes.length);
                return;
            }
            if (Files.isDirectory(file)) {
                throw new IOException(name + ": is a folder; accepted: files of the option alerts=");
            }
            try (InputStream in = Files.newInputStream(file)) {
                read(name, in, Files.size(file));
            }
        } catch (NoSuchFileException | InvalidPathException e) {
            throw new IOException(name + ": no such file; accepted: files of the option alerts=, or - for stdin", e);
        } catch (AccessDeniedException e) {
            throw new IOException(name + ": may not be read by this user", e);
        }
    }

    private void read(String name, InputStream in, long size) throws IOException {
        reader.read(name, in, bytes -> {
            if (System.nanoTime() - nextProgress >= 0) {
                nextProgress = System.nanoTime() + PROGRESS_NANOS;
                err.println("notsock: " + name + ": " + (bytes >> 20) + " MiB" + (size > 0 ? " of " + (size >> 20) : "")
                        + " read");
            }
        });
    }

    /** Whether what was named is a process and no file. */
    static boolean isProcess(String name) {
        return name.matches("[0-9]{1,19}") && !Files.exists(Path.of(name));
    }

    AlertBook book() {
        return book;
    }

    long unreadable() {
        return reader.unreadable();
    }

    /** What to call them in a report. */
    String origin() {
        return names.size() == 1 ? names.get(0) : names.get(0) + " and " + (names.size() - 1) + " more";
    }
}
