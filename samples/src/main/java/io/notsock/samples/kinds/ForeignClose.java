package io.notsock.samples.kinds;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Hands the number of a stream to native code, and that closes it; the stream will close it again. */
public final class ForeignClose {
    private ForeignClose() {}

    public static void main(String[] args) throws IOException {
        Path file = Files.createTempFile("report", ".txt");
        FileOutputStream stream = new FileOutputStream(file.toFile());
        flushAndForget(Libc.numberOf(file));
        try {
            stream.write('x');
        } catch (IOException e) {
            System.out.println("the innocent stream: " + e);
        }
        Files.delete(file);
    }

    private static void flushAndForget(int number) {
        Libc.C.write(number, new byte[] {'x'}, 1);
        Libc.C.close(number); // it is the stream's to close
    }
}
