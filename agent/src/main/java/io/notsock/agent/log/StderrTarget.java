package io.notsock.agent.log;

import io.notsock.report.HandleGuard;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;

/**
 * The JVM's standard error, past {@code System.err}: an application that captures or replaces that must not find our
 * lines in its own output, and its locks must not hold us up.
 */
public final class StderrTarget implements LineTarget {
    private final HandleGuard guard;

    /** Made once and never closed: the descriptor is not ours to close. */
    private FileOutputStream stream;

    private Charset charset;

    public StderrTarget(HandleGuard guard) {
        this.guard = guard;
    }

    @Override
    public void write(String message) throws IOException {
        if (!guard.holds(FileDescriptor.err, null)) {
            throw new IOException("stderr: nothing written, the application closed its descriptor");
        }
        if (stream == null) {
            charset = charset();
            stream = new FileOutputStream(FileDescriptor.err);
        }
        stream.write((message + "\n").getBytes(charset));
    }

    /** What the terminal understands, as far as the JDK knows it: the second name is that of JDK 18 and before. */
    private static Charset charset() {
        String name = System.getProperty("stderr.encoding", System.getProperty("sun.stderr.encoding"));
        try {
            return name == null ? Charset.defaultCharset() : Charset.forName(name);
        } catch (IllegalArgumentException e) {
            // The property is the user's to set, also to nonsense.
            return Charset.defaultCharset();
        }
    }
}
