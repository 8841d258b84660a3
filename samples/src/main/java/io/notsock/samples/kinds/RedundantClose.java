package io.notsock.samples.kinds;

import io.notsock.samples.Notsock;
import java.io.FileInputStream;
import java.io.IOException;

/** Closes a stream twice, which is harmless: the second close never reaches the system. */
public final class RedundantClose {
    private RedundantClose() {}

    public static void main(String[] args) throws IOException {
        FileInputStream in = new FileInputStream("/dev/zero");
        try {
            System.out.println("read " + in.read());
            in.close();
        } finally {
            in.close();
        }
        Notsock.ask("alerts")
                .lines()
                .filter(line -> line.startsWith("redundant"))
                .forEach(System.out::println);
    }
}
