package io.notsock.samples.kb;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A job with a file it writes to; it closes the file itself, exactly once. Nothing is wrong here. */
final class Job {
    private final FileOutputStream out;

    Job(Path file) throws IOException {
        out = new FileOutputStream(file.toFile());
        out.write("started\n".getBytes(StandardCharsets.UTF_8));
    }

    Void finish() throws IOException {
        out.close();
        return null;
    }
}
